"""What counts towards what a reading asks, and what of it is late: for many times and dates."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from readings.models.deadlines import Phase, deadlines_of
from readings.models.requirements import Requirement, Task, TaskKind, requirements_of

START = datetime(2030, 3, 1, 12, 0, tzinfo=UTC)


@dataclass
class Asking:
    due_at: datetime | None = None
    late_until: datetime | None = None
    closes_at: datetime | None = None
    required_posts: int = 0
    required_replies: int = 0


def on(day: int) -> datetime:
    return START + timedelta(days=day)


def posts(*days: int) -> list[Task]:
    return [Task(TaskKind.POSTS, on(day)) for day in days]


def asked(reading: Asking, tasks: list[Task], progress: int = 0) -> list[Requirement]:
    return requirements_of(reading, deadlines=deadlines_of(reading), progress=progress, tasks=tasks)


def test_nothing_is_asked_where_nothing_is_due() -> None:
    assert asked(Asking(), posts(1, 2)) == []


def test_reading_is_asked_with_all_else() -> None:
    (reading,) = asked(Asking(due_at=on(9)), [])
    assert (reading.kind, reading.needed, reading.done) == (TaskKind.READING, 1, 0)
    assert asked(Asking(due_at=on(9)), [], progress=100)[0].is_met
    kinds = [one.kind for one in asked(Asking(required_posts=1, required_replies=2), [])]
    assert kinds == [TaskKind.READING, TaskKind.POSTS, TaskKind.REPLIES]


def test_late_is_counted_and_too_late_is_not() -> None:
    reading = Asking(on(5), on(7), on(9), required_posts=3)
    (_, found) = asked(reading, posts(1, 6, 8))
    assert (found.done, found.late, found.open) == (2, 1, 1)
    (_, found) = asked(reading, posts(1, 2, 3, 6))
    assert (found.done, found.late) == (3, 0), "what was in time is enough"


def test_checkpoints_are_asked_where_there_are_some() -> None:
    tasks = [
        Task(TaskKind.CHECKPOINTS, on(1), "#quiz-1"),
        Task(TaskKind.CHECKPOINTS, None, "#quiz-2"),
        Task(TaskKind.CHECKPOINTS, None, "#quiz-3"),
    ]
    (_, found) = asked(Asking(), tasks)
    assert (found.needed, found.done, found.place) == (3, 1, "#quiz-2")


@given(
    days=st.lists(st.integers(1, 20), max_size=8),
    needed=st.integers(1, 5),
    due=st.none() | st.integers(1, 20),
    late=st.none() | st.integers(1, 5),
)
def test_counts_are_those_of_the_phases(
    days: list[int], needed: int, due: int | None, late: int | None
) -> None:
    reading = Asking(
        due_at=None if due is None else on(due),
        late_until=None if due is None or late is None else on(due + late),
        required_posts=needed,
    )
    found = asked(reading, posts(*days))[-1]
    phases = [deadlines_of(reading).phase_at(on(day)) for day in sorted(days)]
    counted = [phase for phase in phases if phase in {Phase.OPEN, Phase.LATE}][:needed]
    assert found.done == len(counted)
    assert found.late == counted.count(Phase.LATE)
    assert found.is_met == (len(counted) == needed)
