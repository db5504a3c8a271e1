"""Pull quotes: words of the essay set large between its paragraphs."""

from __future__ import annotations

import re
from dataclasses import replace

from documents.draft import Draft, Piece, fix, shortened
from documents.rich import Rich
from documents.words import comparable

_FEWEST_WORDS = 6
_MOST_CHARACTERS = 600
_QUOTED = re.compile(r"[\"“„«‹‘].*[\"”“»›’][.]?", re.DOTALL)


def set_apart_pull_quotes(draft: Draft) -> Draft:
    """A displayed paragraph that repeats the text is a pull quote.

    Displayed: wholly emphasised, or alone between two rules, or set as a
    heading though it is a sentence in quotation marks. A plain paragraph that
    repeats another is the author's own doing.
    """
    pieces = list(draft.pieces)
    candidates = [n for n in range(len(pieces)) if _displayed(pieces, n)]
    if not candidates:
        return draft
    body = comparable(
        " ".join(p.text for n, p in enumerate(pieces) if n not in candidates and p.kind != "rule")
    )
    fixes = []
    for n in candidates:
        piece = pieces[n]
        if not _repeats(piece.text, body) or not draft.allows("set_apart_pull_quote", piece.text):
            continue
        pieces[n] = replace(piece, kind="pullquote", level=None, rich=_plain(piece))
        fixes.append(
            fix("set_apart_pull_quote", piece, f"Repeats the text: {shortened(piece.text)}")
        )
    return draft.repaired(pieces, fixes)


def _displayed(pieces: list[Piece], n: int) -> bool:
    piece = pieces[n]
    if piece.kind not in {"paragraph", "blockquote", "heading"} or piece.rich.refs:
        return False
    if len(piece.text) > _MOST_CHARACTERS or (
        len(piece.text.split()) < _FEWEST_WORDS and piece.text.isascii()
    ):
        return False
    if piece.kind == "heading":
        return bool(_QUOTED.fullmatch(piece.text))
    above = pieces[n - 1].kind == "rule" if n else False
    below = pieces[n + 1].kind == "rule" if n + 1 < len(pieces) else False
    return piece.rich.wholly("em", "strong") or (above and below)


def _repeats(text: str, body: str) -> bool:
    parts = [comparable(part) for part in re.split(r"…|\.\.\.|\[[^\]]*\]", text)]
    parts = [part for part in parts if part]
    return bool(parts) and sum(map(len, parts)) >= 12 and all(part in body for part in parts)


def _plain(piece: Piece) -> Rich:
    """Without the emphasis that only says: this is a pull quote."""
    rich = piece.rich
    for tag in ("em", "strong"):
        if rich.wholly(tag):
            rich = rich.without(tag)
    return rich
