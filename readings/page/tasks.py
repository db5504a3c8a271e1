"""What members have done of what readings ask: each app above says what it knows of.

So the page's end, the seminar's page and the home page count in the same way.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from readings.models import Task
from seminars.models import Membership
from seminars.permissions import COUNTED_ROLES

# By the keys of a membership and a reading.
Tasks = Mapping[tuple[int, int], Sequence[Task]]
# Of these members, in all readings of their seminars; in a fixed number of queries.
TaskSource = Callable[[Sequence[Membership]], Iterable[tuple[tuple[int, int], Task]]]

_sources: list[TaskSource] = []


def register_tasks(source: TaskSource) -> None:
    """Add to what is counted; called from AppConfig.ready()."""
    _sources.append(source)


def tasks_of(members: Sequence[Membership]) -> Tasks:
    """Return what these members have done, and have to do, by member and reading.

    Of whom nothing is asked (staff, guests), nothing is told.
    """
    counted = [one for one in members if one.role in COUNTED_ROLES and one.removed_at is None]
    tasks: defaultdict[tuple[int, int], list[Task]] = defaultdict(list)
    if counted:
        for source in _sources:
            for key, task in source(counted):
                tasks[key].append(task)
    return tasks
