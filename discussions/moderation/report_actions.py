"""Reports: members lay a comment before the moderators, and enough of them hide it by itself."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discussions.common.counters import recount
from discussions.common.errors import AlreadyDecided
from discussions.common.events import record_comment
from discussions.common.holding import open_case
from discussions.common.locking import locked_comment
from discussions.models import (
    UNDECIDED,
    Action,
    Comment,
    CommentState,
    Reason,
    Report,
    ReviewCause,
    ReviewItem,
    Thread,
)
from discussions.moderation.deciders import takes_report
from discussions.moderation.log import log_decision
from seminars.events import EventKind
from seminars.models import Membership
from seminars.permissions import is_staff_role

AT_REPORTS = gettext_lazy("Hidden until staff have looked at it")


def report(*, comment: Comment, reason: str, by: Membership, detail: str = "") -> Report:
    """Lay a comment before the moderators; the same report twice is one.

    It attaches to the comment's undecided case. At so many reports of different members as the
    seminar says, the words are hidden until staff have looked at them; never staff's own.
    Raises PermissionDenied, and AlreadyDecided where these very words were left standing
    against the same reason.
    """
    with transaction.atomic():
        current = locked_comment(comment, by)
        if not takes_report(current, by):
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
    if not needed or is_staff_role(comment.author_role) or not comment.is_published:
        return
    reporters = item.reports.order_by().values("reporter").distinct().count()
    if reporters < needed:
        return
    comment.staff_reason = str(AT_REPORTS)
    comment.state = CommentState.HIDDEN
    comment.version += 1
    comment.save(update_fields=["state", "staff_reason", "version"])
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
