"""Whom the gates of a guide shut out of what they have read already: told before it is added.

What members wrote stands in the apps above: each says who did (`register_writers`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from readings.models import (
    Block,
    GateKind,
    GatePassing,
    Passage,
    PassedBy,
    Reading,
    ReadingGate,
    Visit,
    keep_extensions_of,
)
from readings.page import revision_text
from seminars.models import Membership, Role

# The keys of the members who wrote at one of these passages of the reading, as others may know.
Writers = Callable[[Reading, "QuerySet[Passage, Any]"], Iterable[int]]
Gates = Mapping[int, Any]  # gates by item, each with its `position`

PERCENT = 100

_writers: list[Writers] = []


def register_writers(writers: Writers) -> None:
    """Add to who wrote behind a gate; called from AppConfig.ready()."""
    _writers.append(writers)


@dataclass(frozen=True, slots=True)
class ClosingGate:
    """A gate that closes what was open: new, moved to an earlier place, or no longer to be skipped.

    `waiting` is how many members have not come through it; `beyond`, how many of these have read
    or written behind it.
    """

    words: str  # of the checkpoint, as Markdown
    block_key: str
    is_soft: bool
    waiting: int
    beyond: int


def gates_placed(reading: Reading) -> Gates:
    """The gates of a reading that close something. One query."""
    placed: Any = ReadingGate.objects.placed().filter(reading=reading)
    found = placed.select_related("item__passage")
    return {one.item_id: one for one in found if one.position is not None}


def closing_gates(reading: Reading, before: Gates) -> list[ClosingGate]:
    """Return what the gates close that they did not close `before`, in the order of the text."""
    now = gates_placed(reading)
    closing = [one for key, one in now.items() if _closes_more(one, before.get(key))]
    if not closing:
        return []
    members = _members_of(reading)
    return [
        _effect(reading, gate, members) for gate in sorted(closing, key=lambda one: one.position)
    ]


def _closes_more(now: Any, before: Any) -> bool:
    if before is None or now.position < before.position:
        return True
    return bool(before.is_soft and not now.is_soft)


def _members_of(reading: Reading) -> list[Membership]:
    """Those whom a gate stops: for whom the reading is, and to whom it is not closed, as a closed
    reading is read. Three queries."""
    roles = Membership.objects.current().with_role(Role.PARTICIPANT, Role.GUEST)
    members = list(roles.filter(seminar=reading.seminar_id).select_related("seminar"))
    named = set(reading.groups.values_list("pk", flat=True))
    keep_extensions_of(reading, members)
    return [
        one
        for one in members
        if (reading.open_to_guests if one.is_guest else True)
        and (not named or (one.group_id in named and not one.is_guest))
        and not reading.is_closed_to(one)
    ]


def _effect(reading: Reading, gate: Any, members: Sequence[Membership]) -> ClosingGate:
    through = GatePassing.objects.filter(gate=gate)
    if gate.kind == GateKind.HARD:
        through = through.exclude(how=PassedBy.SKIPPED)
    waiting = {one.pk for one in members} - set(through.values_list("membership_id", flat=True))
    passages = Passage.objects.behind(reading.pk, gate.position)
    beyond = set(_readers_behind(reading, gate.position))
    for writers in _writers:
        beyond.update(writers(reading, passages))
    return ClosingGate(
        words=gate.item.body,
        block_key=gate.item.passage.block_key,
        is_soft=gate.is_soft,
        waiting=len(waiting),
        beyond=len(waiting & beyond),
    )


def _readers_behind(reading: Reading, position: int) -> Iterable[int]:
    """The keys of the members who have come further in the text than that block. Two queries."""
    text = revision_text(reading)
    words = zip(text.shown, text.words, strict=True)
    front = sum(count for block, count in words if block.position <= position)
    part = PERCENT * front // max(sum(text.words), 1)
    there = Block.objects.filter(revision=reading.revision_id, position__gt=position)
    keys = set(there.values_list("key", flat=True))
    visits = Visit.objects.filter(reading=reading)
    for member, place, progress in visits.values_list("membership_id", "place", "progress"):
        if place in keys or progress > part:
            yield member
