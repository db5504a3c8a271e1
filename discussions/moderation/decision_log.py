"""The log of what was decided, page by page and as a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from discussions.models import Action, Decision, DecisionQuerySet, member_label
from discussions.moderation.log_filters import LogFilter
from documents.visible import isolated
from readings.models import Reading
from seminars.models import Membership

LOG_PAGE = 50
FILE_ROWS = 500  # fetched at once


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
    filters: LogFilter
    older: int | None
    is_first: bool


def build_log(member: Membership, filters: LogFilter, *, before: int | None) -> Log:
    """Return the page of decisions that come before the key `before`, in one query."""
    return _page(filters.narrow(Decision.objects.for_log(member)), member, filters, before)


def build_own_log(member: Membership, *, before: int | None) -> Log:
    """The same of what was decided about somebody's own words, and about themselves."""
    return _page(Decision.objects.on_words_of(member), member, LogFilter(), before)


def _page(
    rows: DecisionQuerySet, member: Membership, filters: LogFilter, before: int | None
) -> Log:
    rows = rows.order_by("-pk")
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: LOG_PAGE + 1])
    older = found[LOG_PAGE - 1].pk if len(found) > LOG_PAGE else None
    return Log([log_entry(row, member) for row in found[:LOG_PAGE]], filters, older, not before)


def log_entry(decision: Decision, viewer: Membership) -> LogEntry:
    comment = decision.comment
    author = isolated(comment.author_for(viewer).name) if comment else ""
    member = isolated(member_label(decision.member, viewer).name) if decision.member else ""
    return LogEntry(decision, isolated(decision.actor_for(viewer).name), author, member)


def log_choices(member: Membership) -> dict[str, Sequence[tuple[Any, str]]]:
    """Return what the filters offer: actions, staff, members and readings that are in the log.

    Three queries.
    """
    rows = Decision.objects.for_log(member).order_by()
    people = Membership.objects.select_related("user").order_by("user__name", "pk")
    actors = people.filter(pk__in=rows.exclude(actor=None).values("actor"))
    named = rows.filter(comment__alias="").values("comment__author")
    about = people.filter(pk__in=named) | people.filter(pk__in=rows.values("member"))
    readings = Reading.objects.filter(pk__in=rows.values("thread__reading"))
    return {
        "action": [(value, str(label)) for value, label in Action.choices],
        "actor": [(one.pk, isolated(one.name)) for one in actors],
        "member": [(one.pk, isolated(one.name)) for one in about.distinct()],
        "reading": [(one.pk, isolated(one.title)) for one in readings.select_related("essay")],
    }


def log_table(member: Membership, filters: LogFilter) -> Iterator[list[Any]]:
    """Yield the heading and each row of the log, newest first; names as they are."""
    yield [
        _("When (UTC)"),
        _("Decision"),
        _("By"),
        _("Role"),
        _("About words of"),
        _("About a member"),
        _("Reading"),
        _("Comment"),
        _("Before"),
        _("After"),
        _("Reason"),
        _("Note to the member"),
        _("Note to staff"),
        _("Corrects"),
        _("Number"),
    ]
    rows = filters.narrow(Decision.objects.for_log(member)).order_by("-pk")
    for row in rows.iterator(chunk_size=FILE_ROWS):
        comment, thread = row.comment, row.thread
        yield [
            row.created_at,
            row.get_action_display(),
            row.actor_for(member).name,
            row.get_actor_role_display(),
            comment.author_for(member).name if comment else "",
            member_label(row.member, member).name if row.member else "",
            thread.reading.title if thread else "",
            row.comment_id,
            row.before,
            row.after,
            row.reason,
            row.note_to_member,
            row.note_to_staff,
            row.corrects_id,
            row.pk,
        ]


def readings_of(member: Membership) -> list[Reading]:
    """The readings whose results a moderator may look at."""
    return list(Reading.objects.visible_to(member).for_seminar_page())
