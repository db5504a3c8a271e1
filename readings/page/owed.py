"""What a person still owes, over all their seminars, and how far each of it has come."""

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from database.prepared import SIZES_KEPT, PreparedQuery, PreparedRows, filled, listed, size_for
from readings.models import (
    Asking,
    Deadlines,
    Extension,
    Requirement,
    Task,
    TaskKind,
    Visit,
    can_still_be_met,
    deadlines_of,
    requirements_of,
)
from readings.page.tasks import tasks_of
from seminars.models import Membership
from seminars.permissions import COUNTED_ROLES

_KEY = BigIntegerField()


@dataclass(frozen=True, slots=True)
class AskedReading:
    """What a reading asks of one member, and until when: `given` is the more time they have.

    `progress` is how far they have read, in percent; None where they have not begun.
    """

    requirements: Sequence[Requirement]
    deadlines: Deadlines
    progress: int | None
    given: Sequence[Extension] = ()

    @property
    def is_owed(self) -> bool:
        """Something is open, and what is done for it now still counts.

        Reading alone is owed until it is due: nobody counts whether it was late.
        """
        now = timezone.now()
        return bool(self.open_at(now)) and can_still_be_met(self.deadlines, now)

    def open_at(self, moment: datetime) -> list[Requirement]:
        """What is not met, of what is asked of them then."""
        is_late = self.deadlines.is_late_at(moment)
        return [
            one
            for one in self.requirements
            if not one.is_met and not (is_late and one.kind == TaskKind.READING)
        ]


_NAMES = {
    TaskKind.READING: lambda: _("Read to the end"),
    TaskKind.CHECKPOINTS: lambda: _("Checkpoints"),
    TaskKind.POSTS: lambda: _("Posts"),
    TaskKind.REPLIES: lambda: _("Replies to others"),
}


def task_name(kind: TaskKind) -> str:
    """What is asked, as people are told it."""
    return _NAMES[kind]()


class Ledger:
    """What was asked of these members of one person, and what they have done of it.

    Loaded in six queries, where one of them takes part in a seminar; else in none.
    """

    def __init__(self, members: Iterable[Membership]) -> None:
        counted = [one for one in members if one.role in COUNTED_ROLES]
        self._member_of = {one.seminar_id: one.pk for one in counted}
        self._tasks: Mapping[tuple[int, int], Sequence[Task]] = tasks_of(counted)
        self._progress = _progress(counted)
        self._given = _extensions(counted)

    def of(self, seminar_id: int, reading_id: int, reading: Asking) -> AskedReading | None:
        """Return what one reading asks; None where this person is not counted there."""
        member = self._member_of.get(seminar_id)
        if member is None:
            return None
        given = self._given.get(reading_id, ())
        deadlines = deadlines_of(reading, given)
        progress = self._progress.get((member, reading_id))
        requirements = requirements_of(
            reading,
            deadlines=deadlines,
            progress=progress or 0,
            tasks=self._tasks.get((member, reading_id), ()),
        )
        return AskedReading(requirements, deadlines, progress, given)


def _progress(members: Sequence[Membership]) -> Mapping[tuple[int, int], int]:
    if not members:
        return {}
    keys = [one.pk for one in members]
    rows = _visits(size_for(keys)).all(**filled("member", keys))
    return {(member, reading): progress for member, reading, progress in rows}


@functools.lru_cache(maxsize=SIZES_KEPT)
def _visits(size: int) -> PreparedRows:
    asks = Q(reading__required_posts__gt=0) | Q(reading__required_replies__gt=0)

    def make() -> Any:
        visits = Visit.objects.filter(membership__pk__in=listed("member", _KEY, size))
        asked = visits.filter(asks | Q(reading__due_at__isnull=False))
        return asked.order_by().values_list("membership_id", "reading_id", "progress")

    return PreparedRows(make)


def _extensions(members: Sequence[Membership]) -> Mapping[int, list[Extension]]:
    """What was given to these members, by reading: no two of them are of one seminar."""
    if not members:
        return {}
    keys, groups = [one.pk for one in members], [one.group_id or 0 for one in members]
    size = size_for(keys)
    found = _extensions_given(size).all(**filled("member", keys), **filled("group", groups))
    given: defaultdict[int, list[Extension]] = defaultdict(list)
    for one in found:
        given[one.reading_id].append(one)
    return given


@functools.lru_cache(maxsize=SIZES_KEPT)
def _extensions_given(size: int) -> PreparedQuery[Extension]:
    theirs = Q(membership__pk__in=listed("member", _KEY, size))
    their_groups = Q(group__pk__in=listed("group", _KEY, size))
    return PreparedQuery(lambda: Extension.objects.standing().filter(theirs | their_groups))
