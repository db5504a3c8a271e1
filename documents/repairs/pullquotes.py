"""Pull quotes: words of the essay set large between its paragraphs."""

from __future__ import annotations

import re
from dataclasses import replace

from documents.messages import gettext_lazy as _
from documents.parsed import ParsedBlock, ParsedDocument, applied_repair, shortened
from documents.rich import Rich
from documents.words import comparable, is_wide

_FEWEST_WORDS = 6
_MOST_CHARACTERS = 600
_QUOTED = re.compile(r"[\"“„«‹‘].*[\"”“»›’][.]?", re.DOTALL)


def set_apart_pull_quotes(parsed: ParsedDocument) -> ParsedDocument:
    """A displayed paragraph that repeats the text is a pull quote.

    Displayed: wholly emphasised, or alone between two rules, or set as a
    heading though it is a sentence in quotation marks. A plain paragraph that
    repeats another is the author's own doing.
    """
    blocks = list(parsed.blocks)
    candidates = [n for n in range(len(blocks)) if _displayed(blocks, n)]
    if not candidates:
        return parsed
    body = comparable(
        " ".join(p.text for n, p in enumerate(blocks) if n not in candidates and p.kind != "rule")
    )
    repairs = []
    for n in candidates:
        block = blocks[n]
        if not _repeats(block.text, body) or not parsed.allows("set_apart_pull_quote", block.text):
            continue
        blocks[n] = replace(block, kind="pullquote", level=None, rich=_plain(block))
        repairs.append(
            applied_repair(
                "set_apart_pull_quote",
                block,
                _("Repeats the text: %(words)s", words=shortened(block.text)),
            )
        )
    return parsed.repaired(blocks, repairs)


def _displayed(blocks: list[ParsedBlock], n: int) -> bool:
    block = blocks[n]
    if block.kind not in {"paragraph", "blockquote", "heading"} or block.rich.refs:
        return False
    if len(block.text) > _MOST_CHARACTERS or (
        len(block.text.split()) < _FEWEST_WORDS and not any(map(is_wide, block.text))
    ):
        return False
    if block.kind == "heading":
        return bool(_QUOTED.fullmatch(block.text))
    above = blocks[n - 1].kind == "rule" if n else False
    below = blocks[n + 1].kind == "rule" if n + 1 < len(blocks) else False
    return block.rich.wholly("em", "strong") or (above and below)


def _repeats(text: str, body: str) -> bool:
    parts = [comparable(part) for part in re.split(r"…|\.\.\.|\[[^\]]*\]", text)]
    parts = [part for part in parts if part]
    return bool(parts) and sum(map(len, parts)) >= 12 and all(part in body for part in parts)


def _plain(block: ParsedBlock) -> Rich:
    """Without the emphasis that only says: this is a pull quote."""
    rich = block.rich
    for tag in ("em", "strong"):
        if rich.wholly(tag):
            rich = rich.without(tag)
    return rich
