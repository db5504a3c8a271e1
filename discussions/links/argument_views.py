"""The argument so far: its page, and the same links as a file."""

from typing import Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from discussions.links.argument import Argument, ArgumentFilter, NoSuchPair, build_argument
from discussions.links.argument_drawing import map_drawing
from discussions.links.argument_files import COLUMNS, FORMS
from discussions.links.argument_map import build_map
from readings.essays import file_name
from seminars.access import seminar_view
from seminars.http import SeminarRequest


@seminar_view()
@require_safe
def argument(request: SeminarRequest) -> HttpResponse:
    """All links between the readings that one may see, as tables and as a map."""
    found = argument_or_404(request)
    context: dict[str, Any] = {"argument": found, "files": files_of(found)}
    if found.only and found.only.links:
        context["drawing"] = map_drawing(build_map(found.only, request.membership))
    return render(request, "discussions/argument.html", context)


@seminar_view()
@require_GET
def argument_file(request: SeminarRequest, form: str) -> StreamingHttpResponse:
    """The same links as a file that a browser saves."""
    if form not in FORMS:
        raise Http404(_("The argument cannot be taken away in this form."))
    suffix, media_type, write = FORMS[form]
    lines = write(argument_or_404(request), request.build_absolute_uri)
    # A lone surrogate, which no UTF-8 file can hold, becomes a question mark.
    pieces = [line.encode("utf-8", "replace") for line in lines]
    response = StreamingHttpResponse(pieces, content_type=media_type)
    name = f"{file_name(f'{request.seminar.name} argument')}{suffix}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


def argument_or_404(request: SeminarRequest) -> Argument:
    try:
        return build_argument(request.membership, ArgumentFilter.asked(request.GET))
    except NoSuchPair:
        raise Http404(_("There are no such readings, or they are not for you.")) from None


def files_of(found: Argument) -> dict[str, Any]:
    """What the page says of the files: where they are, and what their columns mean."""
    names = {"csv": _("CSV"), "json": _("JSON")}
    addresses = [
        (name, reverse("argument_file", args=[found.seminar_slug, form]) + found.file_query)
        for form, name in names.items()
    ]
    return {"addresses": addresses, "columns": [(name, str(of)) for name, of in COLUMNS.items()]}
