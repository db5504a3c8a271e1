"""The guides that a reading had before: their files, and one of them in the draft again."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import date
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.idempotency import answered_once
from readings.guides.draft_responses import to_draft
from readings.guides.earlier import find_earlier
from readings.guides.earlier_actions import bring_back
from readings.guides.guide_file import GuideRefused
from readings.models import EarlierGuide, Reading
from readings.page import get_reading
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.permissions import can_instruct, can_manage_readings

MOMENT = "j F Y, H:i"


@seminar_view(can_instruct)
@require_safe
def earlier_guide(request: SeminarRequest, reading: str, version: int) -> HttpResponse:
    """Give the file of a guide that the reading had before."""
    found = get_reading(request, reading)
    source = _get_earlier(found, version).source
    response = HttpResponse(source, content_type="text/markdown; charset=utf-8")
    name = f"{found.slug}-guide-{version}.md"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@answered_once
@seminar_view(can_manage_readings)
@require_POST
def earlier_guide_draft(request: SeminarRequest, reading: str, version: int) -> HttpResponse:
    """Put a guide that the reading had before into the draft; members see nothing of it yet."""
    found = get_reading(request, reading)
    earlier = _get_earlier(found, version)
    try:
        bring_back(reading=found, by=request.membership, earlier=earlier)
    except GuideRefused as refused:
        messages.error(request, str(refused))
        return redirect("reading_guide", request.seminar.slug, found.slug)
    messages.success(request, in_the_draft(earlier))
    return to_draft(request, found)


def in_the_draft(earlier: EarlierGuide) -> str:
    """Say which guide stands in the draft now."""
    told = _("The guide of %(when)s is in the draft. Members see it once you publish it.")
    return told % {"when": date(localtime(earlier.applied_at), MOMENT)}


def _get_earlier(reading: Reading, version: int) -> EarlierGuide:
    found = find_earlier(reading, version)
    if found is None:
        raise Http404(_("There is no such guide any more."))
    return found
