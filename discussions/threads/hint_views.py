"""What a page that stands open asks for: what has happened meanwhile, and what was said."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from discussions.common.http import get_thread, number_in
from discussions.threads.arrivals import Arrivals
from discussions.threads.hints import Hints, hints_after, hints_of
from readings.page import (
    Standing,
    get_reading_or_general,
    note_presence,
    people_here,
    reading_or_general_view,
)
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.news_bell import MOST_SHOWN, news_count


@reading_or_general_view
@require_GET
def reading_hints(request: SeminarRequest, standing: Standing) -> HttpResponse:
    """Tell which threads have changed after the event `after`, how many are here, and how many
    things are new at the bell.

    204 where nothing is new: most answers are, after one query. Without `after`, from now on, and
    how the one `thread` stands that the page shows. Where the page says, now and then, which `news`
    it shows, nothing is new if that is so still.
    """
    note_presence(standing)
    here = people_here(standing)
    after = number_in(request, "after")
    shown = number_in(request, "news")
    is_known = after == standing.last_event and request.GET.get("here") == str(here)
    if is_known and (shown is None or shown == min(news_count(request), MOST_SHOWN)):
        return HttpResponse(status=204)
    hints = Hints([], standing.last_event)
    if after is not None and after < standing.last_event:
        hints = hints_after(standing, after)
    elif after is None and (thread := number_in(request, "thread")):
        hints = Hints(hints_of(standing, {thread}), standing.last_event)
    return JsonResponse({"here": here, "news": news_count(request), **hints.as_json()})


@seminar_view()
@require_GET
def thread_arrivals(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """The comments of a thread that came after the one numbered `after`, to be put in place."""
    found = get_reading_or_general(request, reading)
    thread = get_thread(request, found, pk)
    arrivals = Arrivals(request, thread, after=number_in(request, "after") or 0)
    arrivals.note_opened()
    return arrivals.response()
