"""The page on which a guide is written: the text, and below each block what hangs there."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from readings.guides.asked_of import asked_of
from readings.guides.draft_bar import DraftBar
from readings.guides.draft_contents import DraftPlacing, DraftSection, sections_of
from readings.guides.draft_items import DraftItem, draft_of, parse_draft
from readings.guides.draft_parts import parts_of
from readings.guides.guide_file import ParsedItem
from readings.guides.link_ends import hindrances_of
from readings.guides.link_items import LinkItem, link_of
from readings.guides.places import Candidate, NotFound, find_place
from readings.guides.prose import render_prose
from readings.guides.unfinished_shown import ShownUnfinished, shown_unfinished
from readings.models import Block, GuideDraft, GuideItemKind, Reading
from readings.page import RevisionText, block_element, revision_text, words_of

SHOWN_LINES = 40  # of a checkpoint: longer ones are read on the page where they are edited
Unready = Sequence[ShownUnfinished]


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item of the draft as the page shows it, and whether it can go up or down.

    With a `template`, the app of its kind shows it, by `content`. `unfinished` is what is written
    of it and not ready.
    """

    item: DraftItem
    kind: str
    html: SafeString
    source: str
    quote: str
    anchor: str
    link: LinkItem | None
    template: str = ""
    content: Any = None
    block: str = ""
    reason: str = ""
    is_first: bool = True
    is_last: bool = True
    unfinished: Unready = ()


@dataclass(slots=True)
class DraftBlock:
    """One block of the text with the draft's items below it, and what was taken off there.

    `unfinished` are new parts that are not ready.
    """

    key: str
    number: int | None
    html: SafeString
    items: list[ShownItem] = field(default_factory=list)
    removed: list[dict[str, object]] = field(default_factory=list)
    unfinished: Unready = ()


@dataclass(frozen=True, slots=True)
class DraftPage:
    """All blocks, or those that are asked for, and the items whose place is not in the text."""

    blocks: list[DraftBlock]
    unplaced: DraftBlock
    bar: DraftBar
    sections: list[DraftSection]

    @classmethod
    def of(
        cls,
        draft: GuideDraft,
        reading: Reading,
        only: Collection[str] | None = None,
        *,
        as_asked: bool = False,
    ) -> "DraftPage":
        """`as_asked`: as a participant will see it, without keys, and what is ready alone."""
        blocks, text = blocks_of(reading), revision_text(reading)
        _guide, items = parse_draft(draft)
        unready = [] if as_asked else shown_unfinished(draft, reading, items, blocks)
        far = _far_reasons(items, reading)
        if as_asked:  # a link is not there before its other end is
            items = [one for one in items if one.key not in far]
        shown = _shown_items(items, blocks, unready, far, as_asked=as_asked)
        placed = [DraftPlacing(one.item, one.block) for one in shown]
        at: defaultdict[str, list[ShownItem]] = defaultdict(list)
        for one in shown:
            at[one.block].append(one)
        gone: defaultdict[str, list[dict[str, object]]] = defaultdict(list)
        for taken in draft.removed:
            label = GuideItemKind(taken["kind"]).label
            gone[taken["block"]].append({"key": taken["key"], "kind": str(label)})
        new: defaultdict[str, list[ShownUnfinished]] = defaultdict(list)
        for part in unready:
            if not part.is_change:
                new[part.block].append(part)
        return cls(
            blocks=[
                DraftBlock(
                    block.key,
                    block.number,
                    SafeString(block_element(block, _words(block, text))),
                    at[block.key],
                    gone[block.key],
                    new[block.key],
                )
                for block in blocks
                if only is None or block.key in only
            ],
            unplaced=DraftBlock("", None, SafeString(), at[""], gone[""], new[""]),
            bar=DraftBar.showing(draft, items, blocks, unready),
            sections=sections_of(blocks, placed, unready),
        )


def blocks_of(reading: Reading) -> list[Block]:
    return list(Block.objects.filter(revision=reading.revision_id).order_by("position"))


