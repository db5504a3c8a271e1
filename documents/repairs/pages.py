"""Sentences that a page's end has broken."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from documents.draft import Doubt, Draft, Fix, Piece, fix, shortened
from documents.rich import Rich, joined
from documents.words import ends_open, ends_sentence, is_wide, starts_small

# Shorter paragraphs without a full stop are lines of their own (an address, a
# greeting), unless something stood between the halves.
_LONG = 60
_BODY = {"paragraph", "list_item", "blockquote"}
_HYPHENS = ("-", "‐", "\u00ad")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")


def joined_over_page(draft: Draft) -> Draft:
    """Joins the halves of a paragraph.

    Surely broken: the first half does not end as a sentence and the second
    goes on in small letters, or something of the page stood between them and
    the first ends where no sentence can. What only might be broken is said,
    and left.
    """
    out: list[Piece] = []
    fixes: list[Fix] = []
    doubts: list[Doubt] = []
    moved: dict[int, int] = {}
    words = Counter(w.casefold() for p in draft.pieces for w in _WORD.findall(p.text))
    for piece in draft.pieces:
        half = _first_half(out)
        rest = (piece.kind == "paragraph" or piece.runs_on) and not piece.furniture
        if half is None or not rest or not (out[half].rich and piece.rich):
            out.append(piece)
            continue
        first = out[half]
        between = piece.cut or half != len(out) - 1
        broken = piece.runs_on or _broken(first, piece, between)
        if broken and draft.allows("joined_over_page", piece.text):
            rich, sure = _join(first.rich, piece.rich, words)
            out[half] = replace(first, rich=rich)
            moved[piece.uid] = first.uid
            seam = f"…{first.text[-30:]} | {piece.text[:30]}…"
            fixes.append(fix("joined_over_page", first, seam, text=piece.text))
            if not sure:
                message = f"A word is broken here by a hyphen that may not belong to it: {seam}"
                doubts.append(Doubt("hyphen_at_break", first.uid, message))
            continue
        if (
            between
            and len(first.text) >= _LONG
            and not ends_sentence(first.text)
            and first.kind == "paragraph"
        ):
            message = (
                f"May be one sentence with the next paragraph: “…{shortened(first.text[-40:])}”"
            )
            doubts.append(Doubt("possible_broken_sentence", first.uid, message))
        out.append(piece)
    return draft.repaired(out, fixes, doubts, moved)


def _first_half(out: list[Piece]) -> int | None:
    """The last piece of body text, past pull quotes, what floats and furniture kept."""
    for n in range(len(out) - 1, -1, -1):
        if out[n].furniture:
            continue
        if out[n].kind in _BODY:
            return n
        if out[n].kind not in {"pullquote", "figure"}:
            return None
    return None


def _broken(first: Piece, second: Piece, between: bool) -> bool:
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
