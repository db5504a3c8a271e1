"""One score: what it is made of, and another number by hand with a reason."""

import pytest
from django.core.exceptions import PermissionDenied

from overview.models import ScoreOverride
from overview.participation_actions import count_again, set_score
from seminars.models import Event
from tests.base import markup
from tests.conftest import PEOPLE
from tests.forms import form_on, send
from tests.overview.base import Busy, make_busy
from tests.overview.scores import begin, score_url, shown
from tests.seeds import Seed, fixture_of

seed_busy = fixture_of(Seed(make_busy, PEOPLE))


@pytest.fixture
def busy(seed_make_busy: Busy) -> Busy:
    begin(seed_make_busy.people)
    return seed_make_busy


def test_the_page_says_what_it_is_made_of(busy: Busy) -> None:
    html = markup(busy.people.client("alice").get(score_url(busy, "dan", "second")))
    assert "Counted 1 of 2. Posts: 1 of 1, replies to others: 0 of 1." in html


def test_set_by_hand_with_a_reason_and_counted_again(busy: Busy) -> None:
    people = busy.people
    client, url = people.client("alice"), score_url(busy, "dan", "second")
    assert send(client, url, url, done="2", reason="Said it in class.").status_code == 302
    assert shown(client)["Dan"] == ["Thursday", "1 of 1 1 late", "2 of 2", "3 of 3"]
    html = markup(client.get(url))
    assert "Counted 1 of 2." in html
    assert "2: <bdi>Said it in class.</bdi>" in html
    send(client, url, url, done="0", reason="Not theirs.")
    assert shown(client)["Dan"][2] == "0 of 2"
    client.post(url, {"undo": "1"})
    assert shown(client)["Dan"][2] == "1 of 2"
    rows = ScoreOverride.objects.order_by("pk")
    assert [(one.done, one.reason, one.created_by) for one in rows] == [
        (2, "Said it in class.", people.alice),
        (0, "Not theirs.", people.alice),
    ]
    assert all(one.undone_by == people.alice for one in rows)
    kinds = Event.objects.filter(kind__startswith="score").values_list("kind", flat=True)
    assert list(kinds) == ["score.set", "score.set", "score.counted"]


@pytest.mark.parametrize(
    "fields", [{"reason": " "}, {"done": "-1"}, {"done": "many"}, {"done": "1001"}]
)
def test_what_is_wrong_is_said_with_the_words_kept(busy: Busy, fields: dict[str, str]) -> None:
    client, url = busy.people.client("alice"), score_url(busy, "dan", "second")
    sent = {"done": "2", "reason": "Said it in class."} | fields
    response = client.post(url, sent)
    assert response.status_code == 422
    assert sent["reason"].strip() in markup(response)
    assert not ScoreOverride.objects.exists()


def test_the_same_once_more_is_nothing_new(busy: Busy) -> None:
    people = busy.people
    for _ in range(2):
        set_score(
            reading=busy.second, membership=people.dan, done=2, reason="Yes.", by=people.alice
        )
        count_again(reading=busy.first, membership=people.dan, by=people.alice)
    assert ScoreOverride.objects.count() == 1


@pytest.mark.parametrize(("who", "reading"), [("carol", "monday"), ("alice", "first")])
def test_where_nothing_is_asked_there_is_no_score(busy: Busy, who: str, reading: str) -> None:
    client = busy.people.client("alice")
    assert client.get(score_url(busy, who, reading)).status_code == 404


def test_who_may(busy: Busy) -> None:
    people, url = busy.people, score_url(busy, "carol")
    for who, status in (("bob", 403), ("carol", 403), ("mallory", 404)):
        assert people.client(who).get(url).status_code == status
        assert people.client(who).post(url, {"done": "9", "reason": "Me."}).status_code == status
    with pytest.raises(PermissionDenied):
        set_score(reading=busy.first, membership=people.carol, done=9, reason="I.", by=people.bob)
    with pytest.raises(PermissionDenied):
        set_score(reading=busy.first, membership=people.bob, done=9, reason="I.", by=people.alice)


def test_of_two_at_once_the_second_is_told(busy: Busy) -> None:
    people = busy.people
    client, url = people.client("alice"), score_url(busy, "dan", "second")
    opened = form_on(client, url).as_it_stands
    set_score(reading=busy.second, membership=people.dan, done=2, reason="One.", by=people.alice)
    answer = client.post(url, opened | {"done": "0", "reason": "Another."})
    assert answer.status_code == 409
    html = markup(answer)
    assert "Another." in html
    assert "<blockquote>One.</blockquote>" in html
    assert ScoreOverride.objects.standing().get().done == 2
