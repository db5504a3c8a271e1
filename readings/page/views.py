"""The reading page, and keeping one's place in it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from readings.essays import picture_response
from readings.page.forms import PlaceForm
from readings.page.http import get_reading
from readings.page.layout import build_page
from readings.page.visits import begin_visit, met_new_text, save_place
from seminars.access import seminar_view
from seminars.http import SeminarRequest


@seminar_view()
@require_GET
def reading_detail(request: SeminarRequest, reading: str) -> HttpResponse:
    """Show the essay with everything that this member may see beside it."""
    found = get_reading(request, reading)
    visit = begin_visit(reading=found, by=request.membership)
    page = build_page(reading=found, membership=request.membership, visit=visit)
    context = {"reading": found, "essay": found.essay, "visit": visit, "page": page}
    context["revised"] = met_new_text(visit=visit, reading=found)
    return render(request, "readings/reading_detail.html", context)


@seminar_view()
@require_POST
def reading_place(request: SeminarRequest, reading: str) -> HttpResponse:
    """Keep where this member has got to; answers 204, or 422 with what is wrong."""
    found = get_reading(request, reading)
    form = PlaceForm(request.POST, reading=found)
    if not form.is_valid():
        return HttpResponse(form.errors.as_text(), status=422, content_type="text/plain")
    save_place(reading=found, by=request.membership, **form.cleaned_data)
    return HttpResponse(status=204)


@seminar_view()
@require_GET
def reading_picture(request: SeminarRequest, reading: str, name: str) -> HttpResponse:
    """Send a picture of the revision that is read to who may open the reading."""
    return picture_response(get_reading(request, reading).revision, name)
