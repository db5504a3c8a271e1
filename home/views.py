"""Where a person begins: all their seminars, or one of them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from discussions.moderation import seminars_in_need
from discussions.threads import find_marking
from home.dashboard import reading_summaries, seminar_summaries
from home.seminar_rows import seminar_row
from rendering.kept_html import word_slot
from seminars import permissions
from seminars.access import seminar_view, signed_in
from seminars.http import Request, SeminarRequest
from seminars.kept_page import kept_page


@signed_in
@require_safe
def home(request: Request) -> HttpResponse:
    """My seminars, and what is due next in each."""
    seminars = seminar_summaries(request.user)
    instructs = any(one.membership.is_instructor for one in seminars)
    has_cases = bool(permissions.can_stand_in(request.user) and seminars_in_need(request.user))
    can_start = permissions.can_use_library(request.user, instructs=instructs)
    return kept_page(
        request,
        "home/home.html",
        shape=(bool(seminars), has_cases, can_start),
        context=lambda: {
            "seminars": word_slot("seminars") if seminars else "",
            "cases": has_cases,
            "can_start": can_start,
        },
        values={"seminars": lambda: b"".join(map(seminar_row, seminars))},
    )


@seminar_view()
@require_safe
def seminar_detail(request: SeminarRequest) -> HttpResponse:
    """The seminar: what it reads, and where one stands in it."""
    rows = reading_summaries(request.membership)
    context = {"rows": rows, "has_new": any(row.new for row in rows), **find_marking(request)}
    return render(request, "home/seminar_detail.html", context)
