"""What may be decided about a case as it stands, by whom, and what readers will see of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from discussions.models import Action, Comment, ReviewCause, ReviewItem
from discussions.moderation.decision_words import WITH_REASON, WORDS
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
        found.append(Action.DISMISS)
    if any(comment.is_pending for comment in comments):
        found.append(Action.APPROVE)
    if any(comment.is_hidden or comment.is_removed for comment in comments):
        found.append(Action.RESTORE)
    return [
        ManyChoice(one, str(WORDS[one].several), is_hard=one == Action.REMOVE)
        for one in (*found, *WITH_REASON)
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


def _choice(action: Action, key: str, **other: str) -> CaseChoice:
    """This decision in the words that it always has, or in others."""
    words = WORDS[action]
    said = {"name": str(words.name), "effect": str(words.effect), "go": str(words.go)} | other
    needs_reason, is_hard = action in WITH_REASON, action == Action.REMOVE
    return CaseChoice(action, key, **said, needs_reason=needs_reason, is_hard=is_hard)


def _to_publish(item: ReviewItem, member: Membership) -> list[CaseChoice]:
    if not permissions.can_approve(member, item.comment):
        return []
    return [_choice(Action.APPROVE, "p")]


def _to_leave(item: ReviewItem, by_reports: bool) -> list[CaseChoice]:
    if item.comment.is_withdrawn:
        other = {"effect": _("It stays withdrawn, and its author can put it back")}
    elif item.cause == ReviewCause.APPEAL:
        other = {"effect": _("What was decided stands")}
    elif by_reports:
        other = {"effect": _("It is shown again, and the reports are dismissed")}
    else:
        other = {}
    return [_choice(Action.DISMISS, "d", **other)]


def _to_put_back(member: Membership, comment: Comment, by_reports: bool) -> list[CaseChoice]:
    if by_reports or not permissions.can_restore(member, comment):
        return []
    return [_choice(Action.RESTORE, "p")]


def _to_take(item: ReviewItem, member: Membership, by_reports: bool) -> list[CaseChoice]:
    comment = item.comment
    found = []
    if permissions.can_return(member, comment):
        found.append(_choice(Action.RETURN, "r"))
    if comment.is_withdrawn:
        name, effect = _("Keep it withdrawn"), _("Its author cannot put it back")
        found.append(_choice(Action.HIDE, "h", name=name, effect=effect, go=name))
    elif by_reports:
        name = _("Keep it hidden")
        found.append(_choice(Action.HIDE, "h", name=name, go=name))
    elif not (comment.is_hidden or comment.is_removed):
        found.append(_choice(Action.HIDE, "h"))
    if permissions.can_remove(member, comment):
        found.append(_choice(Action.REMOVE, "x"))
    return found
