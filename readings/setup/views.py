"""Putting an essay before the seminar, and changing when it is read."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.idempotency import answered_once
from config.template_tags import quoted
from database.versions import Stale
from readings.guides import AppliedGuide
from readings.models import Extension, Reading
from readings.page import get_reading
from readings.revisions import forward_reanchoring, newer_revision
from readings.setup import actions
from readings.setup.contents import contents_of
from readings.setup.forms import ReadingForm, ReadingSettingsForm
from readings.setup.http import get_reading_to_remove
from readings.setup.seminar_readings import AlreadyRead
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.permissions import can_manage_readings


@answered_once
@seminar_view(can_manage_readings)
@require_http_methods(["GET", "POST"])
def reading_create(request: SeminarRequest) -> HttpResponse:
    """Choose an essay of one's library, and when the seminar reads it."""
    data = request.POST if request.method == "POST" else None
    chosen = {"essay": request.GET.get("essay", "")}
    form = ReadingForm(data, initial=chosen, user=request.user, seminar=request.seminar)
    if data is not None and form.is_valid():
        try:
            new = actions.create_reading(by=request.membership, **form.cleaned_data)
        except AlreadyRead as refused:
            form.add_error("essay", str(refused))
        else:
            reads = _("The seminar reads “%s” now.") % quoted(new.reading)
            messages.success(request, reads + _guide_message(new.guide))
            return redirect(new.reading)
    status = 422 if form.errors else 200
    context = {"form": form, "removed": Reading.objects.removed_from(request.seminar)}
    return render(request, "readings/reading_create.html", context, status=status)


@seminar_view(can_manage_readings)
@require_http_methods(["GET", "POST"])
def reading_settings(request: SeminarRequest, reading: str) -> HttpResponse:
    """Change for whom the reading is, its dates, and whether guests may read it."""
    found = get_reading(request, reading)
    data = request.POST if request.method == "POST" else None
    form = ReadingSettingsForm(data, row=found)
    if form.is_valid():
        try:
            actions.change_settings(reading=found, by=request.membership, **form.cleaned_data)
        except Stale as stale:
            form.show_current(stale.current)
        else:
            messages.success(request, _("Saved."))
            return redirect(found)
    context = {
        "reading": found,
        "form": form,
        "newer": newer_revision(found),
        "extensions": Extension.objects.standing_in(found).count(),
        "has_moved": forward_reanchoring(found) is not None,
    }
    return render(request, "readings/reading_settings.html", context, status=form.status)


@seminar_view(can_manage_readings)
@require_http_methods(["GET", "POST"])
def reading_removal(request: SeminarRequest, reading: str) -> HttpResponse:
    """Say what hangs on a reading, and take it away; `undo=1` puts it back."""
    found = get_reading_to_remove(request, reading)
    if request.method == "GET":
        context = {"reading": found, "contents": contents_of(found)}
        return render(request, "readings/reading_removal.html", context)
    if request.POST.get("undo") == "1":
        actions.restore_reading(reading=found, by=request.membership)
        messages.success(request, _("The seminar reads “%s” again.") % quoted(found))
        return redirect(found)
    actions.remove_reading(reading=found, by=request.membership)
    messages.success(request, _removed_message(request, found))
    return redirect(request.seminar)


def _removed_message(request: SeminarRequest, reading: Reading) -> str:
    """What has become of it, with the way back."""
    said = _(
        "“{title}” is taken away. Nothing of it is lost: you can {link} now,"
        " or later under “{page}”."
    )
    back = reverse("reading_removal", args=[request.seminar.slug, reading.slug])
    return format_html(
        said,
        title=quoted(reading),
        link=format_html('<a href="{}">{}</a>', back, _("put it back")),
        page=_("Add a reading"),
    )


def _guide_message(guide: AppliedGuide | None) -> str:
    """What to say of a guide that attached itself, after what was said before."""
    if guide is None:
        return ""
    lost = len(guide.unplaced)
    if not lost:
        return " " + _("The guide that was ready for it has been added.")
    return " " + ngettext(
        "The guide that was ready for it has been added; %(count)d part of it found no place.",
        "The guide that was ready for it has been added; %(count)d parts of it found no place.",
        lost,
    ) % {"count": lost}
