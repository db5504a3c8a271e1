"""What may be decided about a case as it stands, by whom, and what readers will see of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from discussions.models import Action, Comment, ReviewCause, ReviewItem
from seminars import permissions
from seminars.models import Membership


@dataclass(frozen=True, slots=True)
class CaseChoice:
    """One way to decide: its value in the form, its key, its name, and what readers will see.

    `go` is what the button says where it is chosen. `is_hard` is what takes words away.
    """

    value: Action
    key: str
    name: str
    effect: str
    go: str
    needs_reason: bool = False
    is_hard: bool = False


@dataclass(frozen=True, slots=True)
class ManyChoice:
    """One way to decide about several at once: its value in the form, and its name."""

    value: Action
    name: str
    is_hard: bool = False


def many_choices(items: Sequence[ReviewItem]) -> list[ManyChoice]:
    """Return what can be decided about some of these; which of them, is said before it is done."""
    comments = [item.comment for item in items]
    found = []
    if not all(comment.is_pending for comment in comments):
        found.append(ManyChoice(Action.DISMISS, _("Leave them…")))
    if any(comment.is_pending for comment in comments):
        found.append(ManyChoice(Action.APPROVE, _("Publish…")))
    if any(comment.is_hidden or comment.is_removed for comment in comments):
        found.append(ManyChoice(Action.RESTORE, _("Put back…")))
    return [
        *found,
        ManyChoice(Action.RETURN, _("Return…")),
        ManyChoice(Action.HIDE, _("Hide…")),
        ManyChoice(Action.REMOVE, _("Remove…"), is_hard=True),
    ]


def case_choices(item: ReviewItem, member: Membership, *, by_reports: bool) -> list[CaseChoice]:
    """Return what this member may decide; nothing about a case that is not theirs to decide.

    `by_reports`: reports alone have hidden the words.
    """
    comment = item.comment
    if not item.is_undecided:
        return []
    if not permissions.can_decide_case(member, comment, assignee_id=item.assignee_id):
        return []
    first = _to_publish(item, member) if comment.is_pending else _to_leave(item, by_reports)
    return [*first, *_to_put_back(member, comment, by_reports), *_to_take(item, member, by_reports)]


def _to_publish(item: ReviewItem, member: Membership) -> list[CaseChoice]:
    if not permissions.can_approve(member, item.comment):
        return []
    effect = _("It stands in the thread at once")
    return [CaseChoice(Action.APPROVE, "p", _("Publish"), effect, _("Publish it"))]


def _to_leave(item: ReviewItem, by_reports: bool) -> list[CaseChoice]:
    if item.comment.is_withdrawn:
        effect = _("It stays withdrawn, and its author can put it back")
    elif item.cause == ReviewCause.APPEAL:
        effect = _("What was decided stands")
    elif by_reports:
        effect = _("It is shown again, and the reports are dismissed")
    else:
        effect = _("It stays as it is, and the reports are dismissed")
    return [CaseChoice(Action.DISMISS, "d", _("Leave it"), effect, _("Leave it as it is"))]


def _to_put_back(member: Membership, comment: Comment, by_reports: bool) -> list[CaseChoice]:
    if by_reports or not permissions.can_restore(member, comment):
        return []
    effect = _("Readers see it again")
    return [CaseChoice(Action.RESTORE, "p", _("Put it back"), effect, _("Put it back"))]


def _to_take(item: ReviewItem, member: Membership, by_reports: bool) -> list[CaseChoice]:
    comment = item.comment
    found = []
    if permissions.can_return(member, comment):
        effect = _("Only its author sees it, and can revise it")
        go = _("Return it to its author")
        found.append(CaseChoice(Action.RETURN, "r", _("Return"), effect, go, needs_reason=True))
    if comment.is_withdrawn:
        name, effect = _("Keep it withdrawn"), _("Its author cannot put it back")
        found.append(CaseChoice(Action.HIDE, "h", name, effect, name, needs_reason=True))
    elif by_reports or not (comment.is_hidden or comment.is_removed):
        effect = _("Readers see that it is hidden, and why")
        go = _("Keep it hidden") if by_reports else _("Hide it")
        name = go if by_reports else _("Hide")
        found.append(CaseChoice(Action.HIDE, "h", name, effect, go, needs_reason=True))
    if permissions.can_remove(member, comment):
        effect = _("The words go from every page; readers see why")
        remove, go = _("Remove"), _("Remove it")
        found.append(
            CaseChoice(Action.REMOVE, "x", remove, effect, go, needs_reason=True, is_hard=True)
        )
    return found
