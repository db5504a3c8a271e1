"""More time for a group or a person: given, changed, taken back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.idempotency import answered_once
from database.versions import Stale
from readings.models import Extension, Reading
from readings.page import get_reading
from readings.setup import extension_actions as actions
from readings.setup.extension_forms import ExtensionChangeForm, ExtensionForm, movable_dates
from readings.setup.http import get_extension
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.permissions import can_manage_readings


@answered_once
@seminar_view(can_manage_readings)
@require_http_methods(["GET", "POST"])
def extension_list(request: SeminarRequest, reading: str) -> HttpResponse:
    """Who has more time in a reading; POST gives some."""
    found = get_reading(request, reading)
    if not movable_dates(found):
        return render(request, "readings/extension_list.html", {"reading": found}, status=200)
    form = ExtensionForm(request.POST if request.method == "POST" else None, reading=found)
    if form.is_valid():
        try:
            given = actions.give_extension(
                reading=found, by=request.membership, **form.cleaned_data
            )
        except actions.AlreadyExtended as refused:
            form.add_error("target", str(refused))
        else:
            messages.success(request, _("%s has more time now.") % given.receiver)
            return redirect("extension_list", request.seminar.slug, found.slug)
    return list_page(request, found, form)


@seminar_view(can_manage_readings)
@require_http_methods(["GET", "POST"])
def extension_detail(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Change until when somebody has time."""
    extension = get_extension(request, get_reading(request, reading), pk)
    data = request.POST if request.method == "POST" else None
    form = ExtensionChangeForm(data, row=extension)
    if form.is_valid():
        try:
            actions.change_extension(
                extension=extension, by=request.membership, **form.cleaned_data
            )
        except Stale as stale:
            form.show_current(stale.current)
        else:
            messages.success(request, _("Saved."))
            return redirect("extension_list", request.seminar.slug, reading)
    context = {"reading": extension.reading, "extension": extension, "form": form}
    return render(request, "readings/extension_detail.html", context, status=form.status)


@seminar_view(can_manage_readings)
@require_POST
def extension_removal(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Take back the time that somebody was given; `undo=1` gives it again."""
    extension = get_extension(request, get_reading(request, reading), pk)
    if request.POST.get("undo") == "1":
        try:
            actions.restore_extension(extension=extension, by=request.membership)
        except actions.AlreadyExtended as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("%s has more time again.") % extension.receiver)
    else:
        actions.take_back_extension(extension=extension, by=request.membership)
        said = _("Taken back: for %s the dates of everybody hold. You can undo it below.")
        messages.success(request, said % extension.receiver)
    return redirect("extension_list", request.seminar.slug, reading)


def list_page(request: SeminarRequest, reading: Reading, form: ExtensionForm) -> HttpResponse:
    given = Extension.objects.filter(reading=reading).for_settings()
    context: dict[str, Any] = {
        "reading": reading,
        "form": form,
        "extensions": [one for one in given if one.taken_back_at is None],
        "taken_back": [one for one in given if one.taken_back_at is not None],
    }
    status = 422 if form.errors else 200
    return render(request, "readings/extension_list.html", context, status=status)
