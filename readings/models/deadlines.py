"""Until when what is asked in a reading counts, and until when anything can be written there.

Pure: the dates of a reading and of its extensions go in, and what holds at a moment comes out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol


class Dated(Protocol):
    """A reading or an extension, as far as dates go."""

    @property
    def due_at(self) -> datetime | None: ...
    @property
    def late_until(self) -> datetime | None: ...
    @property
    def closes_at(self) -> datetime | None: ...


class Phase(Enum):
    """What a member may do at a moment, and how what they do then counts."""

    UNOPENED = "unopened"  # not to be seen yet
    OPEN = "open"  # what is written counts, in time
    LATE = "late"  # it counts as late
    OVER = "over"  # it can be written and does not count
    CLOSED = "closed"  # nothing can be written


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The dates that hold for one member; None where there is none."""

    opens_at: datetime | None = None
    due_at: datetime | None = None
    late_until: datetime | None = None
    closes_at: datetime | None = None
    is_extended: bool = False

    def phase_at(self, moment: datetime) -> Phase:
        """A date that is due still counts at its last moment; opening and closing are at once."""
        if self.closes_at is not None and moment >= self.closes_at:
            return Phase.CLOSED
        if self.opens_at is not None and moment < self.opens_at:
            return Phase.UNOPENED
        if self.due_at is None or moment <= self.due_at:
            return Phase.OPEN
        if self.late_until is None or moment <= self.late_until:
            return Phase.LATE
        return Phase.OVER

    def is_closed_at(self, moment: datetime) -> bool:
        return self.phase_at(moment) is Phase.CLOSED

    def is_late_at(self, moment: datetime) -> bool:
        """Whether what is handed in then is late, counted or not."""
        return self.due_at is not None and moment > self.due_at

    @property
    def counts_until(self) -> datetime | None:
        """The last moment at which something counts; None where there is none."""
        ends = [end for end in (self._last_late, self.closes_at) if end is not None]
        return min(ends, default=None)

    @property
    def _last_late(self) -> datetime | None:
        return self.late_until if self.due_at is not None else None


def deadlines_of(
    reading: Dated,
    extensions: Iterable[Dated] = (),
    *,
    opens_at: datetime | None = None,
    is_staff: bool = False,
) -> Deadlines:
    """Return the dates for a member who was given these extensions; of each the most generous.

    An extension moves what the reading has: where it has no such date, nobody needs more time. A
    later due date moves those after it along, so that it is never late or closed before. To
    staff a reading is never unopened nor closed.
    """
    given = list(extensions)
    if not given:  # of a whole seminar's people, nearly all
        closes = None if is_staff else reading.closes_at
        opens = None if is_staff else opens_at
        return Deadlines(opens, reading.due_at, reading.late_until, closes)
    due = _latest("due_at", reading, given)
    late = _not_before(_latest("late_until", reading, given), due)
    closes = _not_before(_not_before(_latest("closes_at", reading, given), due), late)
    before = (reading.due_at, reading.late_until, reading.closes_at)
    return Deadlines(
        opens_at=None if is_staff else opens_at,
        due_at=due,
        late_until=late,
        closes_at=None if is_staff else closes,
        is_extended=(due, late, closes) != before,
    )


def _latest(name: str, reading: Dated, given: Iterable[Dated]) -> datetime | None:
    own: datetime | None = getattr(reading, name)
    offered: list[datetime | None] = [getattr(one, name) for one in given]
    return own and max([own, *(date for date in offered if date is not None)])


def _not_before(date: datetime | None, other: datetime | None) -> datetime | None:
    return max(date, other) if date is not None and other is not None else date
