"""Writes about units: made, named, put in order, taken away; and readings put into them."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from database.versions import update_version
from readings.models import Reading, Unit
from readings.setup.units import MAX_UNITS
from seminars.audience import Audience
from seminars.events import EventKind, record
from seminars.held import hold_seminar, require
from seminars.models import Membership
from seminars.permissions import can_manage_readings


@transaction.atomic
def create_unit(*, name: str, starts_on: date | None, by: Membership) -> Unit:
    """Add a unit after the others. Raises ValidationError where there are as many as may be."""
    require(can_manage_readings(by), by, by.seminar_id)
    hold_seminar(by.seminar_id)
    units = Unit.objects.filter(seminar=by.seminar_id)
    if units.count() >= MAX_UNITS:
        said = _("There are as many units as there may be: %(most)d.")
        raise ValidationError(said % {"most": MAX_UNITS})
    last = units.order_by("-position").values_list("position", flat=True).first()
    unit = Unit.objects.create(
        seminar_id=by.seminar_id,
        name=name,
        starts_on=starts_on,
        position=0 if last is None else last + 1,
    )
    record(EventKind.UNIT_CREATED, by=by, target=unit)
    return unit


@transaction.atomic
def update_unit(
    *, unit: Unit, name: str, starts_on: date | None, by: Membership, version: int | None = None
) -> None:
    """Name a unit anew, or give it another day; raises Stale."""
    require(can_manage_readings(by), by, unit.seminar_id)
    if update_version(unit, seen=version, name=name, starts_on=starts_on):
        record(EventKind.UNIT_CHANGED, by=by, target=unit)


@transaction.atomic
def remove_unit(*, unit: Unit, by: Membership) -> None:
    """Take a unit away; its readings stay, in no unit."""
    require(can_manage_readings(by), by, unit.seminar_id)
    hold_seminar(unit.seminar_id)
    Reading.objects.filter(unit=unit).update(unit=None)
    record(EventKind.UNIT_REMOVED, by=by, target=unit)
    unit.delete()


@transaction.atomic
def place_unit(*, unit: Unit, place: int, by: Membership) -> None:
    """Put a unit at this place among the others, the first being 0; beyond the last is the last."""
    require(can_manage_readings(by), by, unit.seminar_id)
    hold_seminar(unit.seminar_id)
    units = list(Unit.objects.filter(seminar=unit.seminar_id).order_by("position", "pk"))
    if _put(units, unit, place):
        Unit.objects.bulk_update(units, ["position"])
        record(EventKind.UNIT_CHANGED, by=by, target=unit, audience=Audience.STAFF)


@transaction.atomic
def place_reading(
    *, reading: Reading, unit: Unit | None, place: int | None, by: Membership
) -> None:
    """Put a reading into a unit, or out of any, at this place among its readings; None: last."""
    for one in (reading, unit):
        require(can_manage_readings(by), by, one.seminar_id if one else by.seminar_id)
    hold_seminar(reading.seminar_id)
    there = Reading.objects.filter(seminar=reading.seminar_id, unit=unit, removed_at=None)
    readings = [one for one in there.order_by("position", "pk") if one.pk != reading.pk]
    was = Reading.objects.get(pk=reading.pk)
    readings.insert(len(readings) if place is None else place, was)
    moved = was.unit_id != (unit.pk if unit else None)
    was.unit = unit
    if _renumber(readings) or moved:
        Reading.objects.bulk_update(readings, ["position", "unit"])
        record(
            EventKind.UNIT_CHANGED,
            by=by,
            target=reading,
            reading_id=reading.pk,
            audience=Audience.STAFF,
            unit=unit.pk if unit else 0,
        )


def _put(units: list[Unit], unit: Unit, place: int) -> bool:
    """Move `unit` within the list, and number it; return whether any number changed."""
    units.sort(key=lambda one: one.pk == unit.pk)
    units.insert(place, units.pop())
    return _renumber(units)


def _renumber(rows: Sequence[Unit | Reading]) -> bool:
    changed = False
    for number, row in enumerate(rows):
        changed |= row.position != number
        row.position = number
    return changed
