"""The page of a reading's guide: what is on the text, what found no place, and adding another."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from readings.guides.actions import apply_guide
from readings.guides.forms import GuideForm
from readings.guides.guide_file import GuideRefused
from readings.guides.summary import GuideSummary
from readings.models import Reading
from readings.page import get_reading
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.permissions import can_manage_readings


@seminar_view(can_manage_readings)
@require_http_methods(["GET", "POST"])
def reading_guide(request: SeminarRequest, reading: str) -> HttpResponse:
    """Show the guide of a reading, give its file (`?file`), or add the one that is sent."""
    found = get_reading(request, reading)
    summary = GuideSummary.of(found)
    source = summary.source if summary else ""
    if request.method == "GET" and "file" in request.GET:
        return _file(found, source)
    form = GuideForm(initial={"text": source})
    refused = None
    if request.method == "POST":
        form = GuideForm(request.POST, request.FILES)
        try:
            if form.is_valid():
                guide = form.cleaned_data["guide"]
                added = apply_guide(reading=found, text=guide, by=request.membership)
                message = _("“%(guide)s” has been added to the text.")
                messages.success(request, message % {"guide": added.title})
                return redirect("reading_guide", request.seminar.slug, found.slug)
        except GuideRefused as error:
            refused, form = error, GuideForm(initial={"text": guide})  # to be put right
    context = {"reading": found, "form": form, "refused": refused, "guide": summary}
    status = 422 if refused or form.errors else 200
    return render(request, "readings/reading_guide.html", context, status=status)


def _file(reading: Reading, source: str) -> HttpResponse:
    """The guide's file as it was added, to keep, change or share."""
    response = HttpResponse(source, content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{reading.slug}-guide.md"'
    return response
