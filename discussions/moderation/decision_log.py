"""The log of what was decided, page by page."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from discussions.models import Action, Decision, member_label
from documents.visible import isolated
from readings.models import Reading
from seminars.models import Membership

LOG_PAGE = 50


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One decision: who made it and, where it is about a comment, whose that is; "" of the actor
    where it happened by itself."""

    decision: Decision
    actor: str
    author: str
    member: str = ""  # whom it is about


@dataclass(frozen=True, slots=True)
class Log:
    """One page of the audit log, newest first; `older` is the key of the next page."""

    rows: list[LogEntry]
    action: str
    older: int | None
    is_first: bool

    @property
    def actions(self) -> list[tuple[str, str]]:
        return [("", _("All")), *[(value, str(label)) for value, label in Action.choices]]


def build_log(member: Membership, *, action: str, before: int | None) -> Log:
    """Return the page of decisions that come before the key `before`, in one query."""
    rows = Decision.objects.for_log(member).order_by("-pk")
    action = action if action in Action.values else ""
    if action:
        rows = rows.filter(action=action)
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: LOG_PAGE + 1])
    older = found[LOG_PAGE - 1].pk if len(found) > LOG_PAGE else None
    return Log([log_entry(row, member) for row in found[:LOG_PAGE]], action, older, not before)


def log_entry(decision: Decision, viewer: Membership) -> LogEntry:
    comment = decision.comment
    author = isolated(comment.author_for(viewer).name) if comment else ""
    member = isolated(member_label(decision.member, viewer).name) if decision.member else ""
    return LogEntry(decision, isolated(decision.actor_for(viewer).name), author, member)


def readings_of(member: Membership) -> list[Reading]:
    """The readings whose results a moderator may look at."""
    return list(Reading.objects.visible_to(member).for_seminar_page())
