"""My progress: one's own row, by the same count as staff's; one's scores once released."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml.html import fromstring

from overview.participation_actions import begin_scoring, release_scores, set_score
from seminars.models import Membership
from tests.base import People, markup, sign_in
from tests.conftest import PEOPLE
from tests.overview.base import Busy, make_busy, page, table, words_of
from tests.overview.term import TermSize, make_term
from tests.seeds import Seed, fixture_of

URL = "/s/seminar/progress/"
seed_busy = fixture_of(Seed(make_busy, PEOPLE))


@pytest.fixture
def busy(seed_make_busy: Busy) -> Busy:
    return seed_make_busy


def own(member: Membership) -> dict[str, dict[str, str]]:
    tree: Any = fromstring(sign_in(member.user).get(URL).content)
    for one in tree.xpath("//table[@class='figures own']"):
        one.set("class", "figures")
    return table(tree)


@pytest.mark.parametrize("who", ["dan", "erin"])
def test_one_sees_the_same_as_staff(busy: Busy, who: str) -> None:
    """All but words under another name, which staff see as nobody's."""
    member = getattr(busy.people, who, None) or busy.erin
    theirs = table(page(busy.people, f"?member={member.pk}&by=reading"))
    mine = own(member)
    assert list(mine) == ["Text 1", "Text 2", "All"]
    alike = mine if who == "erin" else ["Text 1"]
    assert {name: mine[name] for name in alike} == {name: theirs[name] for name in alike}


def test_ones_words_under_an_alias_are_ones_own(busy: Busy) -> None:
    member = busy.people.dan
    theirs = table(page(busy.people, f"?member={member.pk}&by=reading"))["Text 2"]
    mine = own(member)["Text 2"]
    assert int(mine["Posts"]) == int(theirs["Posts"]) + 1
    said = markup(busy.people.client("dan").get(URL))
    assert "1 of these comments is under another name." in said


def test_a_score_by_hand_is_explained(busy: Busy) -> None:
    people = busy.people
    begin_scoring(by=people.alice)
    set_score(reading=busy.second, membership=people.dan, done=2, reason="Aloud.", by=people.alice)
    assert "Aloud." not in markup(people.client("dan").get(URL))
    release_scores(reading=busy.second, by=people.alice)
    html = markup(people.client("dan").get(URL))
    assert "counted 1 of 2, set by Alice: <bdi>Aloud.</bdi>" in " ".join(html.split())
    assert "<b>2 of 2</b>" in html
    assert "Aloud." not in markup(people.client("carol").get(URL))


def test_without_scores_nothing_is_said_of_them(busy: Busy) -> None:
    assert 'id="scores"' not in markup(busy.people.client("dan").get(URL))


def test_nobody_else_is_on_it(busy: Busy) -> None:
    tree: Any = fromstring(busy.people.client("carol").get(URL).content)
    assert "Dan" not in words_of(tree.xpath("//main")[0])
    assert "My progress" in words_of(tree.xpath("//nav[@class='tabs']")[0])


def test_before_anything_is_open(people: People) -> None:
    assert "Nothing to count yet" in markup(people.client("carol").get(URL))


def test_queries_are_the_same_for_few_and_many(people: People) -> None:
    client = people.client("carol")

    def queries() -> int:
        client.get(URL)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(URL).status_code == 200
        return len(captured)

    make_term(people, TermSize(people=3, readings=1, comments=5))
    few = queries()
    people.seminar.readings.update(slug="earlier")
    make_term(people, TermSize(people=3, readings=4, comments=80))
    assert queries() == few


def test_who_may(busy: Busy) -> None:
    for who, status in (("alice", 403), ("bob", 403), ("grace", 403), ("mallory", 404)):
        assert busy.people.client(who).get(URL).status_code == status
    assert busy.people.client("carol").post(URL).status_code == 405
