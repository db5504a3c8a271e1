"""One figure: what it is made of, and another one by hand with a reason and a comment."""

import re
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from gradebook.actions import give_mark, take_back_mark
from gradebook.models import GivenMark, GradeColumn
from overview.participation_actions import begin_scoring
from readings.models import Reading
from seminars.models import Event, Membership
from tests.base import markup
from tests.forms import form_on, send
from tests.gradebook.base import (
    PAGE,
    Kept,
    add_column,
    answer_openly,
    column_of,
    release,
    settle,
    table,
)


def url_of(kept: Kept, member: Membership, name: str) -> str:
    return f"{PAGE}people/{member.pk}/{column_of(kept, name).key}/"


def given(kept: Kept, member: Membership, name: str, points: str | None, **more: object) -> None:
    said = {"is_excused": False, "reason": "So.", "comment": "", "by": kept.people.alice} | more
    give_mark(
        column=column_of(kept, name),
        membership=member,
        points=None if points is None else Decimal(points),
        **said,  # type: ignore[arg-type]
    )


def test_it_says_what_it_is_made_of(kept: Kept) -> None:
    alice, carol, dan = kept.people.client("alice"), kept.people.carol, kept.people.dan
    html = markup(alice.get(url_of(kept, carol, "alpha")))
    assert "Carol: 4 of 4" in html
    assert "3 of 3 questions right, first try." in html
    assert "4 of 4 points." in html
    assert "Not released: staff alone see it" in html
    html = markup(alice.get(url_of(kept, dan, "gamma")))
    assert "Dan: –" in html
    assert "Nothing yet: it counts neither way." in html
    html = markup(alice.get(url_of(kept, carol, "open")))
    assert "Carol: 7.5 of 10" in html
    assert "7.5 of 10 points for the answer." in html
    html = markup(alice.get(url_of(kept, dan, "open")))
    assert "It waits for a mark, and counts neither way until then." in html


def test_of_another_maximum_it_says_as_what_it_counts(kept: Kept) -> None:
    GradeColumn.objects.create(
        seminar=kept.people.seminar,
        kind="checkpoint",
        item=kept.quizzes[2].item,
        maximum=10,
        category=None,
    )
    html = markup(kept.people.client("alice").get(url_of(kept, kept.people.carol, "gamma")))
    assert "Carol: 7.5 of 10" in html
    assert "2 of 3 questions right, first try." in html
    assert "3 of 4 points." in html
    assert "It counts as 7.5 of 10." in html
    assert "This column counts in no total." in html


def test_by_hand_with_a_reason_and_taken_back(kept: Kept) -> None:
    people, url = kept.people, url_of(kept, kept.people.carol, "beta")
    client = people.client("alice")
    sent = {"points": "3.5", "reason": "Said it in class.", "comment": "Well argued."}
    assert send(client, url, url, **sent).status_code == 302
    html = markup(client.get(url))
    assert "Carol: 3.5 of 4" in html
    assert "Set by Alice. Worked out it is 1 of 4. Said it in class." in html
    assert "Well argued." in html
    assert "Kept for Carol." in html
    send(client, url, url, points="0", reason="Not theirs.", comment="")
    assert table(people)["Carol"][1] == "0, by hand"
    client.post(url, {"undo": "1"})
    assert table(people)["Carol"][1] == "1"
    rows = GivenMark.objects.order_by("pk")
    assert [(one.points, one.reason, one.comment) for one in rows] == [
        (Decimal("3.5"), "Said it in class.", "Well argued."),
        (Decimal(0), "Not theirs.", ""),
    ]
    assert all(one.created_by == people.alice == one.undone_by for one in rows)
    html = markup(client.get(url))
    assert "3.5: <bdi>Said it in class.</bdi>" in html
    kinds = Event.objects.filter(kind__startswith="grade.").order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == [
        *("grade.set", "grade.set", "grade.taken_back")
    ]


def test_excused_it_counts_neither_way_even_where_missing_is_zero(kept: Kept) -> None:
    settle("Checkpoints", missing_is_zero=True)
    release(kept)
    assert table(kept.people)["Dan"][:4] == ["2", "2", "0", "33.3"]
    url = url_of(kept, kept.people.dan, "gamma")
    client = kept.people.client("alice")
    send(client, url, url, is_excused="on", reason="Ill.")
    assert table(kept.people)["Dan"][:4] == ["2", "2", "–, by hand", "50.0"]
    assert "It counts neither way, as an instructor has settled." in markup(client.get(url))


def test_a_comment_alone_changes_no_figure(kept: Kept) -> None:
    url = url_of(kept, kept.people.carol, "beta")
    client = kept.people.client("alice")
    send(client, url, url, comment="Read ¶ 2 again.")
    assert table(kept.people)["Carol"][1] == "1"
    assert "Read ¶ 2 again." in markup(client.get(url))


def test_a_mark_of_ones_own_column_needs_no_reason(kept: Kept) -> None:
    add_column(kept, "Talk")
    url = url_of(kept, kept.people.dan, "Talk")
    client = kept.people.client("alice")
    assert send(client, url, url, points="8").status_code == 302
    assert "Dan: 8 of 10" in markup(client.get(url))
    assert table(kept.people)["Dan"][:5] == ["2", "2", "–", "8, by hand", "66.7"]


