"""A seminar's readings under its units: for the seminar's page, and for who puts them in order."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from django.db.models import BigIntegerField

from database.prepared import Parameter, PreparedQuery
from readings.models import Reading, Unit
from seminars.models import Seminar

# Two terms of weeks, and some to spare.
MAX_UNITS = 60


class HasReading(Protocol):
    """A row about one reading."""

    @property
    def reading(self) -> Reading: ...


Row = TypeVar("Row", bound=HasReading)


@dataclass
class UnitSection(Generic[Row]):
    """A unit with the rows of its readings; None for those that are in no unit."""

    unit: Unit | None
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class PlacedReading:
    """A reading in its unit, for who moves it."""

    reading: Reading


_UNITS = PreparedQuery(
    lambda: Unit.objects.filter(seminar=Parameter("seminar", BigIntegerField())).order_by(
        "position", "pk"
    )
)


def units_of(seminar: Seminar) -> list[Unit]:
    """The seminar's units, in their order. One query."""
    return list(_UNITS.all(seminar=seminar.pk))


def by_unit(rows: Iterable[Row], units: Iterable[Unit]) -> list[UnitSection[Row]]:
    """Put rows under their units, in the units' order; last those that are in none, as they come.

    Units without any are there too.
    """
    sections: dict[int | None, UnitSection[Row]] = {one.pk: UnitSection(one) for one in units}
    loose: UnitSection[Row] = UnitSection(None)
    for row in rows:
        sections.get(row.reading.unit_id, loose).rows.append(row)
    for section in sections.values():
        section.rows.sort(key=lambda row: (row.reading.position, row.reading.pk))
    return [*sections.values(), *([loose] if loose.rows else [])]


def units_with_readings(seminar: Seminar) -> list[UnitSection[PlacedReading]]:
    """All units and all readings of the seminar, for who puts them in order. Two queries."""
    readings = Reading.objects.filter(seminar=seminar, removed_at=None).for_seminar_page()
    for reading in readings:
        reading.seminar = seminar
    return by_unit(map(PlacedReading, readings), units_of(seminar))
