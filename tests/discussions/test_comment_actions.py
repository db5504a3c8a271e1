"""Replying, editing, withdrawing."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from discussions.comments.actions import edit_comment, reply, undo_withdrawal, withdraw
from discussions.common.errors import StaleComment
from discussions.models import MAX_DEPTH, Comment, Thread
from discussions.moderation.thread_actions import lock
from readings.models import Reading
from tests.at_once import at_once
from tests.base import People, make_people, make_reading
from tests.discussions.base import answer, first_of, hidden, reported, say


def fresh(thread: Thread) -> Thread:
    return Thread.objects.get(pk=thread.pk)


# --- Replying --------------------------------------------------------------------------------
def test_replies_are_numbered_in_the_order_of_publication(people: People, thread: Thread) -> None:
    one = answer(thread, people.dan)
    two = answer(thread, people.alice, parent=one)
    assert (one.seq, two.seq) == (2, 3)
    assert (two.parent, two.root, two.depth) == (one, one, 1)
    now = fresh(thread)
    assert (now.last_seq, now.comment_count) == (3, 3)
    assert now.active_at == two.created_at


def test_deepest_replies_stand_beside_each_other(people: People, thread: Thread) -> None:
    comment = first_of(thread)
    for _ in range(MAX_DEPTH):
        comment = answer(thread, people.dan, parent=comment)
    assert comment.depth == MAX_DEPTH
    deeper = answer(thread, people.carol, parent=comment)
    assert deeper.depth == MAX_DEPTH
    assert deeper.parent == comment.parent
    assert deeper.root == first_of(thread)


def test_same_key_is_the_same_comment(people: People, thread: Thread) -> None:
    key = uuid.uuid4()
    made = [
        reply(thread=thread, parent=None, body="Once.", by=people.dan, client_key=key)
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert fresh(thread).comment_count == 2


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_each_numbered_and_doubles_are_one(transactional_db: None) -> None:
    people = make_people()
    thread = say(make_reading(people), people.carol)
    key = uuid.uuid4()

    def double() -> Comment:
        return reply(thread=thread, parent=None, body="Twice.", by=people.dan, client_key=key)

    made = at_once(double, double, *[lambda: answer(thread, people.carol)] * 3)
    assert [type(one) for one in made] == [Comment] * 5, made
    assert made[0] == made[1]
    now = fresh(thread)
    assert (now.last_seq, now.comment_count) == (5, 5)
    assert list(thread.comments.values_list("seq", flat=True)) == [1, 2, 3, 4, 5]


def test_who_may_not_reply(people: People, reading: Reading, thread: Thread) -> None:
    with pytest.raises(PermissionDenied):
        answer(thread, people.grace)
    private = say(reading, people.carol, audience="group")
    with pytest.raises(PermissionDenied):
        answer(private, people.dan)  # of another group: cannot even see it
    with pytest.raises(ValueError, match="another thread"):
        answer(thread, people.dan, parent=first_of(private))
    assert fresh(private).comment_count == 1


def test_lock_that_came_meanwhile_holds(people: People, thread: Thread) -> None:
    seen_open = fresh(thread)
    lock(thread=thread, by=people.alice)
    with pytest.raises(PermissionDenied):
        answer(seen_open, people.dan)
    assert fresh(thread).last_seq == 1


# --- Editing ---------------------------------------------------------------------------------
def long_ago(comment: Comment) -> None:
    Comment.objects.filter(pk=comment.pk).update(created_at=timezone.now() - timedelta(minutes=6))


def test_first_minutes_leave_no_trace(people: People, comment: Comment) -> None:
    edit_comment(comment=comment, body="What is **one**?", version=1, by=people.carol)
    comment.refresh_from_db()
    assert comment.html == "<p>What is <strong>one</strong>?</p>"
    assert (comment.version, comment.edited_at) == (2, None)
    assert not comment.revisions.exists()


@pytest.mark.parametrize("why", ["later", "answered", "reported"])
def test_words_that_others_saw_are_kept(people: People, comment: Comment, why: str) -> None:
    if why == "later":
        long_ago(comment)
    elif why == "answered":
        answer(comment.thread, people.dan, parent=comment)
    else:
        reported(comment, people.dan)
    edit_comment(comment=comment, body="Changed.", version=1, by=people.carol)
    revision = comment.revisions.get()
    assert revision.body == "What is *together*?"
    assert revision.editor == people.carol
    comment.refresh_from_db()
    assert comment.edited_at is not None


def test_slip_put_right_soon_after_an_edit_is_one_edit(people: People, comment: Comment) -> None:
    long_ago(comment)
    for version, body in enumerate(["Second.", "Second, put right."], start=1):
        edit_comment(comment=comment, body=body, version=version, by=people.carol)
    assert [one.body for one in comment.revisions.all()] == ["What is *together*?"]


def test_stale_edit_is_refused_with_the_words_as_they_are(people: People, comment: Comment) -> None:
    edit_comment(comment=comment, body="From one window.", version=1, by=people.carol)
    with pytest.raises(StaleComment) as stale:
        edit_comment(comment=comment, body="From another.", version=1, by=people.carol)
    assert stale.value.current.body == "From one window."
    comment.refresh_from_db()
    assert comment.body == "From one window."


def test_same_words_change_nothing(people: People, comment: Comment) -> None:
    long_ago(comment)
    edit_comment(comment=comment, body=comment.body, version=1, by=people.carol)
    comment.refresh_from_db()
    assert comment.version == 1
    assert not comment.revisions.exists()


def test_who_may_not_edit(people: People, comment: Comment) -> None:
    for other in (people.dan, people.alice):
        with pytest.raises(PermissionDenied):
            edit_comment(comment=comment, body="Mine now.", version=1, by=other)
    lock(thread=comment.thread, by=people.alice)
    with pytest.raises(PermissionDenied):
        edit_comment(comment=comment, body="Too late.", version=1, by=people.carol)


# --- Withdrawing -----------------------------------------------------------------------------
def test_withdrawn_comment_is_counted_off_and_comes_back(people: People, thread: Thread) -> None:
    answer(thread, people.dan)
    second = answer(thread, people.carol)
    withdraw(comment=second, by=people.carol)
    now = fresh(thread)
    assert now.comment_count == 2
    assert now.active_at < second.created_at
    assert now.withdrawn_at is None
    undo_withdrawal(comment=second, by=people.carol)
    now = fresh(thread)
    assert (now.comment_count, now.last_seq) == (3, 3)
    assert now.active_at == second.created_at


def test_thread_with_nothing_left_goes_and_comes_back(people: People, comment: Comment) -> None:
    withdraw(comment=comment, by=people.carol)
    assert not Thread.objects.visible_to(people.alice).exists()
    assert not Comment.objects.visible_to(people.carol).exists()
    undo_withdrawal(comment=comment, by=people.carol)
    assert Thread.objects.visible_to(people.dan).get().comment_count == 1


def test_replies_live(people: People, comment: Comment) -> None:
    answer(comment.thread, people.dan, parent=comment)
    withdraw(comment=comment, by=people.carol)
    assert Thread.objects.visible_to(people.dan).get().comment_count == 1


def test_withdrawing_is_the_authors_alone(people: People, comment: Comment) -> None:
    for other in (people.dan, people.alice):
        with pytest.raises(PermissionDenied):
            withdraw(comment=comment, by=other)
    withdraw(comment=comment, by=people.carol)
    with pytest.raises(PermissionDenied):
        undo_withdrawal(comment=comment, by=people.alice)
    assert withdraw(comment=comment, by=people.carol).is_withdrawn, "once more is as once"


def test_hidden_words_cannot_be_edited_or_withdrawn(people: People, comment: Comment) -> None:
    hidden(comment, people.alice)
    with pytest.raises(PermissionDenied):
        withdraw(comment=comment, by=people.carol)
    with pytest.raises(PermissionDenied):
        edit_comment(comment=comment, body="x", version=comment.version, by=people.carol)


def test_removed_member_can_do_nothing(people: People, comment: Comment) -> None:
    people.carol.removed_at = timezone.now()
    people.carol.save(update_fields=["removed_at"])
    with pytest.raises(PermissionDenied):
        withdraw(comment=comment, by=people.carol)
    with pytest.raises(PermissionDenied):
        answer(comment.thread, people.carol)
