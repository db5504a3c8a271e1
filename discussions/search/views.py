"""Search: in the text, in the guide and in threads, over one seminar."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from anchoring import MAX_TYPED
from discussions.search.filters import OF_COMMENTS, SearchFilters
from discussions.search.results import SearchResults, build_results
from readings.models import Reading
from seminars.access import seminar_view
from seminars.http import SeminarRequest


@seminar_view()
@require_safe
def search(request: SeminarRequest) -> HttpResponse:
    """What the seminar reads and says about it, as far as this member may read it."""
    filters = SearchFilters.of(request.GET)
    readings = readings_of(request)
    if filters.reading and filters.reading not in {one.slug for one in readings.values()}:
        raise Http404(_("There is no such reading, or it is not open to you."))
    results = build_results(request.membership, filters, readings)
    return results_page(request, results)


def results_page(request: SeminarRequest, results: SearchResults) -> HttpResponse:
    filters = results.filters
    bare = dict.fromkeys(("part", "reading", "order", *OF_COMMENTS), "")
    context = {
        "results": results,
        "filters": filters,
        "max_typed": MAX_TYPED,
        "first_page": filters.address(),
        "unfiltered": filters.address(**bare),
    }
    return render(request, "discussions/search.html", context)


def readings_of(request: SeminarRequest) -> dict[int, Reading]:
    """All that this member may open, by key, in the order of the seminar's page."""
    found = Reading.including_general.visible_to(request.membership).for_seminar_page()
    for one in found:
        # The seminar is at hand already: do not ask the database for it again.
        one.seminar = request.seminar
    return {one.pk: one for one in found}
