"""Reports, and what is decided about them.

Each decision checks the right to it, changes the state and the counts, closes the
case, and writes its row in the audit log, all in one transaction.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from discussions.common.counters import recount
from discussions.common.errors import AlreadyDecided, StaleComment, StaleReview
from discussions.common.events import record_comment, record_thread
from discussions.common.locking import locked_comment
from discussions.models import (
    Action,
    Comment,
    CommentState,
    Decision,
    Reason,
    Report,
    ReviewItem,
    ReviewState,
    Thread,
    ThreadState,
)
from seminars import permissions
from seminars.events import EventKind
from seminars.models import Membership

EVENTS = {
    Action.HIDE: EventKind.COMMENT_HIDDEN,
    Action.RESTORE: EventKind.COMMENT_RESTORED,
    Action.DISMISS: EventKind.REPORT_DISMISSED,
    Action.LOCK: EventKind.THREAD_LOCKED,
    Action.UNLOCK: EventKind.THREAD_UNLOCKED,
}


def report(*, comment: Comment, reason: str, by: Membership, detail: str = "") -> Report:
    """Lay a comment before the moderators; the same report twice is one.

    It attaches to the comment's open case. Raises PermissionDenied, and AlreadyDecided
    where these very words were left standing against the same reason.
    """
    with transaction.atomic():
        current = locked_comment(comment, by)
        if not permissions.can_report(by, current):
            raise PermissionDenied(_("This comment cannot be reported by you."))
        same = current.reports.filter(
            reporter=by, reason=reason, comment_version=current.version
        ).first()
        if same is not None and same.review_item.state == ReviewState.OPEN:
            return same
        if _was_dismissed(current, reason, by):
            raise AlreadyDecided
        item = _open_item(current) or ReviewItem.objects.create(
            seminar_id=current.seminar_id, comment=current
        )
        record_comment(EventKind.COMMENT_REPORTED, current, by=by, for_staff=True)
        return Report.objects.create(
            seminar_id=current.seminar_id,
            review_item=item,
            comment=current,
            comment_version=current.version,
            reporter=by,
            reason=reason,
            detail=detail,
        )


def _was_dismissed(comment: Comment, reason: str, by: Membership) -> bool:
    """Whether this reason was judged already, for the words as they stand.

    “Something else” can be anything: it counts as the same only from the same member.
    """
    judged = comment.reports.filter(reason=reason).exclude(review_item__state=ReviewState.OPEN)
    if reason == Reason.OTHER:
        judged = judged.filter(reporter=by)
    if comment.edited_at:
        judged = judged.filter(created_at__gt=comment.edited_at)
    return judged.exists()


def hide(
    *,
    comment: Comment,
    reason: str,
    by: Membership,
    version: int,
    note_to_member: str = "",
    note_to_staff: str = "",
    review_item: ReviewItem | None = None,
    review_version: int | None = None,
) -> Decision:
    """Hide a comment's words and author from members, and uphold its open case.

    Of words that their author has withdrawn, only with a case: they cannot be put back then.
    `version` is the comment's as it was read; `review_item` and `review_version` are
    given where the decision is made in the review queue. Raises PermissionDenied,
    StaleComment, StaleReview.
    """
    with transaction.atomic():
        current = _comment_to_decide(comment, by)
        item = _open_item(current)
        if done := _repeated(Action.HIDE, current, by, version + 1, reason=reason):
            return done
        if review_item is not None:
            _must_be_fresh(item, review_item, review_version)
        if current.version != version or current.is_hidden:
            raise StaleComment(current)
        before = CommentState(current.state)
        current.hidden_reason = str(Reason(reason).label)
        if before == CommentState.PUBLISHED:
            _set_state(current, CommentState.HIDDEN)
            recount(current.thread_id, -1)
        else:
            # Withdrawn words are gone already: what is decided is that they do not come back.
            _set_state(current, CommentState.WITHDRAWN)
        if item is not None:
            _close(item, ReviewState.UPHELD)
        return _decide(
            Action.HIDE,
            by=by,
            thread=current.thread,
            comment=current,
            review_item=item,
            before=before,
            after=CommentState.HIDDEN,
            reason=reason,
            note_to_member=note_to_member,
            note_to_staff=note_to_staff,
        )


def restore(
    *,
    comment: Comment,
    by: Membership,
    version: int,
    note_to_member: str = "",
    note_to_staff: str = "",
) -> Decision:
    """Show hidden words again. Raises PermissionDenied, StaleComment."""
    with transaction.atomic():
        current = _comment_to_decide(comment, by)
        if done := _repeated(Action.RESTORE, current, by, version + 1):
            return done
        if current.version != version:
            raise StaleComment(current)
        if not permissions.can_restore(by, current):
            raise PermissionDenied(_("Only an instructor can restore a comment."))
        current.hidden_reason = ""
        _set_state(current, CommentState.PUBLISHED)
        recount(current.thread_id, +1)
        return _decide(
            Action.RESTORE,
            by=by,
            thread=current.thread,
            comment=current,
            before=CommentState.HIDDEN,
            after=CommentState.PUBLISHED,
            note_to_member=note_to_member,
            note_to_staff=note_to_staff,
        )


def dismiss(
    *,
    review_item: ReviewItem,
    by: Membership,
    review_version: int,
    version: int,
    note_to_member: str = "",
    note_to_staff: str = "",
) -> Decision:
    """Leave the words as they stand and close the case; both versions are those that were read.

    Raises PermissionDenied, StaleComment, StaleReview.
    """
    with transaction.atomic():
        current = _comment_to_decide(review_item.comment, by)
        if done := _repeated(Action.DISMISS, current, by, version, review_item=review_item):
            return done
        item = _open_item(current)
        _must_be_fresh(item, review_item, review_version)
        assert item is not None  # noqa: S101 - or it would not be fresh
        if current.version != version:
            raise StaleComment(current)
        _close(item, ReviewState.DISMISSED)
        return _decide(
            Action.DISMISS,
            by=by,
            thread=current.thread,
            comment=current,
            review_item=item,
            before=ReviewState.OPEN,
            after=ReviewState.DISMISSED,
            note_to_member=note_to_member,
            note_to_staff=note_to_staff,
        )


def lock(*, thread: Thread, by: Membership, note_to_staff: str = "") -> Decision | None:
    """Let nobody reply any more; None where that is so already."""
    return _set_lock(thread, by, ThreadState.OPEN, ThreadState.LOCKED, Action.LOCK, note_to_staff)


def unlock(*, thread: Thread, by: Membership, note_to_staff: str = "") -> Decision | None:
    """Let people reply again; None where they can."""
    return _set_lock(thread, by, ThreadState.LOCKED, ThreadState.OPEN, Action.UNLOCK, note_to_staff)


def _set_lock(
    thread: Thread,
    by: Membership,
    before: ThreadState,
    after: ThreadState,
    action: Action,
    note_to_staff: str,
) -> Decision | None:
    if not permissions.can_lock(by, thread):
        raise PermissionDenied(_("Only an instructor can lock a thread."))
    with transaction.atomic():
        reached = Thread.objects.visible_to(by).filter(pk=thread.pk)
        if not reached.filter(state=before).update(state=after):
            if reached.exists():
                return None
            raise PermissionDenied(_("This thread is not yours to see."))
        thread.state = after
        return _decide(
            action,
            by=by,
            thread=thread,
            before=before,
            after=after,
            note_to_staff=note_to_staff,
        )


def _comment_to_decide(comment: Comment, by: Membership) -> Comment:
    """Lock the comment for someone who may decide on it; withdrawn without a case, it is stale."""
    current = locked_comment(comment, by, among=Thread.objects.reached_by(by))
    gone = current.is_withdrawn and _open_item(current) is None
    if gone and permissions.can_moderate_comment(by, current):
        raise StaleComment(current)
    if not permissions.can_decide_case(by, current):
        raise PermissionDenied(_("This comment is not yours to decide on."))
    return current


def _repeated(
    action: Action, comment: Comment, by: Membership, version: int, **same: Any
) -> Decision | None:
    """Return the decision that this one is once more, as after an answer that was lost.

    It is the last on the comment, of the same member, and left the comment at `version`, at
    which it stands still; `same` are the columns that are the same.
    """
    last = comment.decisions.first()
    again = {"actor_id": by.pk, "action": action, "comment_version": version, **same}
    if last is None or comment.version != version:
        return None
    return last if all(getattr(last, name) == value for name, value in again.items()) else None


def _open_item(comment: Comment) -> ReviewItem | None:
    items = comment.review_items.select_for_update(of=("self",))
    return items.filter(state=ReviewState.OPEN).first()


def _must_be_fresh(item: ReviewItem | None, seen: ReviewItem, version: int | None) -> None:
    if item is None or item.pk != seen.pk or item.version != version:
        raise StaleReview(ReviewItem.objects.for_review_page().get(pk=seen.pk))


def _close(item: ReviewItem, state: ReviewState) -> None:
    ReviewItem.objects.filter(pk=item.pk).update(
        state=state, version=F("version") + 1, closed_at=timezone.now()
    )


def _set_state(comment: Comment, state: CommentState) -> None:
    comment.state = state
    comment.version += 1
    comment.save(update_fields=["state", "hidden_reason", "version"])


def _decide(action: Action, *, by: Membership, thread: Thread, **fields: Any) -> Decision:
    """Write the row of the audit log, with the role that the actor has now, and the event."""
    comment = fields.get("comment")
    if comment:
        for_staff = action == Action.DISMISS
        record_comment(EVENTS[action], comment, by=by, for_staff=for_staff)
    else:
        record_thread(EVENTS[action], thread, by=by)
    return Decision.objects.create(
        seminar_id=thread.seminar_id,
        actor=by,
        actor_role=by.role,
        action=action,
        thread=thread,
        comment_version=comment.version if comment else None,
        **fields,
    )
