"""Which checkpoints of their readings members have handed in."""

import functools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import BigIntegerField, F

from database.prepared import SIZES_KEPT, PreparedRows, filled, listed, size_for
from quizzes.models import Attempt, Quiz
from readings.models import Task, TaskKind
from seminars.models import Membership

_KEY = BigIntegerField()


@functools.lru_cache(maxsize=SIZES_KEPT)
def _asked(size: int) -> PreparedRows:
    """The checkpoints of these seminars, in the order of their guides."""

    def make() -> Any:
        there = Quiz.objects.filter(retired_at=None, seminar__pk__in=listed("seminar", _KEY, size))
        ordered = there.order_by("reading_id", "item__position", "pk")
        return ordered.values_list("seminar_id", "reading_id", "pk")

    return PreparedRows(make)


@functools.lru_cache(maxsize=SIZES_KEPT)
def _handed_in(size: int) -> PreparedRows:
    """The tries that count."""

    def make() -> Any:
        members = listed("member", _KEY, size)
        tries = Attempt.objects.submitted().filter(number=1, membership__pk__in=members)
        now = tries.filter(quiz__retired_at=None).annotate(at=F("submitted_at"))
        return now.order_by().values_list("membership_id", "quiz_id", "at")

    return PreparedRows(make)


def checkpoint_tasks(members: Sequence[Membership]) -> Iterator[tuple[tuple[int, int], Task]]:
    """Yield, by member and reading, each checkpoint, and when it was handed in. Two queries."""
    keys, seminars = [one.pk for one in members], [one.seminar_id for one in members]
    at = {
        (member, quiz): time
        for member, quiz, time in _handed_in(size_for(keys)).all(**filled("member", keys))
    }
    members_of: defaultdict[int, list[int]] = defaultdict(list)
    for one in members:
        members_of[one.seminar_id].append(one.pk)
    for seminar, reading, quiz in _asked(size_for(seminars)).all(**filled("seminar", seminars)):
        for member in members_of[seminar]:
            task = Task(TaskKind.CHECKPOINTS, at.get((member, quiz)), f"#quiz-{quiz}")
            yield (member, reading), task