def block_at(reading: Reading, number: int | None) -> str:
    """The key of the paragraph of this number; "" where there is none."""
    found = Block.objects.filter(revision=reading.revision_id, number=number)
    return found.values_list("key", flat=True).first() or "" if number else ""


def live_draft(reading: Reading) -> GuideDraft | None:
    """Return the draft that is being written, if there is one."""
    draft = draft_of(reading)
    return draft if draft and draft.discarded_at is None else None


def held_back(reading: Reading) -> Unready:
    """What of the draft is not ready, and so is not published with it."""
    draft = live_draft(reading)
    if draft is None or not draft.unfinished:
        return ()
    return shown_unfinished(draft, reading, parse_draft(draft)[1], blocks_of(reading))


def _words(block: Block, text: RevisionText) -> str:
    return words_of(block, text.pictures, text.references.get(block.key, ()), ())


def _words_of(item: ParsedItem) -> str:
    if item.kind == GuideItemKind.LINK:
        return link_of(item.body).words
    return asked_of(item.body).words if item.kind == GuideItemKind.PROMPT else item.body


def _far_reasons(items: Sequence[DraftItem], reading: Reading) -> dict[int, str]:
    """What keeps links off at their other end, by their keys."""
    links = [one for one in items if one.parsed.kind == GuideItemKind.LINK]
    found = hindrances_of([link_of(one.parsed.body) for one in links], reading)
    return {one.key: found.reason for one, found in zip(links, found, strict=True) if found}


def _shown_items(
    items: Sequence[DraftItem],
    blocks: Sequence[Block],
    unready: Unready,
    far: Mapping[int, str],
    *,
    as_asked: bool,
) -> list[ShownItem]:
    candidates = [Candidate(one) for one in blocks]
    order: defaultdict[int | None, list[int]] = defaultdict(list)
    for one in items:
        order[one.parsed.anchor.number].append(one.key)
    of_item: defaultdict[int, list[ShownUnfinished]] = defaultdict(list)
    for part in unready:
        if part.is_change:
            of_item[part.kept.place.item].append(part)
    return [
        _shown(
            one,
            candidates,
            order[one.parsed.anchor.number],
            of_item[one.key],
            far.get(one.key, ""),
            as_asked=as_asked,
        )
        for one in items
    ]


def _shown(
    one: DraftItem,
    among: Sequence[Candidate],
    order: list[int],
    unready: Unready,
    reason: str,
    *,
    as_asked: bool,
) -> ShownItem:
    item, block = one.parsed, ""
    try:
        block = find_place(item.anchor, among).block_key
    except NotFound as why:
        reason = str(why)
    of_parts = {part.kept.place.part: part for part in unready if part.kept.place.part}
    template, content = _content(one, of_parts, as_asked=as_asked)
    is_source = item.kind == GuideItemKind.CHECKPOINT and content is None
    return ShownItem(
        item=one,
        kind=str(GuideItemKind(item.kind).label),
        html=SafeString("" if is_source or content else render_prose(_words_of(item))),
        source="\n".join(item.body.split("\n")[:SHOWN_LINES]) if is_source else "",
        quote=item.anchor.quote,
        anchor=str(item.anchor),
        link=link_of(item.body) if item.kind == GuideItemKind.LINK else None,
        template=template if content else "",
        content=content,
        block=block,
        reason=reason,
        is_first=one.key == order[0],
        is_last=one.key == order[-1],
        unfinished=[part for part in unready if not content or not part.kept.place.part],
    )


def _content(
    one: DraftItem, unready: Mapping[int, ShownUnfinished], *, as_asked: bool
) -> tuple[str, Any]:
    """The template with which the app of its kind shows an item, and what it takes."""
    parts = parts_of(one.parsed.kind)
    if parts is None:
        return "", None
    if as_asked:
        return parts.asked_template, parts.asked(one.parsed, one.parts)
    return parts.template, parts.shown(one.parsed, one.parts, unready)
