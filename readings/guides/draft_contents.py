"""The contents of a draft's page: the sections of the text, and what the draft has in each."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import ngettext

from readings.guides.draft_items import DraftItem
from readings.guides.unfinished_shown import ShownUnfinished
from readings.models import Block, GuideItemKind


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A section by its heading, and what stands in it in words: “2 notes · 3 questions”."""

    anchor: str
    title: str
    is_sub: bool
    counts: str
    not_ready: int


@dataclass(frozen=True, slots=True)
class DraftPlacing:
    """An item of the draft, and below which block it stands."""

    item: DraftItem
    block: str


def sections_of(
    blocks: Sequence[Block], placed: Sequence[DraftPlacing], not_ready: Sequence[ShownUnfinished]
) -> list[DraftSection]:
    """Return the text's sections; what stands before the first heading belongs to none."""
    heads = [i for i, block in enumerate(blocks) if block.kind == "heading"]
    sections = []
    for head, end in pairwise([*heads, len(blocks)]):
        keys = {block.key for block in blocks[head:end]}
        items = [one.item for one in placed if one.block in keys]
        sections.append(
            DraftSection(
                anchor=f"b-{blocks[head].key}",
                title=blocks[head].text,
                is_sub=(blocks[head].level or 2) > 2,
                counts=_counts(items),
                not_ready=sum(one.block in keys for one in not_ready),
            )
        )
    return sections


def _counts(items: Sequence[DraftItem]) -> str:
    kinds = [one.parsed.kind for one in items]
    checkpoints = kinds.count(GuideItemKind.CHECKPOINT)
    prompts = kinds.count(GuideItemKind.PROMPT)
    links = kinds.count(GuideItemKind.LINK)
    notes = len(kinds) - checkpoints - prompts - links
    questions = sum(len(one.parts) for one in items)
    told = [
        (notes, ngettext("%d note", "%d notes", notes)),
        (prompts, ngettext("%d prompt", "%d prompts", prompts)),
        (questions, ngettext("%d question", "%d questions", questions)),
        (links, ngettext("%d link", "%d links", links)),
    ]
    return " · ".join(words % count for count, words in told if count)
