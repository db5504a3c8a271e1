"""Pages that belong to the instance and to no app: health and errors."""

import sys

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config.health import is_ready, kept_state
from config.logs import current_request_id
from config.refusals import (
    TakenAway,
    by_script,
    page_is_too_old,
    refuse,
    sent_fields,
    too_large,
    words_to_copy,
)
from database.full import has_no_room, is_busy
from seminars.access import public

# In seconds: a host has to make room; others write for a moment.
RETRY_SECONDS = {507: 300, 503: 5}


@public
@require_safe
def livez(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Say that the process lives."""
    return HttpResponse("ok", content_type="text/plain")


@public
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Say whether people can be served from here, and what is not well."""
    state = kept_state.get()
    return JsonResponse(state, status=200 if is_ready(state) else 503)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    reason = _("Something in the address or the form was not as it should be.")
    return refuse(request, 400, reason, page="400.html")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    reason = str(exception) or _("Your account may not do this.")
    return refuse(request, 403, reason, page="403.html", title=getattr(exception, "title", ""))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    return page_is_too_old(request)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    said = exception.args[0] if exception.args else ""
    if not isinstance(said, str) or said.endswith("matches the given query."):
        # Django's own words, for developers.
        said = _("What this belongs to is gone, or not for you to see.")
    name, way_on = _("All threads of this reading"), _way_on(request)
    if isinstance(exception, TakenAway):
        name, way_on = _("To the seminar"), exception.way_on
    return refuse(request, 404, said, page="404.html", said=said, way_on=way_on, way_on_name=name)


def _way_on(request: HttpRequest) -> str:
    """Where to look for a thread or a paragraph that is gone; "" where it was none of a reading.

    Worked out of the address alone: it tells nothing of what there is.
    """
    asked = request.resolver_match
    named = asked.kwargs if asked else {}
    if not {"seminar", "reading", "pk"} <= named.keys():
        return ""
    return reverse("thread_list", args=[named["seminar"], named["reading"]])


def server_error(request: HttpRequest) -> HttpResponse:
    """Without asking session or database: they may be what has just failed.

    Django calls it while it handles the error, and a full disk is told as one.
    """
    error = sys.exc_info()[1]
    status, reason = 500, ""
    if has_no_room(error):
        status, reason = 507, _("The server’s disk is full: nothing can be written now.")
    elif is_busy(error):
        status, reason = 503, _("Too many are writing at this moment.")
    context = {"status": status, "reason": reason, "request_id": current_request_id()}
    if reason and by_script(request):
        response = HttpResponse(render_to_string("_refusal.html", context), status=status)
    else:
        context["words"] = words_to_copy(sent_fields(request))
        response = HttpResponse(render_to_string("500.html", context), status=status)
    if reason:
        response.headers["Retry-After"] = str(RETRY_SECONDS[status])
    return response
