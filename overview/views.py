"""Where the seminar stands: the page for staff, and the same figures as a file."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from overview.filters import OverviewFilters
from overview.pages import UnknownFilter, build_overview, file_rows
from readings.essays import file_name
from rendering.csv_download import csv_download
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.permissions import can_see_desk
from seminars.review_count import reviews_waiting


@seminar_view(can_see_desk)
@require_safe
def overview(request: SeminarRequest) -> HttpResponse:
    """Who reads, who is stuck and where; an assistant sees the people of their own groups."""
    try:
        filters = OverviewFilters.of(request.GET)
        page = build_overview(request.membership, filters, waiting=reviews_waiting(request))
    except UnknownFilter:
        raise Http404(_("There are no figures of that, or they are not for you.")) from None
    return render(request, "overview/overview.html", {"overview": page})


@seminar_view(can_see_desk)
@require_GET
def overview_file(request: SeminarRequest) -> StreamingHttpResponse:
    """The table as the page shows it, for a spreadsheet."""
    filters = OverviewFilters.of(request.GET)
    try:
        rows = [*file_rows(request.membership, filters)]
    except UnknownFilter:
        raise Http404(_("There are no figures of that, or they are not for you.")) from None
    name = f"{file_name(f'{request.seminar.name} {filters.by}')}.csv"
    return csv_download(name, rows)
