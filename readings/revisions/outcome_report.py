"""What became of the passages of a reading, for an instructor: what changed, and who it concerns.

What hangs on a passage is told by the layers, and only what this member may see of
it: of others' private threads nothing but their number.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from readings.models import Block, Passage, Placement, Reading, ReanchoredPassage
from readings.page import AttachedItem, registered_layers
from readings.passages import segments_of
from readings.revisions.outcomes import TextChange
from readings.revisions.passage_rows import Row, rows_of, words_of
from readings.revisions.queries import ways_here
from readings.revisions.text_changes import place_of
from seminars.models import Membership

ORDER = (Placement.UNANCHORED, Placement.CHANGED, Placement.MOVED, Placement.EXACT)
NAMES = {
    Placement.UNANCHORED: "Words that are gone",
    Placement.CHANGED: "Words that changed",
    Placement.MOVED: "Words that moved",
    Placement.EXACT: "In their place",
}


@dataclass(frozen=True, slots=True)
class Fate:
    """One passage before and now, with what hangs on it that the viewer may see.

    `pk` is that of its ReanchoredPassage, 0 in a preview; the places are words like “¶ 4”.
    """

    pk: int
    placement: str
    earlier: str
    now: str
    place_before: str
    place_now: str
    anchor: str
    attached_items: Sequence[AttachedItem]
    decided_at: datetime | None = None

    @property
    def is_gone(self) -> bool:
        return self.placement == Placement.UNANCHORED


@dataclass(slots=True)
class Group:
    """The passages of one fate; of `hidden` ones the viewer may know the number alone."""

    placement: Placement
    fates: list[Fate] = field(default_factory=list)
    hidden: int = 0

    @property
    def name(self) -> str:
        return NAMES[self.placement]

    @property
    def total(self) -> int:
        return len(self.fates) + self.hidden

    @property
    def is_listed(self) -> bool:
        """What is in its place is counted and not listed."""
        return self.placement != Placement.EXACT and bool(self.total)


@dataclass(frozen=True, slots=True)
class Fates:
    """What reading_changes.html and reading_revision.html show."""

    groups: list[Group]
    at: datetime | None = None

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)

    @property
    def waiting(self) -> int:
        """How many have lost their words and nobody has decided about them."""
        gone = self.groups[0]
        return sum(1 for fate in gone.fates if fate.decided_at is None)


@dataclass(frozen=True, slots=True)
class _Known:
    """A passage before and now, whoever may see it."""

    passage: int
    placement: str
    before: Sequence[Row]
    now: Sequence[Row]
    pk: int = 0
    decided_at: datetime | None = None


def outcomes_if_moved(*, reading: Reading, change: TextChange, membership: Membership) -> Fates:
    """Return what would become of the passages; nothing is written."""
    chains = segments_of(Passage.objects.filter(reading=reading))
    known = (
        _Known(one.chain[0].pk, one.placement, one.before, one.after)
        for one in change.outcomes(list(chains.values()))
    )
    return Fates(_groups(known, reading, membership, change.old_by_key, change.new_by_key))


def outcome_report_of(
    *, reading: Reading, membership: Membership, only: int | None = None
) -> Fates:
    """Return what became of the passages when the reading came to the text that it has now."""
    ways = list(ways_here(reading))
    moved = ReanchoredPassage.objects.filter(reanchoring__in=ways).order_by("pk")
    if only is not None:
        moved = moved.filter(pk=only)
    chains = segments_of(Passage.objects.filter(reading=reading))
    known = [
        _Known(
            one.passage_id,
            one.placement,
            one.before,
            rows_of(chains[one.passage_id]),
            one.pk,
            one.decided_at,
        )
        for one in moved
        if one.passage_id in chains
    ]
    old = _places({way.from_revision_id for way in ways}, known)
    new = {block.key: block for block in Block.objects.filter(revision_id=reading.revision_id)}
    at = ways[0].created_at if ways else None
    return Fates(_groups(known, reading, membership, old, new), at)


def _places(revisions: Iterable[int], known: Iterable[_Known]) -> dict[str, Block]:
    """The blocks in which the passages stood before."""
    keys = {row["block_key"] for one in known for row in one.before}
    blocks = Block.objects.filter(revision_id__in=list(revisions)).order_by("revision_id")
    return {block.key: block for block in blocks.defer("html") if block.key in keys}


def _groups(
    known: Iterable[_Known],
    reading: Reading,
    membership: Membership,
    old: Mapping[str, Block],
    new: Mapping[str, Block],
) -> list[Group]:
    hung: defaultdict[int, list[AttachedItem]] = defaultdict(list)
    for layer in registered_layers():
        for hanger in layer.attached_items(reading=reading, membership=membership):
            hung[hanger.passage].append(hanger)
    groups = {placement: Group(placement) for placement in ORDER}
    for one in known:
        group = groups[Placement(one.placement)]
        seen = [hanger for hanger in hung[one.passage] if hanger.name]
        if seen:
            group.fates.append(_fate(one, seen, old, new))
        elif hung[one.passage]:
            group.hidden += 1
    for group in groups.values():
        order = {key: block.position for key, block in {**old, **new}.items()}
        group.fates.sort(key=lambda fate: order.get(fate.anchor, 0))
    return list(groups.values())


def _fate(
    one: _Known, seen: Sequence[AttachedItem], old: Mapping[str, Block], new: Mapping[str, Block]
) -> Fate:
    before, now = one.before[0], one.now[0]
    was, is_now = old.get(before["block_key"]), new.get(now["block_key"])
    words = words_of(one.now)
    if not words and is_now and now["placement"] != Placement.UNANCHORED:
        words = is_now.text
    return Fate(
        pk=one.pk,
        placement=one.placement,
        earlier=before["earlier_quote"] or words_of(one.before) or (was.text if was else ""),
        now=words,
        place_before=place_of(was),
        place_now=place_of(is_now),
        anchor=now["block_key"],
        attached_items=seen,
        decided_at=one.decided_at,
    )
