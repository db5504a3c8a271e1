"""Copying a seminar for the next term, and a reading into another seminar."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.idempotency import answered_once
from config.template_tags import quoted
from readings.models import Reading
from readings.page import get_reading
from readings.setup.copy_actions import ReadingCopy, SeminarCopy, copy_reading, copy_seminar
from readings.setup.copy_forms import USUAL_WEEKS, ReadingCopyForm, SeminarCopyForm, WeeksForm
from readings.setup.seminar_readings import AlreadyRead
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.models import Membership
from seminars.permissions import can_copy_seminar, can_manage_readings
from seminars.read_only import though_read_only

WITHOUT_GUIDE = gettext_lazy(
    "“%s” is without its guide, which was refused: add its file under “Guide”."
)


@answered_once
@seminar_view(can_copy_seminar)
@require_http_methods(["GET", "HEAD", "POST"])
@though_read_only
def seminar_copy(request: SeminarRequest) -> HttpResponse:
    """Show what a copy would have, its dates moved by so many weeks, and make it.

    `look` shows the dates alone, and keeps what was written.
    """
    seminar, sent = request.seminar, request.method == "POST"
    looks = "look" in request.POST
    asked = request.POST if sent else request.GET
    weeks = WeeksForm({"weeks": asked.get("weeks", str(USUAL_WEEKS))}, seminar=seminar)
    form = SeminarCopyForm(request.POST if sent else None, initial={"name": seminar.name})
    if weeks.is_valid() and form.is_valid() and not looks:
        copy = copy_seminar(
            seminar=seminar, **form.cleaned_data, **weeks.cleaned_data, by=request.membership
        )
        _tell(request, copy)
        return redirect(copy.seminar)
    context = {"weeks": weeks, "form": form, "plan": weeks.plan}
    status = 422 if weeks.errors or form.errors else 200
    return render(request, "readings/seminar_copy.html", context, status=status)


@answered_once
@seminar_view(can_manage_readings)
@require_http_methods(["GET", "HEAD", "POST"])
def reading_copy(request: SeminarRequest, reading: str) -> HttpResponse:
    """Put a reading with its guide before another seminar that one instructs."""
    found = get_reading(request, reading)
    form = ReadingCopyForm(request.POST or None, member=request.membership)
    copy = _copied(form, found, request.membership) if form.is_valid() else None
    if copy is None:
        context = {"reading": found, "form": form}
        status = 422 if form.errors else 200
        return render(request, "readings/reading_copy.html", context, status=status)
    messages.success(request, _("The reading has been copied. This is the copy: set its dates."))
    if copy.is_without_guide:
        messages.warning(request, WITHOUT_GUIDE % quoted(copy.reading))
    return redirect("reading_settings", copy.reading.seminar.slug, copy.reading.slug)


def _copied(form: ReadingCopyForm, reading: Reading, by: Membership) -> ReadingCopy | None:
    try:
        return copy_reading(reading=reading, **form.cleaned_data, by=by)
    except AlreadyRead:
        said = _(
            "That seminar has this essay already. Where it was taken away, it can be put back on"
            " the page where readings are added."
        )
        form.add_error("to", said)
        return None


def _tell(request: SeminarRequest, copy: SeminarCopy) -> None:
    messages.success(request, _("The seminar has been copied. This is the copy: invite people."))
    for reading in copy.without_guide:
        messages.warning(request, WITHOUT_GUIDE % quoted(reading))
