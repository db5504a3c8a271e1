"""Edits of a text that know what became of every quotation.

A text is a list of paragraphs, a paragraph a list of pieces: words as they are
written, with their punctuation, or single characters of Chinese. A piece keeps
its name through every edit, and a new piece that stands for an old one names it;
so what became of a quotation is read off the pieces, and never off the words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from anchoring.folding import fold
from anchoring.similarity import weigh

CONTEXT = 32  # as passages keep


@dataclass(frozen=True)
class Piece:
    """A word as written. `name` is its identity, `stands_for` an old piece that it replaced."""

    text: str
    name: int | None = None
    stands_for: int | None = None


Paragraph = list[Piece]
Text = list[Paragraph]


@dataclass(frozen=True)
class Quotation:
    """Pieces `first` to `last`, both included, of a paragraph; trimmed: without end marks."""

    paragraph: int
    first: int
    last: int
    trimmed: bool


@dataclass(frozen=True)
class Truth:
    """What became of a quotation: where it is in the new text, and how much of it.

    `state` is survives (the same words in a row), changed (most of its weight is
    left), torn (less than that), or gone (nothing is left). The spans are code
    points of the paragraphs joined by a newline.
    """

    state: str
    start: int = -1
    end: int = -1


@dataclass(frozen=True)
class Edit:
    """One edited text and the quotations that were in the old one."""

    kind: str
    old: Text
    new: Text
    quotations: list[Quotation] = field(default_factory=list)


@lru_cache(maxsize=20_000)
def is_han(text: str) -> bool:
    return any("\u3400" <= character <= "\u9fff" for character in text)


def read(paragraphs: list[str]) -> Text:
    number = iter(range(10**9))
    return [
        [
            Piece(part, next(number))
            for part in (re.findall(r"\S", text) if is_han(text) else text.split())
        ]
        for text in paragraphs
    ]


def join(paragraph: Paragraph) -> str:
    return separator(paragraph).join(piece.text for piece in paragraph)


def separator(paragraph: Paragraph) -> str:
    """What stands between the pieces: nothing in Chinese, which its first ones tell."""
    return "" if any(is_han(piece.text) for piece in paragraph[:4]) else " "


def written(text: Text) -> str:
    return "\n".join(join(paragraph) for paragraph in text)


def offsets(text: Text) -> dict[tuple[int, int], tuple[int, int]]:
    """(paragraph, piece) → its span in the paragraphs joined by a newline."""
    found = {}
    at = 0
    for number, paragraph in enumerate(text):
        gap = len(separator(paragraph))
        for index, piece in enumerate(paragraph):
            found[number, index] = (at, at + len(piece.text))
            at += len(piece.text) + (gap if index < len(paragraph) - 1 else 0)
        at += 1
    return found


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the punctuation at both ends, unless there is nothing else."""
    words = [match.span() for match in re.finditer(r"\w+", text[start:end])]
    return (start + words[0][0], start + words[-1][1]) if words else (start, end)


def span(text: Text, quotation: Quotation) -> tuple[int, int]:
    places = offsets(text)
    start = places[quotation.paragraph, quotation.first][0]
    end = places[quotation.paragraph, quotation.last][1]
    return _trim(written(text), start, end) if quotation.trimmed else (start, end)


def truth(edit: Edit, quotation: Quotation) -> Truth:
    """Read off the pieces what became of `quotation`."""
    quoted = edit.old[quotation.paragraph][quotation.first : quotation.last + 1]
    names = [piece.name for piece in quoted]
    places = offsets(edit.new)
    own: list[tuple[int, int]] = []
    standing: list[tuple[int, int]] = []
    for number, paragraph in enumerate(edit.new):
        for index, piece in enumerate(paragraph):
            if piece.name in names and piece.name is not None:
                own.append((number, index))
            elif piece.stands_for in names and piece.stands_for is not None:
                standing.append((number, index))
    if not own:
        return Truth("gone")
    found = [edit.new[number][index] for number, index in own]
    whole = written(edit.new)
    everything = sorted(own + standing)
    start, end = places[everything[0]][0], places[everything[-1]][1]
    in_a_row = [piece.name for piece in found] == names and not standing
    if in_a_row and _same(_between(edit.new, everything), quoted):
        if quotation.trimmed:
            start, end = _trim(whole, start, end)
        return Truth("survives", start, end)
    kept = weigh([piece.text for piece in found]) / weigh([piece.text for piece in quoted])
    now = _between(edit.new, everything)
    share = kept * weigh([piece.text for piece in quoted]) / max(1.0, weigh([p.text for p in now]))
    if quotation.trimmed:
        start, end = _trim(whole, start, end)
    return Truth("changed" if min(kept, share) >= 0.6 else "torn", start, end)


def _between(text: Text, places: list[tuple[int, int]]) -> Paragraph:
    first, last = places[0], places[-1]
    return [
        piece
        for number, paragraph in enumerate(text)
        for index, piece in enumerate(paragraph)
        if first <= (number, index) <= last
    ]


def _same(some: Paragraph, others: Paragraph) -> bool:
    """The same words in the same order, whatever happened to white space and marks."""
    return [fold(piece.text).text for piece in some] == [fold(piece.text).text for piece in others]
