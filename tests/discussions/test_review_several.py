"""The same decided about several comments that were chosen on the desk."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from discussions.comments.actions import edit_comment
from discussions.models import Action, Comment, Decision, ReviewItem
from discussions.moderation.actions import dismiss, restore
from discussions.moderation.case_actions import claim
from discussions.moderation.several_actions import SeenCase, decide_several, undo_several
from readings.models import Reading
from seminars.events import EventKind
from seminars.models import Event, Membership, PostsHeld, Seminar
from tests.base import People, make_people, make_reading
from tests.discussions.base import answer, first_of, reported, say
from tests.discussions.gates import assert_closed_to_strangers

PAGE = "/s/seminar/desk/reviews/several/"


@pytest.fixture
def items(people: People, reading: Reading) -> list[ReviewItem]:
    """Three reported comments: one of Dan's, two of Carol's."""
    thread = say(reading, people.dan, "First.")
    comments = [
        first_of(thread),
        answer(thread, people.carol, "Second."),
        first_of(say(reading, people.carol, "Third.", block="p2", quote="")),
    ]
    return [reported(one, people.grace) for one in comments]


def chosen(items: list[ReviewItem], decision: str = "remove") -> str:
    keys = "".join(f"&item={one.pk}" for one in items)
    return f"{PAGE}?decision={decision}{keys}"


def shown(text: str) -> list[str]:
    """The words that will be decided about."""
    found = html.fromstring(text).xpath("//form//*[@class='several-list']//*[@class='prose']")
    return [one.text_content().strip() for one in found]


def left_out(text: str) -> list[str]:
    found = html.fromstring(text).xpath("//section[@aria-labelledby='left-out-h']//li")
    return [" ".join(one.text_content().split()) for one in found]


def unmarked(text: str) -> str:
    """Without the signs that isolate names."""
    return text.replace("\u2068", "").replace("\u2069", "")


def form(text: str) -> dict[str, Any]:
    element = html.fromstring(text).xpath("//form[@class='several-form']")[0]
    sent: dict[str, Any] = {}
    for name, value in element.form_values():
        sent.setdefault(name, []).append(value)
    return sent


def opened(client: Client, items: list[ReviewItem], decision: str = "remove") -> dict[str, Any]:
    """The form as the page has it, with a reason."""
    return form(client.get(chosen(items, decision)).content.decode()) | {"reason": "spam"}


def states(items: list[ReviewItem]) -> list[tuple[str, str]]:
    rows = ReviewItem.objects.filter(pk__in=[one.pk for one in items]).order_by("pk")
    return [(one.state, one.comment.state) for one in rows.select_related("comment")]


def seen(items: list[ReviewItem]) -> list[SeenCase]:
    rows = ReviewItem.objects.filter(pk__in=[one.pk for one in items])
    return [
        SeenCase(one, one.version, one.comment.version) for one in rows.select_related("comment")
    ]


def test_the_page_names_each_and_what_will_happen(people: People, items: list[ReviewItem]) -> None:
    text = people.client("alice").get(chosen(items)).content.decode()
    assert shown(text) == ["First.", "Second.", "Third."]
    assert "Remove 3 comments?" in text
    assert text.count("The words go from every page; readers see why") == 3
    assert "On margins, ¶ 2" in text
    assert not left_out(text)
    assert not Decision.objects.exists()
    assert "Nothing is chosen." in people.client("alice").get(PAGE).content.decode()


def test_each_is_decided_logged_and_told_once(people: People, items: list[ReviewItem]) -> None:
    client = people.client("alice")
    sent = opened(client, items) | {"note_to_member": "No more.", "note_to_staff": "A flood."}
    for _again in range(2):
        answered = client.post(PAGE, sent, follow=True)
        assert "3 comments are removed: 1 of Dan, 2 of Carol" in unmarked(answered.content.decode())
    assert states(items) == [("upheld", "removed")] * 3
    rows = Decision.objects.order_by("pk")
    assert [(one.action, one.comment_id) for one in rows] == [
        ("remove", one.comment_id) for one in items
    ]
    assert {(one.reason, one.note_to_member, one.note_to_staff) for one in rows} == {
        ("Advertising or spam", "No more.", "A flood.")
    }
    assert len({one.together for one in rows}) == 1
    assert Event.objects.filter(kind=EventKind.COMMENT_REMOVED).count() == 3


@pytest.mark.parametrize(
    ("decision", "after"),
    [
        ("dismiss", ("dismissed", "published")),
        ("hide", ("upheld", "hidden")),
        ("return", ("upheld", "returned")),
    ],
)
def test_every_decision(
    people: People, items: list[ReviewItem], decision: str, after: tuple[str, str]
) -> None:
    client = people.client("alice")
    client.post(PAGE, opened(client, items, decision))
    assert states(items) == [after] * 3
    text = client.get("/s/seminar/desk/reviews/").content.decode()
    undo = html.fromstring(text).xpath("//form[@class='undone']/span")[0]
    assert unmarked(undo.text_content()).endswith(": 1 of Dan, 2 of Carol")
    made = Decision.objects.latest("pk")
    client.post(f"/s/seminar/desk/log/{made.pk}/undo/")
    assert states(items) == [("open", "published")] * 3
    assert Decision.objects.filter(action="undo").count() == 3
    client.post(f"/s/seminar/desk/log/{made.pk}/undo/")
    assert Decision.objects.count() == 6


def test_what_waits_is_published_and_what_is_hidden_put_back(
    people: People, items: list[ReviewItem]
) -> None:
    Seminar.objects.update(posts_held=PostsHeld.ALL)
    carol = Membership.objects.select_related("seminar", "user").get(pk=people.carol.pk)
    waiting = say(items[0].comment.thread.reading, carol, "Waits.").comments.get()
    item = ReviewItem.objects.get(comment=waiting)
    client = people.client("alice")
    text = client.get(chosen([*items, item], "approve")).content.decode()
    assert shown(text) == ["Waits."]
    assert "Publish 1 comment?" in text
    assert len(left_out(text)) == 3
    client.post(PAGE, opened(client, [item], "approve"))
    assert states([item]) == [("dismissed", "published")]
    text = client.get(chosen([items[0]], "restore")).content.decode()
    assert "cannot be decided about it" in left_out(text)[0]


def test_what_is_left_out_is_named_with_its_reason(
    people: People, reading: Reading, items: list[ReviewItem]
) -> None:
    own = reported(first_of(say(reading, people.alice, "Mine.")), people.carol)
    dismiss(review_item=items[1], by=people.bob, review_version=1, version=1)
    claim(review_item=items[2], by=people.bob, review_version=1)
    text = people.client("alice").get(chosen([*items, own])).content.decode()
    assert shown(text) == ["First.", "Third."]
    assert "Bob has it open" in unmarked(text)
    plain = [unmarked(one) for one in left_out(text)]
    assert plain == [
        "Carol, On margins, ¶ 1 Left as it is by Bob",
        "Alice, On margins, ¶ 1 These are your own words: somebody else decides.",
    ]


def test_what_changed_meanwhile_is_told_one_by_one(people: People, items: list[ReviewItem]) -> None:
    client = people.client("alice")
    sent = opened(client, items)
    dismiss(review_item=items[1], by=people.bob, review_version=1, version=1)
    comment = Comment.objects.get(pk=items[2].comment_id)
    edit_comment(comment=comment, body="Softer.", version=1, by=people.carol)
    text = unmarked(client.post(PAGE, sent, follow=True).content.decode())
    assert "The comment of Dan is removed" in text
    assert "Left out: Carol, On margins, ¶ 1. Left as it is by Bob" in text
    assert "Left out: Carol, On margins, ¶ 2. It changed since you opened the page." in text
    assert states(items) == [
        ("upheld", "removed"),
        ("dismissed", "published"),
        ("open", "published"),
    ]
    assert Decision.objects.filter(action="remove").count() == 1


def test_where_all_changed_nothing_is_done_and_the_words_stay(
    people: People, items: list[ReviewItem]
) -> None:
    client = people.client("alice")
    sent = opened(client, items[2:]) | {"note_to_member": "Kept words."}
    comment = Comment.objects.get(pk=items[2].comment_id)
    edit_comment(comment=comment, body="Softer.", version=1, by=people.carol)
    answered = client.post(PAGE, sent)
    assert answered.status_code == 409
    text = answered.content.decode()
    assert "Nothing was decided" in text
    assert "Kept words." in text
    assert shown(text) == ["Softer."]
    assert not Decision.objects.exists()
    client.post(PAGE, form(text) | {"reason": "spam"})
    assert states(items[2:]) == [("upheld", "removed")]


def test_where_all_is_decided_the_words_can_be_copied(
    people: People, items: list[ReviewItem]
) -> None:
    client = people.client("alice")
    sent = opened(client, items[1:2]) | {"reason": "", "reason_text": "My reason."}
    dismiss(review_item=items[1], by=people.bob, review_version=1, version=1)
    answered = client.post(PAGE, sent | {"note_to_member": "Kept words."})
    assert answered.status_code == 409
    text = answered.content.decode()
    assert "Nothing was decided" in text
    for words in ("My reason.", "Kept words."):
        assert words in text
    assert len(left_out(text)) == 1
    assert Decision.objects.count() == 1


def test_bad_input(people: People, items: list[ReviewItem]) -> None:
    client = people.client("alice")
    sent = opened(client, items)
    for fields, told in {
        (("reason", ""),): "Choose the reason",
        (("case", ()),): "Choose at least one",
        (("decision", "burn"),): "Leave 3 comments as they are?",
    }.items():
        answered = client.post(PAGE, sent | dict(fields) | {"note_to_member": "Kept words."})
        assert answered.status_code == 422, fields
        assert told in answered.content.decode()
        assert "Kept words." in answered.content.decode()
    for wrong in ("?item=x", "?item=0", f"?item={items[0].pk}&item=987654321"):
        assert client.get(PAGE + wrong).status_code == 404
    assert not Decision.objects.exists()


def test_what_is_unticked_stays(people: People, items: list[ReviewItem]) -> None:
    client = people.client("alice")
    sent = opened(client, items)
    client.post(PAGE, sent | {"case": sent["case"][:1]})
    assert states(items) == [("upheld", "removed"), ("open", "published"), ("open", "published")]


def test_undo_leaves_what_was_decided_anew(people: People, items: list[ReviewItem]) -> None:
    outcome = decide_several(
        cases=seen(items), action=Action.REMOVE, by=people.alice, reason="Spam"
    )
    made = outcome.done[0]
    Membership.objects.filter(pk=people.dan.pk).update(role="instructor")
    dan = Membership.objects.select_related("seminar", "user").get(pk=people.dan.pk)
    comment = Comment.objects.get(pk=items[2].comment_id)
    restore(comment=comment, by=dan, version=comment.version)
    text = people.client("alice").post(f"/s/seminar/desk/log/{made.pk}/undo/", follow=True)
    assert "2 taken back. 1 was decided about anew since, and stays." in text.content.decode()
    assert states(items) == [
        ("open", "published"),
        ("open", "published"),
        ("upheld", "published"),
    ]


def test_only_an_instructor_and_only_here(people: People, items: list[ReviewItem]) -> None:
    client = people.client("alice")
    sent = opened(client, items)
    assert_closed_to_strangers(people, PAGE, sent)
    for who in ("bob", "carol", "grace"):
        assert people.client(who).get(chosen(items)).status_code == 403
        assert people.client(who).post(PAGE, sent).status_code == 403
        with pytest.raises(PermissionDenied):
            decide_several(
                cases=seen(items), action=Action.REMOVE, by=getattr(people, who), reason="Spam"
            )
    assert not Decision.objects.exists()


def test_removal_never_reaches_another_seminar(people: People, items: list[ReviewItem]) -> None:
    """As bulk removal did in Open edX: the right was asked of one course, and all were reached."""
    other = make_people("elsewhere")
    theirs = reported(first_of(say(make_reading(other, slug="theirs"), other.dan)), other.carol)
    client = people.client("alice")
    sent = opened(client, items)
    assert client.get(chosen([*items, theirs])).status_code == 404
    stolen = f"{theirs.pk}:{theirs.version}:{theirs.comment.version}"
    for fields in (
        {"case": [*sent["case"], stolen], "item": [*sent["item"], str(theirs.pk)]},
        {"case": [*sent["case"], stolen]},
        {"case": [stolen], "item": [str(theirs.pk)]},
    ):
        assert client.post(PAGE, sent | fields).status_code == 404
    with pytest.raises(PermissionDenied):
        decide_several(
            cases=seen([*items, theirs]), action=Action.REMOVE, by=people.alice, reason="Spam"
        )
    # Nor where somebody instructs both: the page of one seminar decides in it alone.
    Membership.objects.create(seminar=other.seminar, user=people.alice.user, role="instructor")
    assert client.post(PAGE, sent | {"case": [stolen], "item": [str(theirs.pk)]}).status_code == 404
    with pytest.raises(PermissionDenied):
        decide_several(
            cases=seen([*items, theirs]), action=Action.REMOVE, by=people.alice, reason="Spam"
        )
    assert states([*items, theirs]) == [("open", "published")] * 4
    assert not Decision.objects.exists()


def test_undo_of_several_reaches_nobody_elses(people: People, items: list[ReviewItem]) -> None:
    outcome = decide_several(cases=seen(items), action=Action.HIDE, by=people.alice, reason="Spam")
    for by in (people.bob, make_people("elsewhere").alice):
        with pytest.raises(Exception, match=r"Only your own|cannot be taken back"):
            undo_several(decision=outcome.done[0], by=by)
    assert states(items) == [("upheld", "hidden")] * 3


def test_queries_do_not_grow(people: People, reading: Reading, items: list[ReviewItem]) -> None:
    client = people.client("alice")
    counts = []
    for number in (1, 3):
        client.get(chosen(items[:number]))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(chosen(items[:number]))
        counts.append(len(asked))
    assert counts[0] == counts[1]
