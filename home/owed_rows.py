"""What is owed as HTML: templates kept by shape, filled for each reading and each line of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.template_tags import deadline
from documents.visible import isolated
from readings.models import Requirement, TaskKind
from readings.page import AskedReading, task_name
from rendering.kept_html import html, kept_html, name_slot, word_slot, words

SOON = 7  # days before it is due, from which on it is said how many are left


@dataclass(frozen=True, slots=True)
class OwedReading:
    """A reading of which something is open: its title, its address as slugs, what it asks."""

    title: str
    seminar: str
    slug: str
    asked: AskedReading

    @property
    def order(self) -> tuple[bool, Any]:
        """By when it is due; what never is comes last."""
        due = self.asked.deadlines.due_at
        return due is None, due.timestamp() if due else 0


def owed_reading(owed: OwedReading) -> bytes:
    """Return one reading with what it asks."""
    due = owed.asked.deadlines.due_at
    is_late = due is not None and due < timezone.now()
    soon = "" if is_late else days_left(due)

    def context() -> dict[str, Any]:
        return {
            "seminar": name_slot("seminar"),
            "slug": name_slot("reading"),
            "title": word_slot("title"),
            "when": word_slot("when") if due else "",
            "is_late": is_late,
            "is_extended": owed.asked.deadlines.is_extended,
            "soon": word_slot("soon") if soon else "",
            "lines": word_slot("lines"),
        }

    shape = (due is not None, is_late, owed.asked.deadlines.is_extended, bool(soon))
    return kept_html("home/_owed_reading.html", shape, context).fill(
        {
            "seminar": words(owed.seminar),
            "reading": words(owed.slug),
            "title": words(isolated(owed.title)),
            "when": html(deadline(due)),
            "soon": words(soon),
            "lines": lambda: owed_lines(owed.asked, owed.seminar, owed.slug),
        }
    )


def owed_lines(asked: AskedReading, seminar: str, reading: str) -> SafeString:
    """Return what a reading asks, a line for each kind: done, or with the way to do it."""
    page = reverse("reading_detail", args=[seminar, reading])
    threads = reverse("thread_list", args=[seminar, reading])
    lines = b"".join(_line(one, asked, page, threads) for one in asked.requirements)
    return mark_safe(lines.decode())  # noqa: S308 - a template's


def _line(one: Requirement, asked: AskedReading, page: str, threads: str) -> bytes:
    def context() -> dict[str, Any]:
        return {
            "name": task_name(one.kind),
            "is_met": one.is_met,
            "url": word_slot("url"),
            "count": word_slot("count"),
        }

    url = threads if one.kind == TaskKind.REPLIES else f"{page}{one.place}"
    return kept_html("home/_owed_line.html", (one.kind, one.is_met), context).fill(
        {"url": words(url), "count": lambda: _count(one, asked)}
    )


def _count(one: Requirement, asked: AskedReading) -> str:
    if one.kind == TaskKind.READING:
        return "" if one.is_met else _read_so_far(asked)
    said = _("%(done)d of %(needed)d") % {"done": one.done, "needed": one.needed}
    if not one.late:
        return said
    late = ngettext("%d late", "%d late", one.late) % one.late
    return f"{said}, {late}"


def _read_so_far(asked: AskedReading) -> str:
    """How far one has got at most: the place where one stopped moves back with each look back."""
    if asked.progress is None:
        return _("not begun")
    if asked.progress == 0:
        return _("begun")
    return _("%(progress)d %% read") % {"progress": asked.progress}


def days_left(due: datetime | None) -> str:
    """Say in how many days it is due, where they are few; "" otherwise."""
    if due is None:
        return ""
    left = (localtime(due).date() - localtime().date()).days
    if not 0 <= left <= SOON:
        return ""
    return ngettext("In %d day", "In %d days", left) % left if left else _("Today")


def first_owed(owed: Sequence[OwedReading], most: int) -> tuple[list[OwedReading], int]:
    """Return the first of them by when they are due, and how many there are besides."""
    return sorted(owed, key=lambda one: one.order)[:most], max(len(owed) - most, 0)
