"""The seminar's units on one page: made, put in order, and readings put into them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.idempotency import answered_once
from config.template_tags import quoted
from database.versions import Stale
from documents.whole_number import whole_number
from readings.models import Reading, Unit
from readings.setup import unit_actions
from readings.setup.unit_forms import UnitDetailForm, UnitForm
from readings.setup.units import units_with_readings
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.permissions import can_manage_readings


@answered_once
@seminar_view(can_manage_readings)
@require_http_methods(["GET", "HEAD", "POST"])
def unit_list(request: SeminarRequest) -> HttpResponse:
    """All units and their readings, each with its ways up and down; and a new unit."""
    form = UnitForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            unit = unit_actions.create_unit(**form.cleaned_data, by=request.membership)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect(f"{reverse('unit_list', args=[request.seminar.slug])}#unit-{unit.pk}")
    sections = units_with_readings(request.seminar)
    units = sum(section.unit is not None for section in sections)
    context = {"form": form, "sections": sections, "units": units}
    status = 422 if form.errors else 200
    return render(request, "readings/unit_list.html", context, status=status)


@seminar_view(can_manage_readings)
@require_POST
def unit_place(request: SeminarRequest, pk: int) -> HttpResponse:
    """Put a unit at another place among the units."""
    unit = get_unit(request, pk)
    place = whole_number(request.POST.get("place", ""), digits=4)
    if place is not None:
        unit_actions.place_unit(unit=unit, place=place, by=request.membership)
    return redirect(f"{reverse('unit_list', args=[request.seminar.slug])}#unit-{pk}")


@seminar_view(can_manage_readings)
@require_POST
def reading_unit(request: SeminarRequest, pk: int) -> HttpResponse:
    """Put a reading at another place in a unit, into another unit, or into none."""
    reading = get_object_or_404(Reading, seminar=request.seminar, removed_at=None, pk=pk)
    chosen = whole_number(request.POST.get("unit", ""))
    if chosen is not None:
        unit = get_unit(request, chosen) if chosen else None
        place = whole_number(request.POST.get("place", ""), digits=4)
        unit_actions.place_reading(reading=reading, unit=unit, place=place, by=request.membership)
    return redirect(f"{reverse('unit_list', args=[request.seminar.slug])}#reading-{pk}")


@seminar_view(can_manage_readings)
@require_http_methods(["GET", "HEAD", "POST"])
def unit_detail(request: SeminarRequest, pk: int) -> HttpResponse:
    """Name a unit anew, or give it another day."""
    unit = get_unit(request, pk)
    form = UnitDetailForm(request.POST if request.method == "POST" else None, row=unit)
    if form.is_valid():
        try:
            unit_actions.update_unit(unit=unit, **form.cleaned_data, by=request.membership)
        except Stale as stale:
            form.show_current(stale.current)
        else:
            return redirect(f"{reverse('unit_list', args=[request.seminar.slug])}#unit-{unit.pk}")
    context = {"unit": unit, "form": form}
    return render(request, "readings/unit_detail.html", context, status=form.status)


@answered_once
@seminar_view(can_manage_readings)
@require_http_methods(["GET", "HEAD", "POST"])
def unit_removal(request: SeminarRequest, pk: int) -> HttpResponse:
    """Take a unit away, after saying that its readings stay."""
    unit = get_unit(request, pk)
    if request.method == "POST":
        unit_actions.remove_unit(unit=unit, by=request.membership)
        said = _("“%s” is taken away. Its readings are in no unit now.")
        messages.success(request, said % quoted(unit.name))
        return redirect("unit_list", request.seminar.slug)
    return render(request, "readings/unit_removal.html", {"unit": unit})


def get_unit(request: SeminarRequest, pk: int) -> Unit:
    return get_object_or_404(Unit, seminar=request.seminar, pk=pk)
