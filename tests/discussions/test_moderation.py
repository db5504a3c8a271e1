"""Reports and decisions: who may, what is written, and what two moderators at once do."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from discussions.comments.actions import edit_comment, undo_withdrawal, withdraw
from discussions.common.errors import AlreadyDecided, StaleComment, StaleReview
from discussions.models import Comment, Decision, Report, ReviewItem, Thread
from discussions.moderation.actions import dismiss, hide, restore
from discussions.moderation.report_actions import report
from discussions.moderation.thread_actions import lock, unlock
from readings.models import Reading
from seminars.models import Membership
from tests.at_once import at_once
from tests.base import People, make_people, make_reading
from tests.discussions.base import answer, first_of, hidden, reported, say


def hide_it(comment: Comment, by: Membership, **options: Any) -> Decision:
    return hide(comment=comment, reason="Unkind or insulting", by=by, **{"version": 1} | options)


def dismiss_it(item: ReviewItem, by: Membership, **options: Any) -> Decision:
    return dismiss(review_item=item, by=by, **{"review_version": 1, "version": 1} | options)


# --- Reports ---------------------------------------------------------------------------------
def test_reports_attach_to_one_open_case(people: People, comment: Comment) -> None:
    first = reported(comment, people.dan)
    assert reported(comment, people.alice, "spam") == first
    assert reported(comment, people.grace) == first
    assert first.reports.count() == 3


def test_same_report_twice_is_one(people: People, comment: Comment) -> None:
    made = [report(comment=comment, reason="spam", by=people.dan) for _ in range(2)]
    assert made[0] == made[1]
    assert Report.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_reports_at_once_share_a_case(transactional_db: None) -> None:
    people = make_people()
    comment = first_of(say(make_reading(people), people.carol))
    members = (people.dan, people.alice, people.grace, people.dan)
    made = at_once(*[lambda who=who: reported(comment, who) for who in members])
    assert [type(one) for one in made] == [ReviewItem] * 4, made
    assert len({one.pk for one in made}) == 1
    assert Report.objects.count() == 3


def test_who_may_not_report(people: People, reading: Reading, comment: Comment) -> None:
    with pytest.raises(PermissionDenied):
        reported(comment, people.carol)  # one's own words
    private = first_of(say(reading, people.carol, audience="group"))
    with pytest.raises(PermissionDenied):
        reported(private, people.dan)
    hidden(comment, people.alice)
    with pytest.raises(PermissionDenied):
        reported(comment, people.dan)


def test_dismissed_reason_rests_until_the_words_change(people: People, comment: Comment) -> None:
    dismiss_it(reported(comment, people.dan), people.alice)
    for who in (people.dan, people.grace):
        with pytest.raises(AlreadyDecided):
            reported(comment, who)
    other = reported(comment, people.dan, "spam")  # another reason is another case
    assert other.state == "open"
    edit_comment(comment=comment, body="Worse.", version=1, by=people.carol)
    again = reported(comment, people.dan)
    assert again == other
    assert again.reports.count() == 2


def test_something_else_can_be_something_else(people: People, comment: Comment) -> None:
    dismiss_it(reported(comment, people.dan, "other"), people.alice)
    with pytest.raises(AlreadyDecided):
        reported(comment, people.dan, "other")
    assert reported(comment, people.grace, "other").state == "open"


def test_restored_words_are_not_reported_again_for_the_same(
    people: People, comment: Comment
) -> None:
    item = reported(comment, people.dan)
    hide_it(comment, people.alice)
    restore(comment=comment, by=people.alice, version=2)
    with pytest.raises(AlreadyDecided):
        reported(comment, people.dan)
    item.refresh_from_db()
    assert item.state == "upheld"


def test_case_stays_open_when_its_words_are_withdrawn(people: People, comment: Comment) -> None:
    item = reported(comment, people.dan)
    withdraw(comment=comment, by=people.carol)
    assert ReviewItem.objects.for_moderator(people.alice).open().get() == item
    comment.refresh_from_db()
    decision = dismiss(review_item=item, by=people.alice, review_version=1, version=comment.version)
    assert decision.after == "dismissed"
    undo_withdrawal(comment=comment, by=people.carol)


def test_words_that_were_withdrawn_before_the_decision_stay_away(
    people: People, comment: Comment
) -> None:
    answer(comment.thread, people.dan)
    item = reported(comment, people.dan)
    withdraw(comment=comment, by=people.carol)
    comment.refresh_from_db()
    count = comment.thread.comment_count
    decision = hide_it(
        comment, people.alice, version=comment.version, review_item=item, review_version=1
    )
    assert (decision.before, decision.after) == ("withdrawn", "hidden")
    item.refresh_from_db()
    assert item.state == "upheld"
    comment.refresh_from_db()
    assert comment.is_withdrawn, "its author took it back; nobody shows it again"
    assert comment.thread.comment_count == count
    with pytest.raises(PermissionDenied, match="Staff have decided"):
        undo_withdrawal(comment=comment, by=people.carol)


# --- Decisions -------------------------------------------------------------------------------
def test_hiding_closes_the_case_counts_off_and_writes_the_log(
    people: People, comment: Comment
) -> None:
    answer(comment.thread, people.dan)
    item = reported(comment, people.dan)
    decision = hide_it(
        comment,
        people.alice,
        note_to_member="Be kind.",
        note_to_staff="First time.",
        review_item=item,
        review_version=1,
    )
    comment.refresh_from_db()
    item.refresh_from_db()
    assert (comment.state, comment.version) == ("hidden", 2)
    assert comment.staff_reason == "Unkind or insulting"
    assert (item.state, item.version) == ("upheld", 2)
    assert item.closed_at is not None
    assert Thread.objects.get().comment_count == 1
    row = Decision.objects.get()
    assert row == decision
    assert (row.action, row.actor, row.actor_role) == ("hide", people.alice, "instructor")
    assert (row.before, row.after, row.comment_version) == ("published", "hidden", 2)
    assert (row.reason, row.note_to_member, row.note_to_staff) == (
        "Unkind or insulting",
        "Be kind.",
        "First time.",
    )
    assert (row.thread, row.comment, row.review_item) == (comment.thread, comment, item)


def test_role_in_the_log_is_the_role_then(people: People, comment: Comment) -> None:
    hide_it(comment, people.bob)
    Membership.objects.filter(pk=people.bob.pk).update(role="participant")
    assert Decision.objects.get().actor_role == "assistant"


def test_restoring_gives_words_and_counts_back(people: People, comment: Comment) -> None:
    hide_it(comment, people.bob)
    restore(comment=comment, by=people.alice, version=2, note_to_member="Our mistake.")
    comment.refresh_from_db()
    assert (comment.state, comment.staff_reason, comment.version) == ("published", "", 3)
    assert Thread.objects.get().comment_count == 1
    assert [row.action for row in Decision.objects.order_by("pk")] == ["hide", "restore"]


def test_dismissing_leaves_the_words(people: People, comment: Comment) -> None:
    item = reported(comment, people.dan)
    dismiss_it(item, people.bob, note_to_staff="Nothing in it.")
    item.refresh_from_db()
    comment.refresh_from_db()
    assert (item.state, comment.state, comment.version) == ("dismissed", "published", 1)
    row = Decision.objects.get()
    assert (row.action, row.before, row.after) == ("dismiss", "open", "dismissed")


def test_lock_and_unlock_are_logged_once_each(people: People, thread: Thread) -> None:
    assert lock(thread=thread, by=people.alice) is not None
    assert lock(thread=thread, by=people.alice) is None
    assert Thread.objects.get().is_locked
    assert unlock(thread=thread, by=people.alice) is not None
    assert [row.action for row in Decision.objects.order_by("pk")] == ["lock", "unlock"]


def test_stale_decisions_are_refused(people: People, comment: Comment) -> None:
    item = reported(comment, people.dan)
    dismiss_it(item, people.bob)
    with pytest.raises(StaleReview) as stale:
        hide_it(comment, people.alice, review_item=item, review_version=1)
    assert stale.value.current.state == "dismissed"
    with pytest.raises(StaleReview):
        dismiss_it(item, people.alice)
    edit_comment(comment=comment, body="Other words.", version=1, by=people.carol)
    with pytest.raises(StaleComment):
        hide_it(comment, people.alice)
    decision = hide_it(comment, people.alice, version=2)
    assert hide_it(comment, people.alice, version=2) == decision, "once more is as once"
    with pytest.raises(StaleComment):
        restore(comment=comment, by=people.alice, version=2)
    assert Decision.objects.count() == 2


def test_words_changed_after_the_report_are_read_before_dismissing(
    people: People, comment: Comment
) -> None:
    item = reported(comment, people.dan)
    edit_comment(comment=comment, body="Much worse.", version=1, by=people.carol)
    with pytest.raises(StaleComment):
        dismiss_it(item, people.alice)
    assert ReviewItem.objects.get().state == "open"


def test_withdrawn_meanwhile_is_stale_too(people: People, comment: Comment) -> None:
    answer(comment.thread, people.dan)
    withdraw(comment=comment, by=people.carol)
    with pytest.raises(StaleComment):
        hide_it(comment, people.alice)


@pytest.mark.django_db(transaction=True)
def test_of_two_moderators_at_once_one_decides(transactional_db: None) -> None:
    people = make_people()
    comment = first_of(say(make_reading(people), people.carol))
    item = reported(comment, people.dan)
    made = at_once(
        lambda: hide_it(comment, people.alice, review_item=item, review_version=1),
        lambda: dismiss_it(item, people.bob),
    )
    assert sorted(type(one).__name__ for one in made) in (
        ["Decision", "StaleReview"],
        ["Decision", "StaleComment"],
    ), made
    assert Decision.objects.count() == 1


# --- Authority -------------------------------------------------------------------------------
def test_nobody_decides_on_their_own_words(people: People, reading: Reading) -> None:
    mine = first_of(say(reading, people.alice))
    item = reported(mine, people.carol)
    with pytest.raises(PermissionDenied):
        hide_it(mine, people.alice)
    with pytest.raises(PermissionDenied):
        dismiss_it(item, people.alice)
    assert not Decision.objects.exists()


def test_assistant_decides_in_their_own_group_alone(people: People, reading: Reading) -> None:
    of_thursday = first_of(say(reading, people.dan))
    in_monday = answer(say(reading, people.carol, audience="group"), people.carol)
    of_alice = answer(of_thursday.thread, people.alice)
    for comment in (of_thursday, of_alice):
        with pytest.raises(PermissionDenied):
            hide_it(comment, people.bob)
    assert hide_it(in_monday, people.bob).actor == people.bob
    with pytest.raises(PermissionDenied):
        restore(comment=in_monday, by=people.bob, version=2)
    with pytest.raises(PermissionDenied):
        lock(thread=in_monday.thread, by=people.bob)


@pytest.mark.parametrize("who", ["carol", "dan", "grace"])
def test_members_decide_nothing(people: People, comment: Comment, who: str) -> None:
    member = getattr(people, who)
    item = reported(comment, people.alice)
    with pytest.raises(PermissionDenied):
        hide_it(comment, member)
    with pytest.raises(PermissionDenied):
        dismiss_it(item, member)
    with pytest.raises(PermissionDenied):
        lock(thread=comment.thread, by=member)
    assert not Decision.objects.exists()


def test_private_words_are_beyond_moderation(people: People, reading: Reading) -> None:
    private = first_of(say(reading, people.carol, audience="me"))
    with pytest.raises(PermissionDenied):
        hide_it(private, people.alice)


def test_other_seminars_staff_reach_nothing(people: People, comment: Comment) -> None:
    other = make_people("other")
    with pytest.raises(PermissionDenied):
        hide_it(comment, other.alice)
    with pytest.raises(PermissionDenied):
        lock(thread=comment.thread, by=other.alice)


def test_decision_that_fails_leaves_nothing(
    people: People, comment: Comment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """State, count, case and log are one transaction."""
    reported(comment, people.dan)

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the log cannot be written")

    monkeypatch.setattr(Decision, "save", fail)
    with pytest.raises(RuntimeError):
        hide_it(comment, people.alice)
    comment.refresh_from_db()
    assert comment.state == "published"
    assert ReviewItem.objects.get().state == "open"
    assert Thread.objects.get().comment_count == 1


def test_old_dismissal_does_not_shield_new_words(people: People, comment: Comment) -> None:
    dismiss_it(reported(comment, people.dan), people.alice)
    Comment.objects.filter(pk=comment.pk).update(
        edited_at=timezone.now() + timedelta(seconds=1), version=2
    )
    assert reported(comment, people.dan).state == "open"
