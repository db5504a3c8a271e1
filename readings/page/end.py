"""The end of an essay: what is still open there for one member, and what they read next.

It is asked for when the end comes into sight, so that no page waits for it.
"""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.utils import timezone

from database.prepared import PreparedQuery
from readings.models import (
    Deadlines,
    Reading,
    Requirement,
    TaskKind,
    can_still_be_met,
    requirements_of,
)
from readings.page.layers import registered_layers
from readings.page.standing import Standing
from readings.page.tasks import tasks_of
from seminars.any_member import KINDS_KEPT, AnyMember
from seminars.models import Membership
from seminars.permissions import COUNTED_ROLES


@dataclass(frozen=True, slots=True)
class ReadingEnd:
    """`asked` is empty where nothing is asked, as of staff and guests."""

    asked: Sequence[Requirement]
    deadlines: Deadlines
    counts_now: bool  # what is done now still counts
    is_late: bool  # and what is done now is late
    new_comments: int
    new_threads: int
    following: Reading | None
    following_due_at: datetime | None

    @property
    def open(self) -> list[Requirement]:
        return [one for one in self.asked if not one.is_met]


def build_end(standing: Standing) -> ReadingEnd:
    """Put it together, in a fixed number of queries."""
    reading, member = standing.reading, standing.membership
    deadlines = reading.deadlines_for(member)
    asked: Sequence[Requirement] = ()
    if member.role in COUNTED_ROLES:
        tasks = tasks_of([member]).get((member.pk, reading.pk), ())
        # Who sees the end of it has read it to the end.
        asked = requirements_of(reading, deadlines=deadlines, progress=100, tasks=tasks)
    now = timezone.now()
    visit = standing.visit
    unread = _unread(reading, member, visit.begun_at) if visit else {}
    following = _following(reading, member)
    return ReadingEnd(
        asked=[one for one in asked if one.kind != TaskKind.READING],
        deadlines=deadlines,
        counts_now=can_still_be_met(deadlines, now),
        is_late=deadlines.is_late_at(now),
        new_comments=sum(unread.values()),
        new_threads=len(unread),
        following=following,
        following_due_at=following.deadlines_for(member).due_at if following else None,
    )


def _unread(reading: Reading, member: Membership, begun_at: datetime) -> Mapping[int, int]:
    """How much is new to them by thread, of what they see: the sums tell of each."""
    counts: dict[int, int] = {}
    for layer in registered_layers():
        counts |= layer.visible_unread(reading=reading, membership=member, begun_at=begun_at)
    return counts


def _following(reading: Reading, member: Membership) -> Reading | None:
    """The one after it in the order of the seminar's page, if there is one."""
    kinds, keys = AnyMember.kinds_of([member])
    listed = _readings_of(kinds).all(**keys)
    places = [one.pk for one in listed]
    after = places.index(reading.pk) + 1 if reading.pk in places else len(places)
    following = listed[after] if after < len(listed) else None
    if following is not None:
        following.seminar = reading.seminar
    return following


@functools.lru_cache(maxsize=KINDS_KEPT)
def _readings_of(kinds: tuple[AnyMember, ...]) -> PreparedQuery[Reading]:
    members: Any = cast("tuple[Membership, ...]", kinds)
    visible = Reading.objects.visible_to_any(members)
    return PreparedQuery(visible.for_seminar_page)
