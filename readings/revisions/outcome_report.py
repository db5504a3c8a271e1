"""What became of the passages of a reading, for an instructor: what changed, and who it concerns.

What hangs on a passage is told by the layers, and only what this member may see of
it: of others' private threads nothing but their number.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_lazy

from readings.models import Block, Passage, Placement, Reading, ReanchoredPassage
from readings.page import AttachedItem, registered_layers
from readings.passages import segments_of
from readings.revisions.outcomes import TextChange
from readings.revisions.passage_rows import RowValues, row_values, words_of
from readings.revisions.queries import reanchorings_to_current
from readings.revisions.text_changes import block_label
from seminars.models import Membership

ORDER = (Placement.UNANCHORED, Placement.CHANGED, Placement.MOVED, Placement.EXACT)
NAMES = {
    Placement.UNANCHORED: gettext_lazy("Words that are gone"),
    Placement.CHANGED: gettext_lazy("Words that changed"),
    Placement.MOVED: gettext_lazy("Words that moved"),
    Placement.EXACT: gettext_lazy("In their place"),
}


@dataclass(frozen=True, slots=True)
class PassageOutcome:
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
class OutcomeGroup:
    """The passages of one placement; of `hidden` ones the viewer may know the number alone."""

    placement: Placement
    outcomes: list[PassageOutcome] = field(default_factory=list)
    hidden: int = 0

    @property
    def name(self) -> str:
        return str(NAMES[self.placement])

    @property
    def total(self) -> int:
        return len(self.outcomes) + self.hidden

    @property
    def is_listed(self) -> bool:
        """What is in its place is counted and not listed."""
        return self.placement != Placement.EXACT and bool(self.total)


@dataclass(frozen=True, slots=True)
class OutcomeReport:
    """What reading_changes.html and reading_revision.html show."""

    groups: list[OutcomeGroup]
    at: datetime | None = None

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)

    @property
    def waiting(self) -> int:
        """How many have lost their words and nobody has decided about them."""
        gone = self.groups[0]
        return sum(1 for outcome in gone.outcomes if outcome.decided_at is None)


@dataclass(frozen=True, slots=True)
class _KnownRows:
    """A passage before and now, whoever may see it."""

    passage: int
    placement: str
    before: Sequence[RowValues]
    now: Sequence[RowValues]
    pk: int = 0
    decided_at: datetime | None = None


def outcomes_if_moved(
    *, reading: Reading, change: TextChange, membership: Membership
) -> OutcomeReport:
    """Return what would become of the passages; nothing is written."""
    passages = segments_of(Passage.objects.filter(reading=reading))
    known = (
        _KnownRows(one.rows[0].pk, one.placement, one.before, one.after)
        for one in change.outcomes(list(passages.values()))
    )
    return OutcomeReport(_groups(known, reading, membership, change.old_by_key, change.new_by_key))


def outcome_report_of(
    *, reading: Reading, membership: Membership, only: int | None = None
) -> OutcomeReport:
    """Return what became of the passages when the reading came to the text that it has now."""
    reanchorings = list(reanchorings_to_current(reading))
    moved = ReanchoredPassage.objects.filter(reanchoring__in=reanchorings).order_by("pk")
    if only is not None:
        moved = moved.filter(pk=only)
    passages = segments_of(Passage.objects.filter(reading=reading))
    known = [
        _KnownRows(
            one.passage_id,
            one.placement,
            one.before,
            row_values(passages[one.passage_id]),
            one.pk,
            one.decided_at,
        )
        for one in moved
        if one.passage_id in passages
    ]
    old = _blocks_before({one.from_revision_id for one in reanchorings}, known)
    new = {block.key: block for block in Block.objects.filter(revision_id=reading.revision_id)}
    at = reanchorings[0].created_at if reanchorings else None
    return OutcomeReport(_groups(known, reading, membership, old, new), at)


def _blocks_before(revisions: Iterable[int], known: Iterable[_KnownRows]) -> dict[str, Block]:
    """The blocks in which the passages stood before."""
    keys = {row["block_key"] for one in known for row in one.before}
    blocks = Block.objects.filter(revision_id__in=list(revisions)).order_by("revision_id")
    return {block.key: block for block in blocks.defer("html") if block.key in keys}


def _groups(
    known: Iterable[_KnownRows],
    reading: Reading,
    membership: Membership,
    old: Mapping[str, Block],
    new: Mapping[str, Block],
) -> list[OutcomeGroup]:
    attached: defaultdict[int, list[AttachedItem]] = defaultdict(list)
    for layer in registered_layers():
        for item in layer.attached_items(reading=reading, membership=membership):
            attached[item.passage].append(item)
    groups = {placement: OutcomeGroup(placement) for placement in ORDER}
    for one in known:
        group = groups[Placement(one.placement)]
        seen = [item for item in attached[one.passage] if item.name]
        if seen:
            group.outcomes.append(_outcome(one, seen, old, new))
        elif attached[one.passage]:
            group.hidden += 1
    for group in groups.values():
        order = {key: block.position for key, block in {**old, **new}.items()}
        group.outcomes.sort(key=lambda outcome: order.get(outcome.anchor, 0))
    return list(groups.values())


def _outcome(
    one: _KnownRows,
    seen: Sequence[AttachedItem],
    old: Mapping[str, Block],
    new: Mapping[str, Block],
) -> PassageOutcome:
    before, now = one.before[0], one.now[0]
    was, is_now = old.get(before["block_key"]), new.get(now["block_key"])
    words = words_of(one.now)
    if not words and is_now and now["placement"] != Placement.UNANCHORED:
        words = is_now.text
    return PassageOutcome(
        pk=one.pk,
        placement=one.placement,
        earlier=before["earlier_quote"] or words_of(one.before) or (was.text if was else ""),
        now=words,
        place_before=block_label(was),
        place_now=block_label(is_now),
        anchor=now["block_key"],
        attached_items=seen,
        decided_at=one.decided_at,
    )
