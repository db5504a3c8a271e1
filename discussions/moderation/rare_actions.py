"""What an instructor does rarely: taking a decision back, another's words put right, or deleted."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from discussions.comments import rewrite
from discussions.common.counters import recount
from discussions.common.errors import NothingToPost, StaleComment
from discussions.common.events import record_comment
from discussions.common.holding import close_case, undecided_case
from discussions.common.locking import locked_comment
from discussions.common.publication import publish, withdraw_if_empty
from discussions.models import (
    Action,
    Comment,
    CommentState,
    Decision,
    Mention,
    ReviewItem,
    ReviewState,
    Thread,
)
from discussions.moderation.log import Notes, log_decision
from seminars import permissions
from seminars.audience import Audience
from seminars.events import EventKind, record
from seminars.held import hold_seminar
from seminars.models import Membership

# How long a decision can be taken back by a press of a key.
UNDO_WITHIN = timedelta(minutes=10)
EVENTS = {
    CommentState.HIDDEN: EventKind.COMMENT_HIDDEN,
    CommentState.REMOVED: EventKind.COMMENT_REMOVED,
    CommentState.RETURNED: EventKind.COMMENT_RETURNED,
    CommentState.PENDING: EventKind.COMMENT_HELD,
}
# Decisions that undo takes back; the others are corrected by another decision.
UNDOABLE = (
    Action.APPROVE,
    Action.RETURN,
    Action.HIDE,
    Action.REMOVE,
    Action.RESTORE,
    Action.DISMISS,
)


class TooLateToUndo(Exception):
    """The decision is older than that, or another has followed it."""

    def __init__(self) -> None:
        super().__init__(_("This cannot be taken back any more: decide anew instead."))


def undo(*, decision: Decision, by: Membership) -> Decision:
    """Let a comment and its case be what they were before one's own decision of just now.

    A new row of the log says so; twice is once. Raises PermissionDenied, TooLateToUndo.
    """
    if decision.comment is None or decision.action not in UNDOABLE or decision.actor_id != by.pk:
        raise PermissionDenied(_("Only your own decision can be taken back."))
    with transaction.atomic():
        among = Thread.objects.reached_by(by)
        current = locked_comment(decision.comment, by, among=among)
        if done := decision.corrections.filter(action=Action.UNDO).first():
            return done
        last = current.decisions.order_by("-pk").first()
        is_last = last is not None and last.pk == decision.pk
        is_late = timezone.now() - decision.created_at > UNDO_WITHIN
        if not is_last or is_late or current.version != decision.comment_version:
            raise TooLateToUndo
        before = CommentState(current.state)
        _set_back(current, decision, by)
        _reopen(decision.review_item)
        return log_decision(
            Action.UNDO,
            by=by,
            comment=current,
            review_item=decision.review_item,
            corrects=decision,
            before=before,
            after=current.state,
        )


def _set_back(comment: Comment, decision: Decision, by: Membership) -> None:
    """Let the comment be what the decision found it as; nothing where it left it as it was."""
    if decision.before not in CommentState.values:
        return
    wanted = CommentState(decision.before)
    if wanted == comment.state:
        comment.staff_reason = _reason_before(comment, decision)
        comment.version += 1
        comment.save(update_fields=["staff_reason", "version"])
        return
    if wanted == CommentState.PUBLISHED:
        publish(comment, by=by)
        return
    was_published = comment.is_published
    comment.state = wanted
    comment.staff_reason = _reason_before(comment, decision)
    comment.version += 1
    comment.save(update_fields=["state", "staff_reason", "version"])
    if was_published:
        recount(comment.thread_id, -1)
    event = EVENTS.get(wanted, EventKind.REVIEW_CHANGED)
    record_comment(event, comment, by=by, for_staff=not was_published)


def _reason_before(comment: Comment, decision: Decision) -> str:
    """Why it was hidden before the decision, where it was."""
    earlier = comment.decisions.filter(pk__lt=decision.pk, after=decision.before)
    last = earlier.order_by("-pk").first()
    return last.reason if last else ""


def _reopen(item: ReviewItem | None) -> None:
    """Let a case that the decision closed wait again, unless another waits by now."""
    if item is None:
        return
    held = ReviewItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if held.is_undecided or undecided_case(held.comment) is not None:
        return
    held.state, held.closed_at = ReviewState.OPEN, None
    held.claimed_by, held.claimed_at = None, None
    held.version += 1
    held.save(update_fields=["state", "closed_at", "claimed_by", "claimed_at", "version"])


def edit_for_author(
    *,
    comment: Comment,
    body: str,
    by: Membership,
    version: int,
    reason: str,
    note_to_member: str = "",
    note_to_staff: str = "",
) -> Decision | None:
    """Put another's words right: what they said stands in the history, and the author is told.

    None where it says so already. Raises PermissionDenied, StaleComment, NothingToPost.
    """
    with transaction.atomic():
        current = locked_comment(comment, by, among=Thread.objects.reached_by(by))
        if not permissions.can_edit_for(by, current):
            raise PermissionDenied(_("These words are not yours to change."))
        if body == current.body:
            return None
        if current.version != version:
            raise StaleComment(current)
        rewrite(comment=current, body=body, by=by, reason=reason)
        current.refresh_from_db()
        return log_decision(
            Action.EDIT,
            by=by,
            comment=current,
            before=current.state,
            after=current.state,
            reason=reason,
            notes=Notes(note_to_member, note_to_staff),
        )


def purge(
    *, comment: Comment, by: Membership, version: int, reason: str, note_to_staff: str = ""
) -> Decision:
    """Delete what a removed comment said, and what it said before, for good.

    Its place stays where others answered it. Raises PermissionDenied, StaleComment.
    """
    with transaction.atomic():
        current = locked_comment(comment, by, among=Thread.objects.reached_by(by))
        last = current.decisions.order_by("-pk").first()
        if current.is_purged and last is not None and last.actor_id == by.pk:
            return last
        if not permissions.can_purge(by, current):
            raise PermissionDenied(_("Only what was removed can be deleted for good."))
        if current.version != version:
            raise StaleComment(current)
        before = CommentState(current.state)
        current.state, current.staff_reason = CommentState.PURGED, reason
        current.body, current.html = "", ""
        current.version += 1
        current.save(update_fields=["state", "staff_reason", "body", "html", "terms", "version"])
        current.revisions.all().delete()
        withdraw_if_empty(current.thread)
        Mention.objects.filter(comment=current).delete()
        if item := undecided_case(current):
            close_case(item, ReviewState.UPHELD)
        for_staff = not current.was_published
        record_comment(EventKind.COMMENT_PURGED, current, by=by, for_staff=for_staff)
        return log_decision(
            Action.PURGE,
            by=by,
            comment=current,
            before=before,
            after=CommentState.PURGED,
            reason=reason,
            notes=Notes(to_staff=note_to_staff),
        )


def correct(*, decision: Decision, by: Membership, note_to_staff: str) -> Decision:
    """Add to the log what a row of it got wrong: the row itself is never changed.

    The same said twice is one. Raises PermissionDenied, NothingToPost.
    """
    if not permissions.can_set_moderation(by) or decision.seminar_id != by.seminar_id:
        raise PermissionDenied(_("Only an instructor may correct the log."))
    if not note_to_staff.strip():
        raise NothingToPost(_("Say what the entry got wrong."))
    with transaction.atomic():
        hold_seminar(by.seminar_id)
        same = decision.corrections.filter(actor=by, note_to_staff=note_to_staff)
        if said := same.filter(action=Action.CORRECT).first():
            return said
        record(EventKind.LOG_CORRECTED, by=by, target=decision, audience=Audience.STAFF)
        return log_decision(
            Action.CORRECT,
            by=by,
            comment=decision.comment,
            thread=decision.thread,
            member=decision.member,
            corrects=decision,
            before="",
            after="",
            notes=Notes(to_staff=note_to_staff),
        )
