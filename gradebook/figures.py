"""One person's figure in one column: what it is, and why it is that, before anything is summed up.

Pure: what was answered, written and given by hand goes in, with the dates of the reading.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from gradebook.columns import Column
from gradebook.models import GivenMark
from gradebook.tries import CheckpointTry, OpenMark
from overview.participation import Score
from readings.models import Deadlines, Phase

Work = CheckpointTry | OpenMark | Score  # what a figure is worked out from


class FigureState(StrEnum):
    """Why there is a figure, or none. Only what is there counts; all else counts neither way."""

    DONE = "done"  # something was handed in or written
    ZERO = "zero"  # nothing was by when it was due, and that is zero here
    NOTHING = "nothing"  # nothing yet
    WAITING = "waiting"  # it waits for a mark, or for its mark to be released
    TOO_LATE = "too_late"  # it came when nothing counted any more
    NOT_DUE = "not_due"  # of participation: more may come
    JOINED_LATER = "joined_later"  # it was due before they came
    NOT_ASKED = "not_asked"  # the reading is not for them, or not open to them
    EXCUSED = "excused"  # an instructor says that it counts neither way
    GIVEN = "given"  # an instructor says what it is


@dataclass(frozen=True, slots=True)
class GradeFigure:
    """`points` of the column's maximum; None where there is nothing that could count.

    `worked_out` is what it would be without a mark by hand. `is_dropped` is settled when a
    category is summed up.
    """

    column: Column
    member: int
    state: FigureState
    points: Fraction | None
    worked_out: Fraction | None
    work: Work | None
    given: GivenMark | None
    due_at: datetime | None = None
    is_late: bool = False
    is_dropped: bool = False

    @property
    def share(self) -> Fraction | None:
        return None if self.points is None else self.points / self.column.maximum

    @property
    def is_by_hand(self) -> bool:
        """An instructor has said what it is: here, or of participation on its own page."""
        if self.given is not None and self.given.changes_figure:
            return True
        return isinstance(self.work, Score) and self.work.override is not None

    @property
    def counts(self) -> bool:
        """It is in its category, where that is released."""
        return self.points is not None and self.column.is_in_total and not self.is_dropped


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How one person stands to the reading of a column."""

    is_asked: bool
    deadlines: Deadlines
    joined_at: datetime
    now: datetime
    missing_is_zero: bool

    @property
    def is_due(self) -> bool:
        return self.deadlines.due_at is not None and self.now > self.deadlines.due_at

    @property
    def has_joined_later(self) -> bool:
        return self.deadlines.due_at is not None and self.joined_at > self.deadlines.due_at

    def is_too_late(self, moment: datetime) -> bool:
        return self.deadlines.phase_at(moment) in {Phase.OVER, Phase.CLOSED}


def figure_of(
    column: Column, member: int, work: Work | None, given: GivenMark | None, around: Circumstances
) -> GradeFigure:
    """Return the figure: by hand where an instructor has said so, else worked out."""
    state, share = _worked_out(column, work, around)
    worked_out = None if share is None else share * column.maximum
    points = worked_out
    if given is not None and given.is_excused:
        state, points = FigureState.EXCUSED, None
    elif given is not None and given.points is not None:
        state, points = FigureState.GIVEN, Fraction(given.points)
    return GradeFigure(
        column=column,
        member=member,
        state=state,
        points=points,
        worked_out=worked_out,
        work=work,
        given=given,
        due_at=around.deadlines.due_at,
        is_late=_is_late(work, around),
    )


def _worked_out(
    column: Column, work: Work | None, around: Circumstances
) -> tuple[FigureState, Fraction | None]:
    """Return the state and the share of what there is; None where that is nothing."""
    if column.is_by_hand:
        return FigureState.NOTHING, None
    if isinstance(work, Score):
        return _participation(work, around)
    if isinstance(work, OpenMark) and not work.is_asked:
        return FigureState.NOT_ASKED, None
    if work is not None and not around.is_too_late(work.submitted_at):
        if work.points is None:
            return FigureState.WAITING, None
        most = work.maximum if isinstance(work, CheckpointTry) else column.source.maximum
        return FigureState.DONE, work.points / most if most else Fraction(0)
    if not around.is_asked or (column.is_participation and work is None):
        return FigureState.NOT_ASKED, None
    if around.has_joined_later:
        return FigureState.JOINED_LATER, None
    if around.missing_is_zero and around.is_due and not column.source.is_retired:
        return FigureState.ZERO, Fraction(0)
    return FigureState.NOTHING if work is None else FigureState.TOO_LATE, None


def _participation(score: Score, around: Circumstances) -> tuple[FigureState, Fraction | None]:
    """It counts from when it is due on; before, once it is met."""
    share = Fraction(score.done, score.needed) if score.needed else Fraction(0)
    if score.override is not None or share >= 1:
        return FigureState.DONE, share
    if around.has_joined_later:
        return FigureState.JOINED_LATER, None
    if around.deadlines.due_at is not None and not around.is_due:
        return FigureState.NOT_DUE, None
    return FigureState.DONE, share


def _is_late(work: Work | None, around: Circumstances) -> bool:
    if isinstance(work, Score):
        return bool(work.late)
    return work is not None and around.deadlines.is_late_at(work.submitted_at)
