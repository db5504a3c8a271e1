"""Where a person begins: all their seminars, or one of them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from discussions.moderation import seminars_in_need
from home.dashboard import reading_summaries, seminar_summaries
from home.seminar_rows import seminar_row
from seminars import permissions
from seminars.access import seminar_view, signed_in
from seminars.http import Request, SeminarRequest


@signed_in
@require_safe
def home(request: Request) -> HttpResponse:
    """My seminars, and what is due next in each."""
    seminars = seminar_summaries(request.user)
    instructs = any(one.membership.is_instructor for one in seminars)
    context = {
        "seminars": [seminar_row(one) for one in seminars],
        "cases": permissions.can_stand_in(request.user) and seminars_in_need(request.user),
        "can_start": permissions.can_use_library(request.user, instructs=instructs),
    }
    return render(request, "home/home.html", context)


@seminar_view()
@require_safe
def seminar_detail(request: SeminarRequest) -> HttpResponse:
    """The seminar: what it reads, and where one stands in it."""
    rows = reading_summaries(request.membership)
    return render(request, "home/seminar_detail.html", {"rows": rows})
