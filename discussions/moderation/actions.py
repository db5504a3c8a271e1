"""What is decided about comments.

Each decision checks the right to it, changes the state and the counts, closes the
case, and writes its row in the audit log, all in one transaction. docs/adr/0032 has the states.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from discussions.common.counters import recount
from discussions.common.errors import StaleComment, StaleReview
from discussions.common.events import record_comment
from discussions.common.holding import close_case, undecided_case
from discussions.common.locking import locked_comment
from discussions.common.publication import publish
from discussions.models import (
    Action,
    Comment,
    CommentState,
    Decision,
    ReviewCause,
    ReviewItem,
    ReviewState,
    Thread,
)
from discussions.moderation.deciders import hidden_by_reports
from discussions.moderation.log import Notes, log_decision
from seminars import permissions
from seminars.events import EventKind
from seminars.models import Membership

Right = Callable[[Membership, Comment], bool]


@dataclass(frozen=True, slots=True)
class Taking:
    """How words are taken from their readers: what they become, of which they may have been what,
    who may do it, what is told."""

    action: Action
    state: CommentState
    before: frozenset[CommentState]
    right: Right
    event: EventKind


# Withdrawn words are decided on in a case alone; hidden ones where reports alone have hidden them.
HIDDEN = Taking(
    Action.HIDE,
    CommentState.HIDDEN,
    frozenset(
        {
            CommentState.PUBLISHED,
            CommentState.PENDING,
            CommentState.HIDDEN,
            CommentState.WITHDRAWN,
        }
    ),
    permissions.can_decide_case,
    EventKind.COMMENT_HIDDEN,
)
REMOVED = Taking(
    Action.REMOVE,
    CommentState.REMOVED,
    frozenset(CommentState) - {CommentState.REMOVED, CommentState.PURGED},
    permissions.can_remove,
    EventKind.COMMENT_REMOVED,
)
RETURNED = Taking(
    Action.RETURN,
    CommentState.RETURNED,
    frozenset({CommentState.PUBLISHED, CommentState.PENDING, CommentState.HIDDEN}),
    permissions.can_return,
    EventKind.COMMENT_RETURNED,
)


def take(
    *,
    how: Taking,
    comment: Comment,
    reason: str,
    by: Membership,
    version: int,
    note_to_member: str = "",
    note_to_staff: str = "",
    review_item: ReviewItem | None = None,
    review_version: int | None = None,
    together: uuid.UUID | None = None,
) -> Decision:
    """Take a comment from its readers, and uphold its undecided case.

    `reason` is a line that readers see. Of words that their author has withdrawn it is decided
    that they do not come back. `version` is the comment's as it was read; `review_item` and
    `review_version` are given where the decision is made in the review queue. Raises
    PermissionDenied, StaleComment, StaleReview.
    """
    with transaction.atomic():
        current, item = _to_decide(comment, by)
        if done := _repeated(how.action, current, by, version + 1, reason=reason):
            return done
        _must_be_fresh(item, review_item, review_version)
        # What reports alone have hidden, staff may let stay hidden, and say why.
        is_so = current.state == how.state and not hidden_by_reports(current)
        if current.version != version or is_so:
            raise StaleComment(current)
        may = _may(how.right, by, current, item)
        if not may or current.state not in how.before:
            raise PermissionDenied(_("This comment is not yours to decide on."))
        before = CommentState(current.state)
        current.staff_reason = reason
        gone = before == CommentState.WITHDRAWN
        _set_state(current, CommentState.WITHDRAWN if gone else how.state)
        if before == CommentState.PUBLISHED:
            recount(current.thread_id, -1)
        record_comment(how.event, current, by=by, for_staff=not current.was_published)
        if item is not None:
            close_case(item, ReviewState.UPHELD)
        return log_decision(
            how.action,
            by=by,
            comment=current,
            review_item=item,
            before=before,
            after=how.state,
            reason=reason,
            notes=Notes(note_to_member, note_to_staff),
            together=together,
        )


# Its words and author from members; an assistant in their own groups.
hide = partial(take, how=HIDDEN)
# An instructor, or an assistant where allowed.
remove = partial(take, how=REMOVED)
# To be revised: its author alone sees it, and sends it in again.
return_to_author = partial(take, how=RETURNED)


def approve(
    *,
    comment: Comment,
    by: Membership,
    version: int,
    note_to_member: str = "",
    note_to_staff: str = "",
    review_item: ReviewItem | None = None,
    review_version: int | None = None,
    together: uuid.UUID | None = None,
) -> Decision:
    """Publish a comment that waits. Raises PermissionDenied, StaleComment, StaleReview."""
    with transaction.atomic():
        current, item = _to_decide(comment, by)
        if done := _repeated(Action.APPROVE, current, by, version + 1):
            return done
        _must_be_fresh(item, review_item, review_version)
        if current.version != version or not current.is_pending:
            raise StaleComment(current)
        if not permissions.can_approve(by, current):
            raise PermissionDenied(_("This comment is not yours to decide on."))
        publish(current, by=by)
        if item is not None:
            close_case(item, ReviewState.DISMISSED)
        return log_decision(
            Action.APPROVE,
            by=by,
            comment=current,
            review_item=item,
            before=CommentState.PENDING,
            after=CommentState.PUBLISHED,
            notes=Notes(note_to_member, note_to_staff),
            together=together,
        )


def restore(
    *,
    comment: Comment,
    by: Membership,
    version: int,
    note_to_member: str = "",
    note_to_staff: str = "",
    review_item: ReviewItem | None = None,
    review_version: int | None = None,
    together: uuid.UUID | None = None,
) -> Decision:
    """Show hidden or removed words again, as their author may have asked in a case.

    Raises PermissionDenied, StaleComment, StaleReview.
    """
    with transaction.atomic():
        current, item = _to_decide(comment, by)
        if done := _repeated(Action.RESTORE, current, by, version + 1):
            return done
        _must_be_fresh(item, review_item, review_version)
        if current.version != version:
            raise StaleComment(current)
        if not permissions.can_restore(by, current):
            raise PermissionDenied(_("Only an instructor can restore a comment."))
        before = CommentState(current.state)
        publish(current, by=by)
        if item is not None:
            asked = item.cause == ReviewCause.APPEAL
            close_case(item, ReviewState.UPHELD if asked else ReviewState.DISMISSED)
        return log_decision(
            Action.RESTORE,
            by=by,
            comment=current,
            review_item=item,
            before=before,
            after=CommentState.PUBLISHED,
            notes=Notes(note_to_member, note_to_staff),
            together=together,
        )


def dismiss(
    *,
    review_item: ReviewItem,
    by: Membership,
    review_version: int,
    version: int,
    note_to_member: str = "",
    note_to_staff: str = "",
    together: uuid.UUID | None = None,
) -> Decision:
    """Leave the words as they stand and close the case; both versions are those that were read.

    Words that reports alone have hidden stand again with it. Words that wait are published by
    `approve`. Raises PermissionDenied, StaleComment, StaleReview.
    """
    with transaction.atomic():
        current, item = _to_decide(review_item.comment, by)
        if done := _repeated(Action.DISMISS, current, by, None, review_item=review_item):
            return done
        _must_be_fresh(item, review_item, review_version)
        assert item is not None  # noqa: S101 - or it would not be fresh
        if current.version != version or current.is_pending:
            raise StaleComment(current)
        before, after = str(item.state), str(ReviewState.DISMISSED)
        if hidden_by_reports(current):
            before, after = str(current.state), str(CommentState.PUBLISHED)
            publish(current, by=by)
        else:
            record_comment(EventKind.REPORT_DISMISSED, current, by=by, for_staff=True)
        close_case(item, ReviewState.DISMISSED)
        return log_decision(
            Action.DISMISS,
            by=by,
            comment=current,
            review_item=item,
            before=before,
            after=after,
            notes=Notes(note_to_member, note_to_staff),
            together=together,
        )


def _to_decide(comment: Comment, by: Membership) -> tuple[Comment, ReviewItem | None]:
    """Lock a comment and its undecided case for someone who may decide on it.

    Withdrawn without a case, or deleted for good, it is stale.
    """
    current = locked_comment(comment, by, among=Thread.objects.reached_by(by))
    item = undecided_case(current)
    gone = current.is_purged or (current.is_withdrawn and item is None)
    if gone and permissions.can_moderate_comment(by, current):
        raise StaleComment(current)
    if not _may(permissions.can_decide_case, by, current, item):
        raise PermissionDenied(_("This comment is not yours to decide on."))
    return current, item


def _may(right: Right, by: Membership, comment: Comment, item: ReviewItem | None) -> bool:
    """Whether they may, where the case was perhaps handed over to them."""
    if right is permissions.can_decide_case:
        assignee = item.assignee_id if item else None
        return permissions.can_decide_case(by, comment, assignee_id=assignee)
    return right(by, comment)


def _repeated(
    action: Action, comment: Comment, by: Membership, version: int | None, **same: object
) -> Decision | None:
    """Return the decision that this one is once more, as after an answer that was lost.

    It is the last on the comment, of the same member, and left the comment at `version`, at
    which it stands still; `same` are the columns that are the same.
    """
    last = comment.decisions.order_by("-pk").first()
    if last is None or last.comment_version != comment.version:
        return None
    if version is not None and comment.version != version:
        return None
    again = {"actor_id": by.pk, "action": action, **same}
    return last if all(getattr(last, name) == value for name, value in again.items()) else None


def _must_be_fresh(item: ReviewItem | None, seen: ReviewItem | None, version: int | None) -> None:
    """Raise StaleReview where the case that was before them, if one was, is not as it was."""
    if seen is None:
        return
    if item is None or item.pk != seen.pk or item.version != version:
        raise StaleReview(ReviewItem.objects.for_review_page().get(pk=seen.pk))


def _set_state(comment: Comment, state: CommentState) -> None:
    comment.state = state
    comment.version += 1
    comment.save(update_fields=["state", "staff_reason", "version"])
