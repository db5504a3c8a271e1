"""Running headers, page numbers and rules: what belongs to the page and not to the essay."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from documents.messages import gettext_lazy as _
from documents.parsed import AppliedRepair, ParsedBlock, ParsedDocument, applied_repair, shortened
from documents.words import ends_sentence, starts_small

_PAGE_NUMBER = re.compile(
    r"(?:[-–—|\[(]\s*)?(?:(?:page|seite|p\.|pág\.)\s*)?\d{1,4}(?:\s*(?:/|of|von|de|sur)\s*\d{1,4})?(?:\s*[-–—|\])])?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
# A page's number at either end of a running head.
_PAGED = re.compile(r"^\d{1,4}\s+|\s+\d{1,4}$")
# A running head comes back on page after page.
_FEWEST_HEADS = 3
_LONGEST_HEAD = 90
# Half a sentence above it fills a line at least.
_LONG = 60


def removed_running_headers(parsed: ParsedDocument) -> ParsedDocument:
    """Page numbers, running heads, and the rules above notes and about quotes.

    A rule that stands between two whole paragraphs is the author's and stays.
    """
    numbers = _page_numbers(parsed.blocks)
    heads = _running_heads(parsed.blocks)
    above = _words_before(parsed.blocks)
    below = _words_before(parsed.blocks[::-1])[::-1]
    out: list[ParsedBlock] = []
    repairs: list[AppliedRepair] = []
    moved: dict[int, int] = {}
    cut = False
    for n, block in enumerate(parsed.blocks):
        what = block.running_header
        if what is None and n in numbers:
            what = _("Page number")
        elif what is None and n in heads:
            what = _("Running head")
        elif what is None and block.kind == "rule" and _page_rule(block, above[n], below[n]):
            what = _("Rule")
        place = f"{block.text}\n{out[-1].text if out else ''}"
        if what is None or not parsed.allows("removed_running_header", place):
            out.append(replace(block, cut=block.cut or cut))
            cut = False
            continue
        cut = True
        if out:
            moved[block.uid] = out[-1].uid
        words = shortened(block.text)
        detail = _("%(what)s: %(words)s", what=what, words=words) if words else what
        repairs.append(applied_repair("removed_running_header", block, detail, text=place))
    return parsed.repaired(out, repairs, moved=moved)


def removed_outer_rules(parsed: ParsedDocument) -> ParsedDocument:
    """Rules that part the text from nothing: below the title, and at the end.

    What stood beyond them has become metadata or notes, or is of the publication.
    """
    last = max(
        (n for n, p in enumerate(parsed.blocks) if p.kind not in {"rule", "boilerplate"}), default=0
    )
    first = next((n for n, p in enumerate(parsed.blocks) if p.kind != "rule" and not p.title), 0)
    out: list[ParsedBlock] = []
    repairs: list[AppliedRepair] = []
    moved: dict[int, int] = {}
    for n, block in enumerate(parsed.blocks):
        place = f"{block.text}\n{out[-1].text if out else ''}"
        outer = block.kind == "rule" and (n > last or n < first)
        if not (outer and out and parsed.allows("removed_running_header", place)):
            out.append(block)
            continue
        moved[block.uid] = out[-1].uid
        repairs.append(applied_repair("removed_running_header", block, _("Rule"), text=place))
    return parsed.repaired(out, repairs, moved=moved)


def _words_before(blocks: tuple[ParsedBlock, ...]) -> list[ParsedBlock | None]:
    """For each block the nearest one before it that is no rule."""
    out: list[ParsedBlock | None] = []
    last: ParsedBlock | None = None
    for block in blocks:
        out.append(last)
        last = last if block.kind == "rule" else block
    return out


def _page_rule(rule: ParsedBlock, above: ParsedBlock | None, below: ParsedBlock | None) -> bool:
    """A rule next to a pull quote, or where notes or half a sentence stood."""
    next_to = [p for p in (above, below) if p]
    if any(p.kind == "pullquote" for p in next_to) or (below and below.cut) or rule.cut:
        return True
    if above is None or below is None or above.kind != "paragraph" or below.kind != "paragraph":
        return False
    return not ends_sentence(above.text) and starts_small(below.text)


def _page_numbers(blocks: tuple[ParsedBlock, ...]) -> set[int]:
    """Lone numbers that rise through the text: at least two of them."""
    lone = [
        (n, int(digits.group()))
        for n, block in enumerate(blocks)
        if block.kind == "paragraph"
        and not block.rich.refs
        and _PAGE_NUMBER.fullmatch(block.text.strip())
        if (digits := _DIGITS.search(block.text))
    ]
    rising = len(lone) >= 2 and all(a[1] < b[1] <= a[1] + 5 for a, b in pairwise(lone))
    return {n for n, _ in lone} if rising else set()


def _running_heads(blocks: tuple[ParsedBlock, ...]) -> set[int]:
    """Short lines that come back, but for the page number at an end.

    Half of them at least must break into a sentence: a refrain does not, nor
    the headings of an essay, which are told apart by their numbers.
    """
    alike: dict[str, list[int]] = {}
    for n, block in enumerate(blocks):
        if n and block.kind in {"paragraph", "heading"} and 3 < len(block.text) <= _LONGEST_HEAD:
            paged = block.kind == "paragraph"
            shape = _PAGED.sub("", block.text) if paged else block.text
            alike.setdefault(shape.strip().casefold(), []).append(n)
    heads: set[int] = set()
    for shape, where in alike.items():
        broken = sum(_breaks_text(blocks, n) for n in where)
        if shape and len(where) >= _FEWEST_HEADS and broken * 2 >= len(where):
            heads.update(where)
    return heads


def _breaks_text(blocks: tuple[ParsedBlock, ...], n: int) -> bool:
    """Whether half a sentence stands above the block and its rest below.

    A page number or a rule may stand between.
    """

    def is_of_page(block: ParsedBlock) -> bool:
        return block.kind == "rule" or bool(_PAGE_NUMBER.fullmatch(block.text.strip()))

    above = next((p for p in blocks[max(0, n - 3) : n][::-1] if not is_of_page(p)), None)
    below = next((p for p in blocks[n + 1 : n + 4] if not is_of_page(p)), None)
    if above is None or below is None or above.kind != "paragraph" or below.kind != "paragraph":
        return False
    return len(above.text) >= _LONG and not ends_sentence(above.text) and starts_small(below.text)
