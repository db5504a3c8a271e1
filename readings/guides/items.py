"""Keeping the items of a guide: the same rows where they are the same items."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone

from readings.guides.asked_of import words_of_item
from readings.guides.draft_parts import split_body
from readings.guides.guide_file import ParsedItem
from readings.guides.handlers import Consequence, PlacedItem, registered_handlers
from readings.guides.identity import ItemState, Place, match_items
from readings.guides.places import place_of_passage, place_of_segment, stands_at
from readings.guides.prose import render_prose
from readings.models import NOTE_KINDS, Guide, GuideItem, Passage
from readings.passages import Segment, create_passage
from seminars.models import Membership

MOST_WORDINGS = 50  # of one item: more often than that, nobody goes back


def item_state(
    kind: str, place: Place, body: str, wordings: Collection[str] = frozenset()
) -> ItemState:
    """An item as it is known again among others; `wordings` name what it said before."""
    words, parts = words_of_item(kind, body), split_body(kind, body)
    return ItemState(kind, place, words, parts, frozenset(wordings))


@dataclass(frozen=True, slots=True)
class FoundItem:
    """An item of the file with its place, and the places where its answers can be read."""

    parsed: ParsedItem
    segment: Segment
    sources: tuple[Segment | None, ...]


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What adding a guide does to one item: `change` is added, changed, moved, back or removed.

    `before` and `now` are its words, as Markdown; `block_key` is where it stands, or stood.
    """

    change: str
    kind: str
    block_key: str
    before: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True)
class AppliedItems:
    """The items as the file has them, what is other than before, and what members notice of it."""

    placed: tuple[PlacedItem, ...]
    changes: tuple[ItemChange, ...]
    consequences: tuple[Consequence, ...]


def apply_found(guide: Guide, found: Sequence[FoundItem], by: Membership) -> AppliedItems:
    """Make the guide's items those of the file; inside the transaction that holds its reading.

    What is the same item stays the same row, and whatever hangs on it stays; what
    is not in the file any more is taken off, and kept where something hangs on it.
    """
    earlier = _earlier(guide)
    same = match_items(
        [
            item_state(one.kind, place_of_passage(one.passage), one.body, one.wordings)
            for one in earlier
        ],
        [
            item_state(one.parsed.kind, place_of_segment(one.segment), one.parsed.body)
            for one in found
        ],
    )
    placed, changes = [], []
    left: set[int] = set()  # passages that no item stands on any more
    for position, one in enumerate(found):
        if position in same:
            item = earlier[same[position]]
            changes += _changes(item, one)
            left |= _change(guide, item, one, position)
        else:
            item = _create(guide, one, position, by)
            key = one.segment.block_key
            changes.append(ItemChange("added", item.kind, key, now=item.body))
        placed.append(PlacedItem(item, one.parsed, one.sources))
    kept = set(same.values())
    gone = [one for j, one in enumerate(earlier) if j not in kept and one.removed_at is None]
    changes += [
        ItemChange("removed", one.kind, one.passage.block_key, before=one.body) for one in gone
    ]
    more, consequences = _hand_over(guide, placed, gone, by)
    # Whatever stood on them has been moved by now.
    Passage.objects.filter(pk__in=left | more).delete()
    return AppliedItems(tuple(placed), tuple(changes), tuple(consequences))


def _changes(item: GuideItem, one: FoundItem) -> list[ItemChange]:
    """What the file says of an item that was there before: one change, or none."""
    parsed, key = one.parsed, one.segment.block_key
    if item.removed_at is not None:
        return [ItemChange("back", parsed.kind, key, item.body, parsed.body)]
    if (item.kind, item.body) != (parsed.kind, parsed.body):
        return [ItemChange("changed", parsed.kind, key, item.body, parsed.body)]
    if place_of_passage(item.passage) != place_of_segment(one.segment):
        return [ItemChange("moved", parsed.kind, key, item.body, parsed.body)]
    return []


def _earlier(guide: Guide) -> list[GuideItem]:
    """All that the guide has and had: what is on the text, then what was taken off last."""
    items = GuideItem.objects.filter(guide=guide).select_related("passage")
    return list(
        items.prefetch_related("passage__continuations").order_by(
            F("removed_at").desc(nulls_first=True), "position", "pk"
        )
    )


def _create(guide: Guide, one: FoundItem, position: int, by: Membership) -> GuideItem:
    return GuideItem.objects.create(
        seminar_id=guide.seminar_id,
        guide=guide,
        passage=create_passage(reading=guide.reading, segments=[one.segment]),
        kind=one.parsed.kind,
        body=one.parsed.body,
        html=_html(one.parsed),
        position=position,
        created_by=by,
    )


def _change(guide: Guide, item: GuideItem, one: FoundItem, position: int) -> set[int]:
    """Bring an item to what the file says of it; return the passages that it has left."""
    left = set()
    if not stands_at(item.passage, one.segment):
        left = {item.passage_id}
        item.passage = create_passage(reading=guide.reading, segments=[one.segment])
    before = (item.kind, item.body, item.position, item.removed_at)
    if left or before != (one.parsed.kind, one.parsed.body, position, None):
        item.wordings = _wordings(item, one.parsed.body)
        item.kind, item.body, item.html = one.parsed.kind, one.parsed.body, _html(one.parsed)
        item.position, item.removed_at = position, None
        item.save(
            update_fields=[
                *("passage", "kind", "body", "html", "terms", "position", "removed_at"),
                "wordings",
            ]
        )
    return left


def _wordings(item: GuideItem, body: str) -> list[str]:
    """What it has said before it says `body`, the last ones."""
    kind, place = item.kind, ("", None, None)
    was, now = (item_state(kind, place, one).wording for one in (item.body, body))
    said = [one for one in item.wordings if one != was]
    return item.wordings if was == now else [*said, was][-MOST_WORDINGS:]


def _hand_over(
    guide: Guide, placed: Sequence[PlacedItem], gone: Sequence[GuideItem], by: Membership
) -> tuple[set[int], list[Consequence]]:
    """Let each handler take its items; return the passages of those that are no more."""
    used: set[int] = set()
    consequences: list[Consequence] = []
    for handler in registered_handlers():
        kinds = handler.guide_kinds
        of_handler = [one for one in gone if one.kind in kinds]
        used |= handler.remove_items(of_handler, reading=guide.reading, by=by)
        consequences += handler.apply_items(
            [one for one in placed if one.item.kind in kinds], reading=guide.reading, by=by
        )
    GuideItem.objects.filter(pk__in=used).update(removed_at=timezone.now())
    unused = [one for one in gone if one.pk not in used]
    GuideItem.objects.filter(pk__in=[one.pk for one in unused]).delete()
    return {one.passage_id for one in unused}, consequences


def _html(parsed: ParsedItem) -> str:
    return render_prose(parsed.body) if parsed.kind in NOTE_KINDS else ""
