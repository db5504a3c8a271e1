"""The page of a reading's guide: what is on the text, what found no place, and adding another."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from config.template_tags import quoted
from database.versions import Stale
from readings.guides.actions import NotConfirmed, apply_guide
from readings.guides.draft_items import draft_of
from readings.guides.draft_page import held_back
from readings.guides.earlier import earlier_guides
from readings.guides.example import example_guide
from readings.guides.forms import GuideForm
from readings.guides.guide_file import GuideRefused
from readings.guides.preview import GuidePreview
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

    What adding it does is shown first, and done once that is confirmed. An example is shown, can
    be had as a file, and with `?example` stands in the form where there is no guide yet.
    """
    found = get_reading(request, reading)
    summary = GuideSummary.of(found)
    if request.method == "GET" and "file" in request.GET:
        return _file(found, summary.source if summary else "")
    example = example_guide(found)
    if request.GET.get("example") == "file":
        return _file(found, example)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = GuideForm(*sent, row=summary)
    title = _apply(form, found, request.membership) if form.is_valid() else ""
    if title:
        _tell_added(request, form, found, title)
        return redirect("reading_guide", request.seminar.slug, found.slug)
    if summary is None and "example" in request.GET:
        form.initial["text"] = example
    context = {"reading": found, "form": form, "guide": summary, "example": example}
    context |= {"draft": draft_of(found), "held_back": held_back(found) if form.asks else ()}
    context["earlier"] = earlier_guides(found)
    return render(request, "readings/reading_guide.html", context, status=form.status)


def _apply(form: GuideForm, reading: Reading, by: Membership) -> str:
    """Add the guide and return its title; or nothing, and the form says why not."""
    sent = form.cleaned_data
    try:
        return apply_guide(
            reading=reading,
            text=sent["guide"],
            by=by,
            version=sent["version"],
            confirmed=sent["confirmed"],
            draft=sent["draft"],
        ).title
    except GuideRefused as refused:
        form.refused = refused
    except Stale as stale:
        form.show_current(stale.current)
    except NotConfirmed as asked:
        form.preview = GuidePreview.of(asked.preview, reading)
    form.take_file_as_text()
    return ""


def _tell_added(request: SeminarRequest, form: GuideForm, reading: Reading, title: str) -> None:
    """Say that the guide is on the text, and what of its draft was held back."""
    messages.success(request, _("“%s” has been added to the text.") % quoted(title))
    count = len(held_back(reading)) if form.is_of_draft else 0
    if count:
        told = ngettext(
            "%d part is not ready and was held back. It waits in the draft.",
            "%d parts are not ready and were held back. They wait in the draft.",
            count,
        )
        messages.warning(request, told % count)


def _file(reading: Reading, source: str) -> HttpResponse:
    """The guide's file as it was added, or the example: to keep, change or share."""
    response = HttpResponse(source, content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{reading.slug}-guide.md"'
    return response
