"""Sentences that a page's end has broken."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from documents.messages import gettext_lazy as _
from documents.messages import words_of_file
from documents.parsed import (
    AppliedRepair,
    ParsedBlock,
    ParsedDocument,
    ParseWarning,
    applied_repair,
    broken_word,
    shortened,
)
from documents.rich import Rich, joined
from documents.words import ends_open, ends_sentence, is_wide, starts_small

# Shorter paragraphs without a full stop are lines of their own (an address, a
# greeting), unless something stood between the halves.
_LONG = 60
_BODY = {"paragraph", "list_item", "blockquote"}
_HYPHENS = ("-", "‐", "\u00ad")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")


def joined_over_page(parsed: ParsedDocument) -> ParsedDocument:
    """Joins the halves of a paragraph.

    Surely broken: the first half does not end as a sentence and the second
    goes on in small letters, or something of the page stood between them and
    the first ends where no sentence can. What only might be broken is said,
    and left.
    """
    out: list[ParsedBlock] = []
    repairs: list[AppliedRepair] = []
    warnings: list[ParseWarning] = []
    moved: dict[int, int] = {}
    words = Counter(w.casefold() for p in parsed.blocks for w in _WORD.findall(p.text))
    for block in parsed.blocks:
        half = _first_half(out)
        rest = (block.kind == "paragraph" or block.runs_on) and not block.running_header
        if half is None or not rest or not (out[half].rich and block.rich):
            out.append(block)
            continue
        first = out[half]
        between = block.cut or half != len(out) - 1
        broken = block.runs_on or _broken(first, block, between)
        if broken and parsed.allows("joined_over_page", block.text):
            rich, sure = _join(first.rich, block.rich, words)
            out[half] = replace(first, rich=rich)
            moved[block.uid] = first.uid
            seam = f"…{first.text[-30:]} | {block.text[:30]}…"
            detail = words_of_file(seam)
            repairs.append(applied_repair("joined_over_page", first, detail, text=block.text))
            if not sure:
                message = broken_word(seam)
                warnings.append(ParseWarning("hyphen_at_break", first.uid, message))
            continue
        if (
            between
            and len(first.text) >= _LONG
            and not ends_sentence(first.text)
            and first.kind == "paragraph"
        ):
            message = _(
                "May be one sentence with the next paragraph: “…%(words)s”",
                words=shortened(first.text[-40:]),
            )
            warnings.append(ParseWarning("possible_broken_sentence", first.uid, message))
        out.append(block)
    return parsed.repaired(out, repairs, warnings, moved)


def _first_half(out: list[ParsedBlock]) -> int | None:
    """The last block of body text, past pull quotes, what floats and running headers kept."""
    for n in range(len(out) - 1, -1, -1):
        if out[n].running_header:
            continue
        if out[n].kind in _BODY:
            return n
        if out[n].kind not in {"pullquote", "figure"}:
            return None
    return None


def _broken(first: ParsedBlock, second: ParsedBlock, between: bool) -> bool:
    if first.text.endswith(_HYPHENS) and first.text[-2:-1].isalpha() and starts_small(second.text):
        return between or len(first.text) >= _LONG
    if ends_sentence(first.text):
        return False
    small = starts_small(second.text)
    if between:
        return small or (ends_open(first.text) and len(first.text) >= _LONG)
    return (
        small
        and len(first.text) >= _LONG
        and len(second.text) >= _LONG
        and first.kind == "paragraph"
    )


def _join(first: Rich, second: Rich, words: Counter[str]) -> tuple[Rich, bool]:
    """The halves as one, and whether that is sure to be right.

    A hyphen at the break stays or goes as the word stands elsewhere in the
    essay; where it stands nowhere else, it stays and a person is asked.
    """
    if is_wide(first.text[-1:]) and is_wide(second.text[:1]):
        return joined([first, second], ""), True
    if not first.text.endswith(_HYPHENS):
        return joined([first, second]), True
    left = _WORD.findall(first.text[:-1])[-1:]
    right = _WORD.findall(second.text)[:1]
    if first.text.endswith("\u00ad"):
        return joined([first.clip(0, len(first.text) - 1), second], ""), True
    if not left or not right:
        return joined([first, second]), True
    if words[(left[0] + right[0]).casefold()]:
        return joined([first.clip(0, len(first.text) - 1), second], ""), True
    return joined([first, second], ""), bool(words[f"{left[0]}-{right[0]}".casefold()])
