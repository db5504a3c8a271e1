"""Where a person begins: all their seminars, or one of them."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from discussions.general import general_summary
from discussions.links import argument_summary
from discussions.moderation import seminars_in_need
from discussions.threads import find_marking, new_threads
from home.announcements import announcements_html
from home.dashboard import (
    SeminarSummary,
    owed_readings,
    reading_summaries,
    seminar_summaries,
)
from home.owed_rows import first_owed, owed_reading
from home.seminar_rows import archived_seminars, seminar_row
from readings.setup import by_unit, units_of
from rendering.kept_html import word_slot
from rendering.slots import Values
from seminars import permissions
from seminars.access import seminar_view, signed_in
from seminars.http import Request, SeminarRequest
from seminars.kept_page import kept_page
from seminars.models import Announcement
from seminars.muting import mute_sentence

MOST_OWED = 6  # readings: what is due in the next weeks, and not a term


@signed_in
@require_safe
def home(request: Request) -> HttpResponse:
    """My seminars, and what is due next in each."""
    everywhere = seminar_summaries(request.user)
    seminars = [one for one in everywhere if not one.is_read_only]
    has_cases = bool(permissions.can_stand_in(request.user) and seminars_in_need(request.user))
    can_start = can_start_one(request, everywhere)
    shown, more = first_owed(owed_readings(seminars), MOST_OWED)
    shape = (bool(seminars), bool(everywhere), has_cases, can_start, bool(shown), more > 0)
    values: Values = {
        "seminars": lambda: b"".join(map(seminar_row, seminars)),
        "folded": lambda: archived_seminars(everywhere),
        "owed": lambda: b"".join(map(owed_reading, shown)),
        "more-owed": lambda: _more_owed(more),
        "announced": lambda: announcements_html(request.user),
    }
    return kept_page(
        request,
        "home/home.html",
        shape=shape,
        context=lambda: _home_context(*shape),
        values=values,
    )


def _home_context(*shape: bool) -> dict[str, Any]:
    """What home.html is rendered with, once for each shape: stand-ins, where there is something."""
    has_seminars, anywhere, has_cases, can_start, owes, owes_more = shape
    return {
        "announced": word_slot("announced"),
        "seminars": word_slot("seminars") if has_seminars else "",
        "anywhere": anywhere,
        "folded": word_slot("folded"),
        "owed": word_slot("owed") if owes else "",
        "more_owed": word_slot("more-owed") if owes_more else "",
        "cases": has_cases,
        "can_start": can_start,
    }


def can_start_one(request: Request, seminars: Sequence[SeminarSummary]) -> bool:
    instructs = any(one.membership.is_instructor for one in seminars)
    return permissions.can_use_library(request.user, instructs=instructs)


@seminar_view()
@require_safe
def seminar_detail(request: SeminarRequest) -> HttpResponse:
    """The seminar: what it reads, and where one stands in it."""
    new = new_threads([request.membership])
    rows = reading_summaries(request.membership, new)
    general = general_summary(request.membership, new)
    sections = by_unit(rows, units_of(request.seminar))
    if not permissions.can_manage_readings(request.membership):
        sections = [section for section in sections if section.rows]
    unread = Announcement.objects.unread_by(request.membership).first()
    if unread:
        unread.seminar = request.seminar
    context = {
        "rows": rows,
        "sections": sections,
        "general": general,
        "links": argument_summary(request.membership, len(rows)),
        "has_new": bool(new),
        "announcement": unread,
        "muted": mute_sentence(request.membership),
        **find_marking(request),
    }
    return render(request, "home/seminar_detail.html", context)


def _more_owed(count: int) -> str:
    said = ngettext(
        "%d more reading has something open: it is on its seminar’s page.",
        "%d more readings have something open: they are on their seminars’ pages.",
        count,
    )
    return said % count
