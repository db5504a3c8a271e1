"""What is said of each write, in its own transaction, and to whom."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from discussions.comments.actions import edit_comment, reply, undo_withdrawal, withdraw
from discussions.moderation import dismiss, hide, lock, restore, unlock
from discussions.threads.actions import remove_highlight
from readings.models import Reading
from seminars import actions
from seminars.events import EventKind, record
from seminars.models import Event, Membership
from tests.base import People, make_people
from tests.discussions.base import answer, first_of, hidden, reported, say


def kinds(seminar_id: int) -> list[str]:
    return list(Event.objects.filter(seminar=seminar_id).values_list("kind", flat=True))


def told(member: Membership) -> set[tuple[str, int]]:
    """The kinds and targets of what this member may be told."""
    return set(Event.objects.visible_to(member).values_list("kind", "target_id"))


def test_life_of_a_comment(people: People, reading: Reading) -> None:
    before = len(kinds(people.seminar.pk))
    thread = say(reading, people.carol)
    comment = reply(thread=thread, parent=None, body="Yes.", by=people.dan)
    edit_comment(comment=comment, body="Yes, I think.", version=1, by=people.dan)
    comment.refresh_from_db()
    withdraw(comment=comment, by=people.dan)
    undo_withdrawal(comment=comment, by=people.dan)
    assert kinds(people.seminar.pk)[before:] == [
        "thread.started",
        "comment.published",
        "comment.published",
        "comment.edited",
        "comment.withdrawn",
        "comment.republished",
    ]
    last = Event.objects.last()
    assert last is not None
    assert (last.actor, last.target_type, last.target_id) == (people.dan, "comment", comment.pk)
    assert (last.reading_id, last.detail) == (reading.pk, {"thread": thread.pk, "seq": 2})


def test_same_post_twice_is_one_event(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol)
    key = "00000000-0000-4000-8000-000000000001"
    for _ in range(2):
        people.client("dan").post(
            f"{thread.get_absolute_url()}comments/", {"body": "Once.", "client_key": key}
        )
    assert kinds(people.seminar.pk).count("comment.published") == 2, "the first, and one reply"


def test_decisions(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol)
    comment = hidden(first_of(thread), people.alice)
    restore(comment=comment, by=people.alice, version=comment.version)
    item = reported(first_of(thread), people.dan)
    current = first_of(thread)
    dismiss(review_item=item, by=people.alice, review_version=item.version, version=current.version)
    lock(thread=thread, by=people.alice)
    unlock(thread=thread, by=people.alice)
    lately = kinds(people.seminar.pk)[-6:]
    assert lately == [
        "comment.hidden",
        "comment.restored",
        "comment.reported",
        "report.dismissed",
        "thread.locked",
        "thread.unlocked",
    ]


def test_what_is_refused_leaves_no_event(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol)
    before = kinds(people.seminar.pk)
    with pytest.raises(PermissionDenied):
        hide(comment=first_of(thread), reason="unkind", by=people.dan, version=1)
    with pytest.raises(PermissionDenied):
        remove_highlight(thread=thread, by=people.carol)
    with pytest.raises(ValidationError):
        actions.remove_membership(membership=people.alice, by=people.alice)
    assert kinds(people.seminar.pk) == before


def test_rolled_back_with_its_write(people: People, reading: Reading) -> None:
    before = kinds(people.seminar.pk)
    with transaction.atomic():
        say(reading, people.carol)
        transaction.set_rollback(True)
    assert kinds(people.seminar.pk) == before


@pytest.mark.django_db(transaction=True)
def test_never_outside_the_transaction_of_what_happened() -> None:
    people = make_people()
    with pytest.raises(RuntimeError, match="in the transaction"):
        record(EventKind.GROUP_CREATED, by=people.alice, target=people.seminar)


@pytest.mark.parametrize(
    ("audience", "reaches"),
    [
        ("seminar", "alice bob carol dan grace"),
        ("group", "alice bob carol"),
        ("staff", "alice bob carol"),
        ("me", "carol"),
    ],
)
def test_told_to_those_alone_who_may_see_the_thread(
    people: People, reading: Reading, audience: str, reaches: str
) -> None:
    thread = say(reading, people.carol, audience=audience)
    answer(thread, people.carol)
    for key in ("alice", "bob", "carol", "dan", "grace"):
        member: Membership = getattr(people, key)
        expected = key in reaches.split()
        assert (("thread.started", thread.pk) in told(member)) is expected, key
        visible = type(thread).objects.visible_to(member).filter(pk=thread.pk).exists()
        assert visible is expected, key


def test_reports_are_told_to_who_looks_after_the_thread(people: People, reading: Reading) -> None:
    comment = first_of(say(reading, people.dan, audience="group"))
    reported(comment, people.alice)
    event = ("comment.reported", comment.pk)
    assert event in told(people.alice)
    for key in ("bob", "carol", "dan"):
        assert event not in told(getattr(people, key)), key


def test_members_of_another_seminar_are_told_nothing(people: People, reading: Reading) -> None:
    say(reading, people.carol)
    other = make_people("other")
    assert not {target for kind, target in told(other.alice) if kind.startswith("thread")}


def test_removed_members_are_told_nothing(people: People, reading: Reading) -> None:
    say(reading, people.dan)
    actions.remove_membership(membership=people.carol, by=people.alice)
    people.carol.refresh_from_db()
    assert told(people.carol) == set()
