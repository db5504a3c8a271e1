"""A reading on paper."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from discussions.printing.files import print_file
from discussions.printing.pages import CHOICES, build_print_page
from readings.essays import attachment
from readings.page import get_reading_or_general
from seminars.access import seminar_view
from seminars.http import SeminarRequest


@seminar_view()
@require_GET
def reading_print(request: SeminarRequest, reading: str) -> HttpResponse:
    """Show the essay with the threads that this member may see, for paper; ?file=1 as a file."""
    found = get_reading_or_general(request, reading)
    show = request.GET.get("show", "")
    as_file = bool(request.GET.get("file"))
    page = build_print_page(
        reading=found,
        viewer=request.membership,
        show=show if show in CHOICES else "all",
        guide=request.GET.get("guide") != "no",
        as_file=as_file,
    )
    if as_file:
        return attachment(print_file(found, page))
    context = {"reading": found, "essay": found.essay, "page": page, "choices": CHOICES.items()}
    return render(request, "discussions/reading_print.html", context)
