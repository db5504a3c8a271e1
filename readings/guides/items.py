"""Keeping the items of a guide: the same rows where they are the same items."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone

from readings.guides.asked_of import words_of_item
from readings.guides.guide_file import ParsedItem
from readings.guides.handlers import Consequence, PlacedItem, registered_handlers
from readings.guides.identity import ItemState, match_items
from readings.guides.places import place_of_passage, place_of_segment, stands_at
from readings.guides.prose import render_prose
from readings.models import NOTE_KINDS, Guide, GuideItem, Passage
from readings.passages import Segment, create_passage
from seminars.models import Membership


@dataclass(frozen=True, slots=True)
class FoundItem:
    """An item of the file with its place, and the places where its answers can be read."""

    parsed: ParsedItem
    segment: Segment
    sources: tuple[Segment | None, ...]


def apply_found(
    guide: Guide, found: Sequence[FoundItem], by: Membership
) -> tuple[list[PlacedItem], list[Consequence]]:
    """Make the guide's items those of the file; inside the transaction that holds its reading.

    Returns the items, and what that changes of what members did.

    What is the same item stays the same row, and whatever hangs on it stays; what
    is not in the file any more is taken off, and kept where something hangs on it.
    """
    earlier = _earlier(guide)
    same = match_items(
        [
            ItemState(one.kind, place_of_passage(one.passage), words_of_item(one.kind, one.body))
            for one in earlier
        ],
        [
            ItemState(
                one.parsed.kind,
                place_of_segment(one.segment),
                words_of_item(one.parsed.kind, one.parsed.body),
            )
            for one in found
        ],
    )
    placed = []
    left: set[int] = set()  # passages that no item stands on any more
    for position, one in enumerate(found):
        if position in same:
            item = earlier[same[position]]
            left |= _change(guide, item, one, position)
        else:
            item = _create(guide, one, position, by)
        placed.append(PlacedItem(item, one.parsed, one.sources))
    kept = set(same.values())
    gone = [one for j, one in enumerate(earlier) if j not in kept and one.removed_at is None]
    more, consequences = _hand_over(guide, placed, gone, by)
    # Whatever stood on them has been moved by now.
    Passage.objects.filter(pk__in=left | more).delete()
    return placed, consequences


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
        item.kind, item.body, item.html = one.parsed.kind, one.parsed.body, _html(one.parsed)
        item.position, item.removed_at = position, None
        item.save(
            update_fields=["passage", "kind", "body", "html", "terms", "position", "removed_at"]
        )
    return left


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
