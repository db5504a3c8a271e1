"""What happened to a comment, step by step: posted, edited, reported, decided about."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discussions.models import Action, Comment, Decision, member_label
from documents.visible import isolated
from seminars.models import Membership

# As steps in the history of a comment; {who} is a member of staff.
STEPS = {
    Action.APPROVE: gettext_lazy("Published by %(who)s"),
    Action.RETURN: gettext_lazy("Returned by %(who)s"),
    Action.HIDE: gettext_lazy("Hidden by %(who)s"),
    Action.REMOVE: gettext_lazy("Removed by %(who)s"),
    Action.RESTORE: gettext_lazy("Put back by %(who)s"),
    Action.PURGE: gettext_lazy("Deleted for good by %(who)s"),
    Action.EDIT: gettext_lazy("Edited by %(who)s"),
    Action.DISMISS: gettext_lazy("Left as it is by %(who)s"),
    Action.CLAIM: gettext_lazy("Opened by %(who)s"),
    Action.RELEASE: gettext_lazy("Given back by %(who)s"),
    Action.ANSWER: gettext_lazy("Answered with a note by %(who)s"),
    Action.UNDO: gettext_lazy("The decision taken back by %(who)s"),
    Action.SEE_AUTHOR: gettext_lazy("The author looked up by %(who)s"),
    Action.CORRECT: gettext_lazy("The log corrected by %(who)s"),
}


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """One thing that happened: when, what, and what was said with it."""

    at: datetime
    what: str
    said: str = ""


def decided(decision: Decision, viewer: Membership) -> str:
    """Return what was decided and by whom, as a step of the comment's history."""
    who = isolated(decision.actor_for(viewer).name)
    if decision.action == Action.HIDE_AT_REPORTS:
        return _("Hidden automatically at reports")
    if decision.action == Action.HAND_OVER and decision.member is not None:
        to = isolated(member_label(decision.member, viewer).name)
        return _("Handed over to %(to)s by %(who)s") % {"to": to, "who": who}
    step = STEPS.get(Action(decision.action))
    if step is not None:
        return str(step) % {"who": who}
    return f"{decision.get_action_display()}: {who}"


def comment_history(comment: Comment, viewer: Membership) -> list[HistoryStep]:
    """Return the steps in the order of their time; two queries, and one for the revisions where
    these are not there already."""
    held = comment.was_published and comment.published_at > comment.created_at
    posted = _("Posted") if not comment.is_pending and not held else _("Posted, held back")
    steps = [HistoryStep(comment.created_at, posted)]
    for revision in comment.revisions.all():
        what = _("Edited by its author") if revision.editor_id == comment.author_id else _("Edited")
        steps.append(HistoryStep(revision.created_at, what, isolated(revision.reason)))
    for report in comment.reports.select_related("reporter__user", "reporter__seminar"):
        who = isolated(report.reporter_for(viewer).name)
        told = _("Reported by %(who)s") % {"who": who}
        steps.append(HistoryStep(report.created_at, told, report.get_reason_display()))
    rows = comment.decisions.order_by("pk").select_related("actor__user", "member__user")
    steps += [
        HistoryStep(row.created_at, decided(row, viewer), isolated(row.reason)) for row in rows
    ]
    return sorted(steps, key=lambda one: one.at)
