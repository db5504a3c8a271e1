"""Reports, and what is decided about comments.

Each decision checks the right to it, changes the state and the counts, closes the
case, and writes its row in the audit log, all in one transaction. docs/adr/0031 has the states.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discussions.common.counters import recount
from discussions.common.errors import AlreadyDecided, StaleComment, StaleReview
from discussions.common.events import record_comment
from discussions.common.holding import close_case, open_case, undecided_case
from discussions.common.locking import locked_comment
from discussions.common.publication import publish
from discussions.models import (
    UNDECIDED,
    Action,
    Comment,
    CommentState,
    Decision,
    Reason,
    Report,
    ReviewCause,
    ReviewItem,
    ReviewState,
    Thread,
)
from discussions.moderation.log import Notes, log_decision
from seminars import permissions
from seminars.events import EventKind
from seminars.models import Membership

AT_REPORTS = gettext_lazy("Hidden until staff have looked at it")

Right = Callable[[Membership, Comment], bool]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action makes of a comment, who may do it, and how the comment's case ends with it."""

    action: Action
    state: CommentState
    right: Right
    event: EventKind
    case: ReviewState = ReviewState.UPHELD


HIDDEN = Outcome(
    Action.HIDE, CommentState.HIDDEN, permissions.can_decide_case, EventKind.COMMENT_HIDDEN
)
REMOVED = Outcome(
    Action.REMOVE, CommentState.REMOVED, permissions.can_remove, EventKind.COMMENT_REMOVED
)
RETURNED = Outcome(
    Action.RETURN, CommentState.RETURNED, permissions.can_return, EventKind.COMMENT_RETURNED
)


def report(*, comment: Comment, reason: str, by: Membership, detail: str = "") -> Report:
    """Lay a comment before the moderators; the same report twice is one.

    It attaches to the comment's undecided case. At so many reports of different members as the
    seminar says, the words are hidden until staff have looked at them; never staff's own.
    Raises PermissionDenied, and AlreadyDecided where these very words were left standing
    against the same reason.
    """
    with transaction.atomic():
        current = locked_comment(comment, by)
        if not _can_report(by, current):
            raise PermissionDenied(_("This comment cannot be reported by you."))
        if same := _same_report(current, reason, by):
            return same
        if _was_dismissed(current, reason, by):
            raise AlreadyDecided
        item = open_case(current, ReviewCause.REPORT)
        record_comment(EventKind.COMMENT_REPORTED, current, by=by, for_staff=True)
        made = Report.objects.create(
            seminar_id=current.seminar_id,
            review_item=item,
            comment=current,
            comment_version=current.version,
            reporter=by,
            reason=reason,
            detail=detail,
        )
        _hide_at_reports(current, item)
    return made


def _same_report(comment: Comment, reason: str, by: Membership) -> Report | None:
    """Return what this member has reported of these very words for this reason, undecided yet."""
    own = comment.reports.filter(reporter=by, reason=reason, review_item__state__in=UNDECIDED)
    return (own.filter(created_at__gt=comment.edited_at) if comment.edited_at else own).first()


def _can_report(by: Membership, comment: Comment) -> bool:
    """What others have reported, and so hidden a moment ago, takes one more report."""
    if permissions.can_report(by, comment):
        return True
    others = permissions.is_member(by) and comment.author_id != by.pk
    return others and is_hidden_by_reports(comment)


def _was_dismissed(comment: Comment, reason: str, by: Membership) -> bool:
    """Whether this reason was judged already, for the words as they stand.

    “Something else” can be anything: it counts as the same only from the same member.
    """
    judged = comment.reports.filter(reason=reason).exclude(review_item__state__in=UNDECIDED)
    if reason == Reason.OTHER:
        judged = judged.filter(reporter=by)
    if comment.edited_at:
        judged = judged.filter(created_at__gt=comment.edited_at)
    return judged.exists()


def _hide_at_reports(comment: Comment, item: ReviewItem) -> None:
    """Hide the words at the seminar's number of different reporters, by nobody's decision."""
    most = Thread.objects.filter(pk=comment.thread_id).values_list("seminar__hide_at_reports")
    (needed,) = most.get()
    if not needed or comment.author.is_staff or not comment.is_published:
        return
    reporters = item.reports.order_by().values("reporter").distinct().count()
    if reporters < needed:
        return
    comment.staff_reason = str(AT_REPORTS)
    _set_state(comment, CommentState.HIDDEN)
    recount(comment.thread_id, -1)
    record_comment(EventKind.COMMENT_HIDDEN, comment, by=comment.author)
    log_decision(
        Action.HIDE_AT_REPORTS,
        by=None,
        comment=comment,
        review_item=item,
        before=CommentState.PUBLISHED,
        after=CommentState.HIDDEN,
    )


# --- Decisions on a comment ----------------------------------------------------------------------
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
    """Hide a comment's words and author from members, and uphold its undecided case.

    `reason` is a line that readers see. Of words that their author has withdrawn, only with a
    case: they cannot be put back then. `version` is the comment's as it was read; `review_item`
    and `review_version` are given where the decision is made in the review queue. Raises
    PermissionDenied, StaleComment, StaleReview.
    """
    seen = Seen(version, review_item, review_version)
    return _take(HIDDEN, comment, by, seen, reason, Notes(note_to_member, note_to_staff))


