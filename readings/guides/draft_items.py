"""The draft of a guide as its items, each with the key by which pages name it.

parse_draft reads its text, and write_draft writes it back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from readings.guides.asked_of import check_asked_of
from readings.guides.draft_parts import PartMark, marked, read_marks
from readings.guides.guide_file import (
    GuideRefused,
    ParsedGuide,
    ParsedItem,
    Problem,
    format_guide,
    parse_anchor,
    parse_guide,
    sources_of,
)
from readings.guides.identity import ItemState
from readings.guides.items import item_state
from readings.models import Guide, GuideDraft, Reading


class NoGuideDraft(Exception):
    """The draft was published or discarded meanwhile."""


class ItemChanged(Exception):
    """The item was changed since it was seen; `current` is how it stands now, None where gone."""

    def __init__(self, current: Any) -> None:
        self.current = current
        super().__init__()


@dataclass(frozen=True, slots=True)
class DraftItem:
    """One item of a draft; `edit_version` is raised by every change of it."""

    key: int
    edit_version: int
    parsed: ParsedItem
    parts: tuple[PartMark, ...] = ()


def draft_of(reading: Reading) -> GuideDraft | None:
    """Return the draft of a reading's guide, also one that was discarded and can be had back."""
    found = GuideDraft.objects.filter(reading=reading)
    return found.select_related("changed_by__user").first()


def finish_draft(guide: Guide, version: int) -> None:
    """Let go of the draft that was published at `version`, if there is nothing else in it.

    What is not ready stays in it, and so does what was changed since: then it goes on from the
    guide that there is now. A guide that was published otherwise (0) is another than it was begun
    with.
    """
    held = GuideDraft.objects.select_for_update(of=("self",))
    draft = held.filter(reading_id=guide.reading_id).first() if version else None
    if draft is None:
        return
    if draft.unfinished or (draft.edit_version != version and draft.text != guide.source):
        draft.guide_version = guide.edit_version
        draft.save(update_fields=["guide_version"])
    else:
        draft.delete()


def parse_draft(draft: GuideDraft) -> tuple[ParsedGuide, list[DraftItem]]:
    """Return the guide that the draft is, and its items with their keys."""
    guide = parse_guide(draft.text, may_be_empty=True)
    items = [
        DraftItem(mark["key"], mark["version"], parsed, read_marks(mark.get("parts"), parsed))
        for mark, parsed in zip(draft.marks, guide.items, strict=True)
    ]
    return guide, items


def write_draft(draft: GuideDraft, guide: ParsedGuide, items: Sequence[DraftItem]) -> None:
    """Write the items into the draft; raise GuideRefused where they do not read back the same."""
    written = tuple(one.parsed for one in items)
    text = format_guide(replace(guide, items=written))
    read = parse_guide(text, may_be_empty=True).items
    if list(map(content_of, read)) != list(map(content_of, written)):
        message = _("a line that begins with “## ” would begin another part. Write “### ”.")
        raise GuideRefused([Problem(1, message)])
    draft.text = text
    draft.marks = marks_of(items, new_keys(draft))


def marks_of(items: Sequence[DraftItem], keys: Iterator[int]) -> list[dict[str, Any]]:
    """Return what a draft keeps beside its text; parts that are new take their keys from `keys`."""
    return [
        {
            "key": one.key,
            "version": one.edit_version,
            "parts": [part.as_kept for part in marked(one.parsed, one.parts, keys)],
        }
        for one in items
    ]


def new_keys(draft: GuideDraft) -> Iterator[int]:
    """Keys, and versions, that nothing in the draft has had; it counts on as they are taken."""
    while True:
        draft.next_key += 1
        yield draft.next_key - 1


def check_item(kind: str, anchor: str, body: str) -> ParsedItem:
    """Return the item as a guide's file would have it, read alone; lines count within its body.

    Raises GuideRefused.
    """
    body = body.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    text = format_guide(
        ParsedGuide("-", "", (), "", (ParsedItem(kind, parse_anchor(anchor, 1), body, "", 0),))
    )
    try:
        item, *more = parse_guide(text).items
        before = item.body_line - 1
        if more:
            message = _("a line that begins with “## ” would begin another part. Write “### ”.")
            raise GuideRefused([Problem(more[0].line, message)])
        item = replace(item, body_line=before + 1)
        if kind == "prompt":
            check_asked_of(item)
        sources_of(item)
    except GuideRefused as refused:
        # The head and the heading stand above: eight lines at most, of which the form has none.
        above = text[: text.index("\n## ")].count("\n") + 3
        problems = [Problem(max(one.line - above, 1), one.message) for one in refused.problems]
        raise GuideRefused(problems) from None
    return item


def end_of_paragraph(item: ParsedItem, items: Sequence[DraftItem]) -> int:
    """Where an item goes in: behind all of its paragraph and of those before it."""
    number = item.anchor.number or 0
    before = [i for i, one in enumerate(items) if (one.parsed.anchor.number or 0) <= number]
    return before[-1] + 1 if before else 0


def content_of(item: ParsedItem) -> tuple[str, str, str]:
    """What the file says of an item."""
    return item.kind, str(item.anchor), item.body


def state_of(item: ParsedItem) -> ItemState:
    """An item as it is known again among others, by its words and where the file says it is."""
    return item_state(item.kind, (str(item.anchor), None, None), item.body)