@pytest.mark.parametrize(
    "fields",
    [
        {"reason": " "},
        {"points": "-1"},
        {"points": "many"},
        {"points": "1.234"},
        {"points": "1234567"},
        {"reason": "x" * 301},
    ],
)
def test_what_is_wrong_is_said_with_the_words_kept(kept: Kept, fields: dict[str, str]) -> None:
    client, url = kept.people.client("alice"), url_of(kept, kept.people.dan, "alpha")
    sent = {"points": "2", "reason": "Said it in class.", "comment": "A word."} | fields
    response = client.post(url, sent)
    assert response.status_code == 422
    assert sent["reason"].strip() in markup(response)
    assert "A word." in markup(response)
    assert not GivenMark.objects.exists()


def test_the_same_once_more_is_nothing_new(kept: Kept) -> None:
    for _ in range(2):
        given(kept, kept.people.dan, "alpha", "2")
        take_back_mark(
            column=column_of(kept, "beta"), membership=kept.people.dan, by=kept.people.alice
        )
    assert GivenMark.objects.count() == 1


def test_of_two_at_once_the_second_is_told(kept: Kept) -> None:
    client, url = kept.people.client("alice"), url_of(kept, kept.people.dan, "alpha")
    opened = form_on(client, url).as_it_stands
    given(kept, kept.people.dan, "alpha", "3", reason="One.")
    answer = client.post(url, opened | {"points": "1", "reason": "Another."})
    assert answer.status_code == 409
    html = markup(answer)
    assert "Another." in html
    assert "<blockquote>One.</blockquote>" in html
    assert GivenMark.objects.standing().get().points == 3


def test_a_mark_by_hand_holds_whatever_comes_after(kept: Kept) -> None:
    given(kept, kept.people.dan, "open", "4")
    answer_openly(kept, kept.erin, "9")
    assert table(kept.people)["Dan"][4] == "4, by hand"


def test_participation_is_set_by_hand_on_its_own_page(kept: Kept) -> None:
    Reading.objects.filter(slug="alpha").update(required_posts=2)
    begin_scoring(by=kept.people.alice)
    client, dan = kept.people.client("alice"), kept.people.dan
    url = f"{PAGE}people/{dan.pk}/reading-{kept.readings[0].pk}/"
    html = markup(client.get(url))
    assert "Posts: 0 of 2." in html
    assert f'href="/s/seminar/r/alpha/participation/{dan.pk}/"' in html
    assert client.post(url, {"points": "2", "reason": "So."}).status_code == 403


def test_assistants_read_and_change_nothing(kept: Kept) -> None:
    bob, url = kept.people.client("bob"), url_of(kept, kept.people.carol, "alpha")
    html = markup(bob.get(url))
    assert "Carol: 4 of 4" in html
    assert 'name="points"' not in html
    assert bob.post(url, {"points": "", "reason": ""}).status_code == 403
    assert bob.get(url_of(kept, kept.people.dan, "alpha")).status_code == 403


def test_who_may(kept: Kept) -> None:
    people, url = kept.people, url_of(kept, kept.people.carol, "alpha")
    for who, status in (("carol", 403), ("grace", 403), ("mallory", 404)):
        assert people.client(who).get(url).status_code == status
        assert people.client(who).post(url, {"points": "4"}).status_code == status
    alice = people.client("alice")
    assert alice.get(f"{PAGE}people/{people.bob.pk}/own-1/").status_code == 404
    assert alice.get(f"{PAGE}people/{people.carol.pk}/own-987/").status_code == 404
    with pytest.raises(PermissionDenied):
        given(kept, people.carol, "alpha", "4", by=people.bob)
    with pytest.raises(PermissionDenied):
        given(kept, people.bob, "alpha", "4")
    with pytest.raises(PermissionDenied):
        take_back_mark(column=column_of(kept, "alpha"), membership=people.carol, by=people.carol)


def test_a_reason_is_named_optional_only_where_it_is(kept: Kept) -> None:
    add_column(kept, "Talk")
    client, carol = kept.people.client("alice"), kept.people.carol

    def label(name: str) -> str:
        page = markup(client.get(url_of(kept, carol, name)))
        found = re.search(r'<label for="id_reason">(.*?)</label>', page, re.DOTALL)
        assert found
        return found[1]

    assert "(optional)" not in label("beta")
    assert "(optional)" in label("Talk")
    for name, status in (("beta", 422), ("Talk", 302)):
        url = url_of(kept, carol, name)
        assert send(client, url, url, points="3", reason="").status_code == status


def test_what_is_sent_beside_the_table_stays_beside_it(kept: Kept) -> None:
    """What is wrong comes back as the panel; once it is kept, the table of the same group."""
    url, group = url_of(kept, kept.people.carol, "beta"), kept.people.monday.pk
    client = kept.people.client("alice")
    sent = {"points": "3", "back": "1", "group": group, "version": 0}
    answer = client.post(url, sent, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert "<html" not in markup(answer)
    assert 'name="back" value="1"' in markup(answer)
    assert 'name="back" value="1"' in markup(client.post(url, sent))  # without a script, too
    answer = client.post(url, sent | {"reason": "So."}, headers={"HX-Request": "true"})
    assert answer.headers["Location"] == f"{PAGE}?group={group}"
