"""Questions about a case: who may decide it, and what has been decided of its words."""

from collections.abc import Sequence

from discussions.models import UNDECIDED, Action, Comment, Decision, ReviewItem, Thread
from seminars import permissions
from seminars.models import Membership, Role

# Rows of the log that leave a comment as it is.
NOT_ABOUT_STATE = (
    Action.CLAIM,
    Action.RELEASE,
    Action.HAND_OVER,
    Action.ANSWER,
    Action.SEE_AUTHOR,
    Action.CORRECT,
)


def hidden_by_reports(comment: Comment) -> bool:
    """Whether reports alone have hidden it, and nobody has decided since."""
    if not comment.is_hidden:
        return False
    last = comment.decisions.exclude(action__in=NOT_ABOUT_STATE).order_by("-pk").first()
    return last is not None and last.action == Action.HIDE_AT_REPORTS


def hidden_by_reports_among(comments: Sequence[Comment]) -> set[int]:
    """Return the keys of those of which `hidden_by_reports` is true; one query for all."""
    hidden = [comment.pk for comment in comments if comment.is_hidden]
    rows = Decision.objects.filter(comment__in=hidden).exclude(action__in=NOT_ABOUT_STATE)
    last = dict(rows.order_by("pk").values_list("comment", "action"))
    return {pk for pk, action in last.items() if pk and action == Action.HIDE_AT_REPORTS}


def takes_report(comment: Comment, by: Membership) -> bool:
    """Whether `by` may report it: what others have reported, and so hidden, takes one more."""
    if permissions.can_report(by, comment):
        return True
    others = permissions.is_member(by) and comment.author_id != by.pk
    return others and hidden_by_reports(comment)


def undecided_reports(comment: Comment, by: Membership) -> set[int]:
    """The keys of what this member has reported of a comment and staff have not decided yet."""
    own = comment.reports.filter(reporter=by, review_item__state__in=UNDECIDED)
    return set(own.values_list("pk", flat=True))


def colleagues_for(comment: Comment, by: Membership) -> list[Membership]:
    """Return the staff to whom a case can be given: who see its words and did not write them."""
    staff = Membership.objects.current().with_role(Role.INSTRUCTOR, Role.ASSISTANT)
    others = staff.filter(seminar=comment.seminar_id).exclude(pk__in=[comment.author_id, by.pk])
    people = others.select_related("user", "seminar").order_by("role", "user__name", "pk")
    return [
        one
        for one in people
        if Thread.objects.reached_by(one).filter(pk=comment.thread_id).exists()
    ]


def waits_for_nobody(item: ReviewItem) -> bool:
    """Whether none of its seminar may decide a case as it stands."""
    return ReviewItem.objects.open_to_nobody().filter(pk=item.pk).exists()