def remove(
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
    """Take a comment away: as `hide`, but an instructor's, or an assistant's where allowed."""
    seen = Seen(version, review_item, review_version)
    return _take(REMOVED, comment, by, seen, reason, Notes(note_to_member, note_to_staff))


def return_to_author(
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
    """Give a comment back to be revised: its author alone sees it, and sends it in again.

    As `hide` otherwise, but not of withdrawn words.
    """
    seen = Seen(version, review_item, review_version)
    return _take(RETURNED, comment, by, seen, reason, Notes(note_to_member, note_to_staff))


@dataclass(frozen=True, slots=True)
class Seen:
    """What whoever decides had before them: versions of the comment and perhaps of its case."""

    version: int
    item: ReviewItem | None = None
    item_version: int | None = None


def _take(
    outcome: Outcome, comment: Comment, by: Membership, seen: Seen, reason: str, notes: Notes
) -> Decision:
    """Take words from their readers in one of the ways there are."""
    with transaction.atomic():
        current, item = _to_decide(comment, by)
        if done := _repeated(outcome.action, current, by, seen.version + 1, reason=reason):
            return done
        _must_be_fresh(item, seen)
        if current.version != seen.version or current.state == outcome.state:
            raise StaleComment(current)
        if not _may(outcome.right, by, current, item):
            raise PermissionDenied(_("This comment is not yours to decide on."))
        before = CommentState(current.state)
        current.staff_reason = reason
        if before == CommentState.PUBLISHED:
            recount_by = -1
            after = outcome.state
        else:
            recount_by = 0
            # Withdrawn words are gone already: what is decided is that they do not come back.
            gone = before == CommentState.WITHDRAWN
            after = CommentState.WITHDRAWN if gone else outcome.state
        _set_state(current, after)
        if recount_by:
            recount(current.thread_id, recount_by)
        record_comment(outcome.event, current, by=by, for_staff=not current.was_published)
        if item is not None:
            close_case(item, outcome.case)
        return log_decision(
            outcome.action,
            by=by,
            comment=current,
            review_item=item,
            before=before,
            after=outcome.state,
            reason=reason,
            notes=notes,
        )


def approve(
    *,
    comment: Comment,
    by: Membership,
    version: int,
    note_to_member: str = "",
    note_to_staff: str = "",
    review_item: ReviewItem | None = None,
    review_version: int | None = None,
) -> Decision:
    """Publish a comment that waits. Raises PermissionDenied, StaleComment, StaleReview."""
    with transaction.atomic():
        current, item = _to_decide(comment, by)
        if done := _repeated(Action.APPROVE, current, by, version + 1):
            return done
        _must_be_fresh(item, Seen(version, review_item, review_version))
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
) -> Decision:
    """Show hidden or removed words again, as their author may have asked in a case.

    Raises PermissionDenied, StaleComment, StaleReview.
    """
    with transaction.atomic():
        current, item = _to_decide(comment, by)
        if done := _repeated(Action.RESTORE, current, by, version + 1):
            return done
        _must_be_fresh(item, Seen(version, review_item, review_version))
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

    Words that reports alone have hidden stand again with it. Words that wait are published by
    `approve`. Raises PermissionDenied, StaleComment, StaleReview.
    """
    with transaction.atomic():
        current, item = _to_decide(review_item.comment, by)
        if done := _repeated(Action.DISMISS, current, by, None, review_item=review_item):
            return done
        _must_be_fresh(item, Seen(version, review_item, review_version))
        assert item is not None  # noqa: S101 - or it would not be fresh
        if current.version != version or current.is_pending:
            raise StaleComment(current)
        before, after = str(item.state), str(ReviewState.DISMISSED)
        if is_hidden_by_reports(current):
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
        )


def is_hidden_by_reports(comment: Comment) -> bool:
    """Whether reports alone have hidden it, and nobody has decided since."""
    if not comment.is_hidden:
        return False
    last = comment.decisions.exclude(action__in=NOT_ABOUT_STATE).order_by("-pk").first()
    return last is not None and last.action == Action.HIDE_AT_REPORTS


# Rows of the log that leave a comment as it is.
NOT_ABOUT_STATE = (
    Action.CLAIM,
    Action.RELEASE,
    Action.HAND_OVER,
    Action.ANSWER,
    Action.SEE_AUTHOR,
    Action.CORRECT,
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


def _must_be_fresh(item: ReviewItem | None, seen: Seen) -> None:
    """Raise StaleReview where the case that was before them is not as it was."""
    if seen.item is None:
        return
    if item is None or item.pk != seen.item.pk or item.version != seen.item_version:
        raise StaleReview(ReviewItem.objects.for_review_page().get(pk=seen.item.pk))


def _set_state(comment: Comment, state: CommentState) -> None:
    comment.state = state
    comment.version += 1
    comment.save(update_fields=["state", "staff_reason", "version"])
