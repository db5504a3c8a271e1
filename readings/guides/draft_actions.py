"""Writing a guide before it is added: the draft is begun, changed item by item, and discarded."""

from dataclasses import replace
from itertools import count

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from readings.guides.draft_items import (
    DraftItem,
    ItemChanged,
    check_item,
    end_of_paragraph,
    marks_of,
    parse_draft,
)
from readings.guides.draft_steps import hold_draft, require_right, save_items
from readings.guides.guide_file import (
    MAX_TITLE,
    Anchor,
    ParsedGuide,
    ParsedItem,
    format_guide,
    parse_guide,
)
from readings.guides.places import Candidate, NotFound, find_place
from readings.guides.unfinished import SentForm, take_finished
from readings.models import Block, Guide, GuideDraft, GuideDraftStep, Reading
from seminars.models import Membership


@transaction.atomic
def begin_draft(*, reading: Reading, by: Membership) -> GuideDraft:
    """Begin a draft with the reading's guide, or without items; one that is there goes on.

    Raises GuideRefused where the guide was added by an earlier version that read it otherwise.
    """
    require_right(reading, by)
    # Two who begin at once have the same draft.
    Reading.objects.select_for_update(of=("self",), no_key=True).get(pk=reading.pk)
    there = GuideDraft.objects.filter(reading=reading).first()
    if there and there.discarded_at is None:
        return there
    guide = Guide.objects.filter(reading=reading).first()
    if guide:
        parsed = parse_guide(guide.source)
    else:
        title = (_("Guide to “%s”") % reading.title)[:MAX_TITLE]
        parsed = ParsedGuide(title, reading.title[:MAX_TITLE], (), "", ())
    # A page that is open from a draft that was discarded names nothing in this one.
    keys = count(there.next_key if there else 1)
    marks = marks_of([DraftItem(next(keys), 1, one) for one in parsed.items], keys)
    GuideDraftStep.objects.filter(draft=there).delete()
    draft, _is_new = GuideDraft.objects.update_or_create(
        reading=reading,
        defaults={
            "seminar_id": reading.seminar_id,
            "text": format_guide(parsed),
            "marks": marks,
            "removed": [],
            "unfinished": [],
            "done_forms": [],
            "next_key": next(keys),
            "guide_version": guide.edit_version if guide else 0,
            "text_version": guide.edit_version if guide else 0,
            "edit_version": there.edit_version + 1 if there else 1,
            "changed_at": timezone.now(),
            "changed_by": by,
            "discarded_at": None,
        },
    )
    return draft


@transaction.atomic
def put_item(
    *,
    reading: Reading,
    by: Membership,
    item: ParsedItem,
    key: int | None = None,
    version: int = 0,
    sent: SentForm | None = None,
) -> int:
    """Put an item into the draft, in the place of `key` or behind those of its paragraph.

    What was kept of the form that is done so (`sent`) goes. Returns the item's key. Raises
    ItemChanged where the one that is replaced is no more at `version`, and NoGuideDraft. One
    that was taken off meanwhile is put in again by who has seen that (0).
    """
    draft = hold_draft(reading, by)
    guide, items = parse_draft(draft)
    at, is_changed = next((i for i, one in enumerate(items) if one.key == key), None), True
    if at is None:
        if key is not None and version:
            raise ItemChanged(None)
        key = draft.next_key
        draft.next_key += 1
        items.insert(end_of_paragraph(item, items), DraftItem(key, 1, item))
    elif items[at].edit_version == version:
        changed = replace(items[at], edit_version=version + 1, parsed=item)
        is_moved = items[at].parsed.anchor.number != item.anchor.number
        del items[at]
        items.insert(end_of_paragraph(item, items) if is_moved else at, changed)
    elif _same(items[at].parsed, item):
        is_changed = False
    else:
        raise ItemChanged(items[at])
    if take_finished(draft, sent) or is_changed:
        save_items(draft, guide, items, by, sent)
    return key or 0


@transaction.atomic
def shift_item(*, reading: Reading, by: Membership, key: int, version: int, later: bool) -> None:
    """Let an item change places with its neighbour of the same paragraph.

    Raises ItemChanged where it is no more as it was seen, so that twice is as once.
    And NoGuideDraft.
    """
    draft = hold_draft(reading, by)
    guide, items = parse_draft(draft)
    at = _position(items, key, version)
    number = items[at].parsed.anchor.number
    among = [i for i, one in enumerate(items) if one.parsed.anchor.number == number]
    to = among.index(at) + (1 if later else -1)
    if not 0 <= to < len(among):
        return
    items[at] = replace(items[at], edit_version=version + 1)
    items[at], items[among[to]] = items[among[to]], items[at]
    save_items(draft, guide, items, by)


