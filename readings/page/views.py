"""The reading page, and keeping one's place in it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from readings.essays import picture_response
from readings.page.end import build_end
from readings.page.etags import KEPT_BY_THE_BROWSER, etag_of
from readings.page.forms import SavedPlaceForm
from readings.page.http import essay_of, get_reading
from readings.page.page import build_page
from readings.page.revision_text import is_picture_served
from readings.page.shell import card_renderer, write_page
from readings.page.standing import Standing, know_bell, reading_or_general_view, reading_view
from readings.page.visits import begin_visit, met_new_text, save_place
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.read_only import though_read_only


@reading_or_general_view
@require_GET
def reading_detail(request: SeminarRequest, standing: Standing) -> HttpResponse:
    """Show the essay with everything that this member may see beside it."""
    if standing.reading.is_general:
        return redirect(standing.reading)
    visit = begin_visit(standing.reading, by=standing.membership, visit=standing.visit)
    know_bell(request, standing)
    etag = etag_of(request, standing, visit)
    response = get_conditional_response(request, etag=etag) if etag else None
    if response is None:
        revised = met_new_text(visit=visit, reading=standing.reading)
        page = build_page(standing=standing, visit=visit, render=card_renderer(standing))
        response = HttpResponse(write_page(request, page, standing, visit, revised=revised))
    if etag:
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = KEPT_BY_THE_BROWSER
    return response


@reading_view
@require_GET
def reading_end(request: SeminarRequest, standing: Standing) -> HttpResponse:
    """What is still open at the end of the essay, and what comes next; a page, or its piece."""
    essay_of(standing.reading)
    context = {"reading": standing.reading, "end": build_end(standing)}
    name = "_reading_end.html" if request.htmx else "reading_end.html"
    response = render(request, f"readings/{name}", context)
    response.headers["Cache-Control"] = KEPT_BY_THE_BROWSER
    return response


@seminar_view()
@require_POST
@though_read_only
def reading_place(request: SeminarRequest, reading: str) -> HttpResponse:
    """Keep where this member has got to; answers 204, or 422 with what is wrong."""
    found = get_reading(request, reading)
    form = SavedPlaceForm(request.POST, reading=found, member=request.membership)
    if not form.is_valid():
        return HttpResponse(form.errors.as_text(), status=422, content_type="text/plain")
    save_place(reading=found, by=request.membership, **form.cleaned_data)
    return HttpResponse(status=204)


@seminar_view()
@require_GET
def reading_picture(request: SeminarRequest, reading: str, name: str) -> HttpResponse:
    """Send a picture of the revision that is read to who may open the reading."""
    found = get_reading(request, reading)
    if not is_picture_served(found, request.membership, name):
        raise Http404(_("There is no such picture."))
    return picture_response(found.revision, name)
