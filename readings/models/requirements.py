"""What a reading asks of each participant, and how far one has come with it.

Pure: what was done at which time goes in, and what is asked, done and still open comes out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from readings.models.deadlines import Dated, Deadlines, Phase


class TaskKind(Enum):
    """What can be asked, in the order in which it is told."""

    READING = "reading"
    CHECKPOINTS = "checkpoints"
    POSTS = "posts"
    REPLIES = "replies"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that was done, or, without a time, that is still to be done.

    `place` is where in the reading it is done, as a fragment of its address.
    """

    kind: TaskKind
    done_at: datetime | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """So much of a kind is asked; `done` of it counts, and `late` of that came late."""

    kind: TaskKind
    needed: int
    done: int
    late: int = 0
    place: str = ""  # of the first that is still to be done

    @property
    def is_met(self) -> bool:
        return self.done >= self.needed

    @property
    def open(self) -> int:
        return self.needed - self.done


class Asking(Dated, Protocol):
    """A reading, as far as it asks for something."""

    @property
    def required_posts(self) -> int: ...
    @property
    def required_replies(self) -> int: ...


def requirements_of(
    reading: Asking, *, deadlines: Deadlines, progress: int, tasks: Iterable[Task]
) -> list[Requirement]:
    """Return what is asked of a member who has read `progress` percent and done these tasks.

    Where nothing else is asked and nothing is due, reading it is nobody's duty.
    """
    of: dict[TaskKind, list[Task]] = {}
    for task in tasks:
        of.setdefault(task.kind, []).append(task)
    asked = [
        _counted(kind, needed, of.get(kind, []), deadlines)
        for kind, needed in (
            (TaskKind.CHECKPOINTS, len(of.get(TaskKind.CHECKPOINTS, []))),
            (TaskKind.POSTS, reading.required_posts),
            (TaskKind.REPLIES, reading.required_replies),
        )
        if needed
    ]
    if not asked and reading.due_at is None:
        return []
    return [Requirement(TaskKind.READING, needed=1, done=int(progress >= 100)), *asked]


def _counted(
    kind: TaskKind, needed: int, tasks: Sequence[Task], deadlines: Deadlines
) -> Requirement:
    until = deadlines.counts_until
    times = sorted(one.done_at for one in tasks if one.done_at is not None)
    counted = [at for at in times if until is None or at <= until][:needed]
    late = sum(map(deadlines.is_late_at, counted))
    place = next((one.place for one in tasks if one.done_at is None), "")
    return Requirement(kind, needed, len(counted), late, place)


def can_still_be_met(deadlines: Deadlines, moment: datetime) -> bool:
    """Whether what is done then counts, in time or late."""
    return deadlines.phase_at(moment) in {Phase.OPEN, Phase.LATE}
