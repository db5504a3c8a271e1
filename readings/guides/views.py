"""The page of a reading's guide: what is on the text, what found no place, and adding another."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.template_tags import quoted
from database.versions import Stale
from readings.guides.actions import NotConfirmed, apply_guide
from readings.guides.example import example_guide
from readings.guides.forms import GuideForm
from readings.guides.guide_file import GuideRefused
from readings.guides.summary import GuideSummary
from readings.models import Reading
from readings.page import get_reading
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.models import Membership
from seminars.permissions import can_manage_readings


@seminar_view(can_manage_readings)
@require_http_methods(["GET", "POST"])
def reading_guide(request: SeminarRequest, reading: str) -> HttpResponse:
    """Show the guide of a reading, give its file (`?file`), or add the one that is sent.

    Where there is none, an example is shown, and with `?example` stands in the form.
    """
    found = get_reading(request, reading)
    summary = GuideSummary.of(found)
    if request.method == "GET" and "file" in request.GET:
        return _file(found, summary.source if summary else "")
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = GuideForm(*sent, row=summary)
    title = _apply(form, found, request.membership) if form.is_valid() else ""
    if title:
        messages.success(request, _("“%s” has been added to the text.") % quoted(title))
        return redirect("reading_guide", request.seminar.slug, found.slug)
    example = "" if summary else example_guide(found)
    if example and "example" in request.GET:
        form.initial["text"] = example
    context = {"reading": found, "form": form, "guide": summary, "example": example}
    status = 422 if form.refused else form.status
    return render(request, "readings/reading_guide.html", context, status=status)


def _apply(form: GuideForm, reading: Reading, by: Membership) -> str:
    """Add the guide and return its title; or nothing, and the form says why not."""
    sent = form.cleaned_data
    try:
        return apply_guide(
            reading=reading,
            text=sent["guide"],
            by=by,
            version=sent["version"],
            confirmed=bool(sent["confirmed"]),
        ).title
    except GuideRefused as refused:
        form.refused = refused
    except Stale as stale:
        form.show_current(stale.current)
    except NotConfirmed as asked:
        form.consequences = asked.consequences
    form.take_file_as_text()
    return ""


def _file(reading: Reading, source: str) -> HttpResponse:
    """The guide's file as it was added, to keep, change or share."""
    response = HttpResponse(source, content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{reading.slug}-guide.md"'
    return response
