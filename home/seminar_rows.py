"""The seminars of the home page as HTML: two templates, kept by shape, filled for each of them."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.template_tags import calendar_day, deadline
from documents.visible import isolated
from home.dashboard import ListedReading, SeminarSummary
from rendering.kept_html import html, kept_html, name_slot, word_slot, words


def seminar_row(summary: SeminarSummary) -> bytes:
    """Return one seminar with its readings."""
    membership = summary.membership
    seminar, group = membership.seminar, membership.group

    def context() -> dict[str, Any]:
        return {
            **{name: word_slot(name) for name in ("name", "count", "listed")},
            "slug": name_slot("seminar"),
            "role": membership.get_role_display(),
            "group": word_slot("group") if group else "",
            "new": word_slot("new") if summary.new else "",
            "has_readings": bool(summary.listed),
        }

    shape = (membership.role, group is not None, summary.new > 0, bool(summary.listed))
    return kept_html("home/_seminar.html", shape, context).fill(
        {
            "seminar": words(seminar.slug),
            "name": words(isolated(seminar.name)),
            "group": words(isolated(group.name) if group else ""),
            "count": lambda: _readings(summary.readings),
            "new": lambda: _new_threads(summary.new),
            "listed": lambda: b"".join(map(_listed_reading, summary.listed)),
        }
    )


def archived_seminars(everywhere: Sequence[SeminarSummary]) -> bytes:
    """Return those that are archived, folded away, and those that are to be deleted, in sight."""
    summaries = [one for one in everywhere if one.is_read_only]
    if not summaries:
        return b""
    has_deleted = any(one.is_deleted for one in summaries)

    def context() -> dict[str, Any]:
        return {"rows": word_slot("rows"), "has_deleted": has_deleted}

    kept = kept_html("home/_archived_seminars.html", (has_deleted,), context)
    return kept.fill({"rows": lambda: b"".join(map(_archived_row, summaries))})


def _archived_row(summary: SeminarSummary) -> bytes:
    """Return one seminar that is archived, or to be deleted."""
    membership, seminar = summary.membership, summary.membership.seminar
    is_open = membership.is_instructor or not summary.is_deleted

    def context() -> dict[str, Any]:
        slots = {name: word_slot(name) for name in ("name", "when")}
        role = membership.get_role_display()
        how = {"is_deleted": summary.is_deleted, "is_open": is_open}
        return {**slots, **how, "slug": name_slot("seminar"), "role": role}

    shape = (membership.role, summary.is_deleted)
    day = seminar.read_only_day
    assert day is not None  # noqa: S101 - or it is not among these
    return kept_html("home/_archived_seminar.html", shape, context).fill(
        {
            "seminar": words(seminar.slug),
            "name": words(isolated(seminar.name)),
            "when": html(calendar_day(day)),
        }
    )


def _listed_reading(reading: ListedReading) -> bytes:
    def context() -> dict[str, Any]:
        return {
            "seminar": name_slot("seminar"),
            "slug": name_slot("reading"),
            "title": word_slot("title"),
            "when": word_slot("when") if reading.due_at else "",
            "overdue": reading.overdue,
            "new": word_slot("new") if reading.new else "",
        }

    shape = (reading.due_at is not None, reading.overdue, reading.new > 0)
    return kept_html("home/_listed_reading.html", shape, context).fill(
        {
            "seminar": words(reading.seminar),
            "reading": words(reading.slug),
            "title": words(isolated(reading.title)),
            "when": html(deadline(reading.due_at)),
            "new": lambda: ngettext("%d new", "%d new", reading.new) % reading.new,
        }
    )


def _readings(count: int) -> str:
    if not count:
        return _("No readings yet")
    return ngettext("%d reading", "%d readings", count) % count


def _new_threads(count: int) -> str:
    said = ngettext("%d thread with something new", "%d threads with something new", count)
    return said % count