@transaction.atomic
def place_item(
    *, reading: Reading, by: Membership, key: int, version: int, paragraph: int, before: int = 0
) -> bool:
    """Put an item before another one (`before`), or behind all of a paragraph.

    Returns whether it is still on the words that it was on: in another paragraph it is about the
    whole of it where that has no such words. Raises NotFound where the text has no such paragraph,
    ItemChanged where the item is no more as it was seen, so that twice is as once, and
    NoGuideDraft.
    """
    draft = hold_draft(reading, by)
    guide, items = parse_draft(draft)
    at = _position(items, key, version)
    was = items[at].parsed
    anchor = _anchor_at(paragraph, was.anchor.quote, reading)
    moved = replace(items.pop(at), edit_version=version + 1, parsed=replace(was, anchor=anchor))
    found = next((i for i, one in enumerate(items) if one.key == before), None)
    to = end_of_paragraph(moved.parsed, items) if found is None else found
    if (to, anchor) != (at, was.anchor):
        items.insert(to, moved)
        save_items(draft, guide, items, by)
    return anchor.quote == was.anchor.quote


def _anchor_at(paragraph: int, quote: str, reading: Reading) -> Anchor:
    """The place of these words in a paragraph; of all of it, where it has none such."""
    among = [Candidate(one) for one in Block.objects.filter(revision=reading.revision_id)]
    find_place(Anchor(paragraph, ""), among)
    try:
        find_place(Anchor(paragraph, quote), among)
    except NotFound:
        return Anchor(paragraph, "")
    return Anchor(paragraph, quote)


@transaction.atomic
def remove_item(
    *, reading: Reading, by: Membership, key: int, version: int, block: str = ""
) -> None:
    """Take an item out of the draft; it can be put back. Twice is as once.

    `block` is where it stood, "" where it found no place. Raises ItemChanged and NoGuideDraft.
    """
    draft = hold_draft(reading, by)
    guide, items = parse_draft(draft)
    if any(one["key"] == key for one in draft.removed):
        return
    at = _position(items, key, version)
    parsed = items.pop(at).parsed
    draft.removed.append(
        {
            "key": key,
            "kind": parsed.kind,
            "anchor": str(parsed.anchor),
            "body": parsed.body,
            "position": at,
            "block": block,
        }
    )
    save_items(draft, guide, items, by)


@transaction.atomic
def restore_item(*, reading: Reading, by: Membership, key: int) -> None:
    """Put an item back where it stood. Twice is as once; raises NoGuideDraft."""
    draft = hold_draft(reading, by)
    guide, items = parse_draft(draft)
    gone = next((one for one in draft.removed if one["key"] == key), None)
    if gone is None:
        return
    draft.removed.remove(gone)
    parsed = check_item(gone["kind"], gone["anchor"], gone["body"])
    items.insert(gone["position"], DraftItem(key, draft.next_key, parsed))
    # A version that nobody has seen of it.
    draft.next_key += 1
    save_items(draft, guide, items, by)


@transaction.atomic
def discard_draft(*, reading: Reading, by: Membership) -> None:
    """Let the draft go; it can be had back until another is begun. Twice is as once."""
    require_right(reading, by)
    GuideDraft.objects.filter(reading=reading, discarded_at=None).update(
        discarded_at=timezone.now()
    )


@transaction.atomic
def restore_draft(*, reading: Reading, by: Membership) -> None:
    """Take the draft up again. Twice is as once."""
    require_right(reading, by)
    GuideDraft.objects.filter(reading=reading).update(discarded_at=None)


def _position(items: list[DraftItem], key: int, version: int) -> int:
    found = next((i for i, one in enumerate(items) if one.key == key), None)
    if found is None:
        raise ItemChanged(None)
    if items[found].edit_version != version:
        raise ItemChanged(items[found])
    return found


def _same(one: ParsedItem, other: ParsedItem) -> bool:
    return (one.kind, one.anchor, one.body) == (other.kind, other.anchor, other.body)
