"""What a copy of a seminar will have: its readings, and each date after the move."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from readings.models import Guide, Reading, Unit
from readings.setup.copied import copied_parts
from readings.setup.forms import DATES
from readings.setup.units import units_of
from seminars.models import Group, Seminar

MOVED = (*DATES, "peek_at")
LABELS = {
    "opens_at": gettext_lazy("Opens"),
    "due_at": gettext_lazy("Due"),
    "late_until": gettext_lazy("Counts as late until"),
    "closes_at": gettext_lazy("Closes"),
    "peek_at": gettext_lazy("Others’ comments show in any case from"),
}


@dataclass(frozen=True, slots=True)
class MovedDate:
    label: str | Promise
    before: datetime
    after: datetime


@dataclass(frozen=True, slots=True)
class PlannedUnit:
    unit: Unit
    starts_on: date | None


@dataclass(frozen=True, slots=True)
class PlannedReading:
    """A reading as it will be in the copy; `loses_groups` where it is for some groups now."""

    reading: Reading
    guide: Guide | None
    moved: dict[str, datetime | None]
    loses_groups: bool

    @property
    def dates(self) -> list[MovedDate]:
        shown = []
        for name in MOVED:
            before, after = getattr(self.reading, name), self.moved[name]
            if before is not None and after is not None:
                shown.append(MovedDate(LABELS[name], before, after))
        return shown


@dataclass(frozen=True, slots=True)
class CopyPlan:
    """All of it; `left_out` are readings whose essay was taken out of the library."""

    units: list[PlannedUnit]
    readings: list[PlannedReading]
    left_out: list[Reading]
    settings: list[str]


def plan_copy(seminar: Seminar, weeks: int) -> CopyPlan:
    """Return what a copy would have; raise OverflowError for a date that no calendar has.

    A fixed number of queries.
    """
    readings = (
        Reading.objects.filter(seminar=seminar, removed_at=None)
        .select_related("essay", "guide", "unit")
        .prefetch_related(Prefetch("groups", Group.objects.order_by("pk")))
        .order_by("unit__position", "position", "pk")
    )
    return CopyPlan(
        units=[
            PlannedUnit(unit, unit.starts_on and unit.starts_on + timedelta(weeks=weeks))
            for unit in units_of(seminar)
        ],
        readings=[
            PlannedReading(
                reading,
                getattr(reading, "guide", None),
                moved_dates(reading, weeks),
                bool(reading.group_ids),
            )
            for reading in readings
            if reading.essay.removed_at is None
        ],
        left_out=[one for one in readings if one.essay.removed_at is not None],
        settings=[phrase for part in copied_parts() for phrase in part.count(seminar)],
    )


def moved_dates(reading: Reading, weeks: int) -> dict[str, datetime | None]:
    """Move the dates by weeks, at the same hour of the clock; in the order that they have.

    An hour that the clocks leave out can turn the order of two dates: then all are moved by
    weeks of 168 hours.
    """
    dates = {name: getattr(reading, name) for name in MOVED}
    by_clock = {name: _moved(one, weeks) for name, one in dates.items()}
    for before, after in pairwise(sorted((one, name) for name, one in dates.items() if one)):
        earlier, later = by_clock[before[1]], by_clock[after[1]]
        if earlier and later and (earlier > later or (earlier == later and before[0] < after[0])):
            by = timedelta(weeks=weeks)
            return {name: one and one + by for name, one in dates.items()}
    return by_clock


def _moved(moment: datetime | None, weeks: int) -> datetime | None:
    if moment is None:
        return None
    # Arithmetic of aware times in one zone is that of its clock; comparing them is not.
    return (localtime(moment) + timedelta(weeks=weeks)).astimezone(moment.tzinfo)
