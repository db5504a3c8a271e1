"""Where the texts of readings end for members who have not come through a gate."""

import functools
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, FilteredRelation, OuterRef, Q

from database.prepared import SIZES_KEPT, PreparedRows, filled, listed, size_for
from readings.models import ReadingGate, closed_to_each
from seminars.gates import GatePlaces
from seminars.models import Membership

_Row = tuple[int, int, int, datetime | None]


def find_gate_places(member: Membership) -> GatePlaces:
    """Return the readings that end at a gate for this member, and where. One query; two more where
    such a reading was closed."""
    return tuple(sorted(_places([member])[member.pk].items()))


def load_gate_places(members: Sequence[Membership]) -> None:
    """Let these memberships know where their texts end, in one query at the most."""
    gated = [one for one in members if one.seminar.has_gates and not one.is_staff]
    asked = [one for one in gated if not one.seminar.is_read_only]
    found = _places(asked)
    for member in members:
        member.gate_places = tuple(sorted(found[member.pk].items()))


def _places(members: Sequence[Membership]) -> defaultdict[int | None, dict[int, int]]:
    """By member and reading, the position of the last block that is served."""
    found: defaultdict[int | None, dict[int, int]] = defaultdict(dict)
    keys = [one.pk for one in members if one.pk]
    if not keys:
        return found
    rows: list[_Row] = [
        (member, reading, position, closes_at)
        for member, reading, position, closes_at in _closed(size_for(keys)).all(
            **filled("member", keys)
        )
        if position is not None  # what has no place in the text closes nothing
    ]
    # What is closed is all read.
    over = closed_to_each({(row[1], row[3]) for row in rows}, members)
    for member, reading, position, _closes_at in rows:
        if (member, reading) in over:
            continue
        there = found[member]
        there[reading] = min(position, there.get(reading, position))
    return found


@functools.lru_cache(maxsize=SIZES_KEPT)
def _closed(size: int) -> PreparedRows:
    """The query for so many members: (membership, reading, position, when the reading closes)."""
    asked = Q(seminar__memberships__pk__in=listed("member", BigIntegerField(), size))

    def make() -> Any:
        gates = ReadingGate.objects.placed().filter(reading__removed_at=None)
        theirs = gates.annotate(
            member=FilteredRelation("seminar__memberships", condition=asked)
        ).filter(member__isnull=False)
        closed = theirs.closed_to(OuterRef("member__pk"))
        return closed.order_by().values_list(
            "member__pk", "reading", "position", "reading__closes_at"
        )

    return PreparedRows(make)
