"""What belongs to the page and not to the essay."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from documents.draft import Draft, Fix, Piece, fix, shortened
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


def removed_furniture(draft: Draft) -> Draft:
    """Page numbers, running heads, and the rules above notes and about quotes.

    A rule that stands between two whole paragraphs is the author's and stays.
    """
    numbers = _page_numbers(draft.pieces)
    heads = _running_heads(draft.pieces)
    above = _words_before(draft.pieces)
    below = _words_before(draft.pieces[::-1])[::-1]
    out: list[Piece] = []
    fixes: list[Fix] = []
    moved: dict[int, int] = {}
    cut = False
    for n, piece in enumerate(draft.pieces):
        what = piece.furniture
        what = what or ("Page number" if n in numbers else "Running head" if n in heads else "")
        if not what and piece.kind == "rule" and _page_rule(piece, above[n], below[n]):
            what = "Rule"
        place = f"{piece.text}\n{out[-1].text if out else ''}"
        if not what or not draft.allows("removed_furniture", place):
            out.append(replace(piece, cut=piece.cut or cut))
            cut = False
            continue
        cut = True
        if out:
            moved[piece.uid] = out[-1].uid
        detail = f"{what}: {shortened(piece.text)}" if piece.text else what
        fixes.append(fix("removed_furniture", piece, detail, text=place))
    return draft.repaired(out, fixes, moved=moved)


def _words_before(pieces: tuple[Piece, ...]) -> list[Piece | None]:
    """For each piece the nearest one before it that is no rule."""
    out: list[Piece | None] = []
    last: Piece | None = None
    for piece in pieces:
        out.append(last)
        last = last if piece.kind == "rule" else piece
    return out


def _page_rule(rule: Piece, above: Piece | None, below: Piece | None) -> bool:
    """A rule next to a pull quote, or where notes or half a sentence stood."""
    next_to = [p for p in (above, below) if p]
    if any(p.kind == "pullquote" for p in next_to) or (below and below.cut) or rule.cut:
        return True
    if above is None or below is None or above.kind != "paragraph" or below.kind != "paragraph":
        return False
    return not ends_sentence(above.text) and starts_small(below.text)


def _page_numbers(pieces: tuple[Piece, ...]) -> set[int]:
    """Lone numbers that rise through the text: at least two of them."""
    lone = [
        (n, int(digits.group()))
        for n, piece in enumerate(pieces)
        if piece.kind == "paragraph"
        and not piece.rich.refs
        and _PAGE_NUMBER.fullmatch(piece.text.strip())
        if (digits := _DIGITS.search(piece.text))
    ]
    rising = len(lone) >= 2 and all(a[1] < b[1] <= a[1] + 5 for a, b in pairwise(lone))
    return {n for n, _ in lone} if rising else set()


def _running_heads(pieces: tuple[Piece, ...]) -> set[int]:
    """Short lines that come back, but for the page number at an end.

    Half of them at least must break into a sentence: a refrain does not, nor
    the headings of an essay, which are told apart by their numbers.
    """
    alike: dict[str, list[int]] = {}
    for n, piece in enumerate(pieces):
        if n and piece.kind in {"paragraph", "heading"} and 3 < len(piece.text) <= _LONGEST_HEAD:
            paged = piece.kind == "paragraph"
            shape = _PAGED.sub("", piece.text) if paged else piece.text
            alike.setdefault(shape.strip().casefold(), []).append(n)
    heads: set[int] = set()
    for shape, where in alike.items():
        broken = sum(_breaks_text(pieces, n) for n in where)
        if shape and len(where) >= _FEWEST_HEADS and broken * 2 >= len(where):
            heads.update(where)
    return heads


def _breaks_text(pieces: tuple[Piece, ...], n: int) -> bool:
    """Whether half a sentence stands above the piece and its rest below.

    Other furniture (a page number, a rule) may stand between.
    """

    def furniture(piece: Piece) -> bool:
        return piece.kind == "rule" or bool(_PAGE_NUMBER.fullmatch(piece.text.strip()))

    above = next((p for p in pieces[max(0, n - 3) : n][::-1] if not furniture(p)), None)
    below = next((p for p in pieces[n + 1 : n + 4] if not furniture(p)), None)
    if above is None or below is None or above.kind != "paragraph" or below.kind != "paragraph":
        return False
    return len(above.text) >= _LONG and not ends_sentence(above.text) and starts_small(below.text)
