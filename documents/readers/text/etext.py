"""Chapters and notes as the e-texts of libraries set them, all through a book."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from documents.messages import gettext_lazy as _
from documents.parsed import ParsedBlock
from documents.readers.text.note_lists import HEADING
from documents.rich import InlineMark, Rich, joined

_NOTE = re.compile(
    r"\[(?:(?:foot)?note\s+)?(?P<label>\d{1,4}|[A-Z])(?P<end>\]|:)\s*(?=\S)", re.IGNORECASE
)
_REFERENCE = re.compile(r"\s?\[(?P<label>\d{1,4}|[A-Z])\]")
_CHAPTER = re.compile(
    r"(?:chapter|book|part|canto|act|letter|section|chapitre|kapitel|livre)\s+"
    r"(?:[ivxlcdm]+|\d{1,3}|the (?:first|last|second|third))\b[.:]?(?P<words>.*)",
    re.IGNORECASE,
)
_LONGEST_CHAPTER = 80


def chapter_headings(blocks: Iterable[ParsedBlock]) -> list[ParsedBlock]:
    """“CHAPTER I.” and the line of capitals below it as one heading."""
    out: list[ParsedBlock] = []
    alone = False
    for block in blocks:
        line = block.kind in {"paragraph", "heading"} and len(block.text) <= _LONGEST_CHAPTER
        match = _CHAPTER.fullmatch(block.text) if line else None
        if alone and line and match is None and block.text.isupper():
            out[-1] = replace(out[-1], rich=joined([out[-1].rich, block.rich]))
            alone = False
        elif match and (block.text.isupper() or not match["words"].strip()):
            out.append(replace(block, kind="heading", level=2))
            alone = not match["words"].strip()
        else:
            out.append(block)
            alone = False
    return out


def raised_bracket_notes(blocks: list[ParsedBlock]) -> list[ParsedBlock]:
    """Notes that open with [1] or [Footnote 1: wherever they stand, and what refers to them.

    Their numbers are raised; the shared repair binds what is raised.
    """
    labels = {
        match["label"]
        for block in blocks
        if block.kind == "paragraph" and (match := _NOTE.match(block.text))
    }
    if not labels:
        return blocks
    out: list[ParsedBlock] = []
    for n, block in enumerate(blocks):
        note = _NOTE.match(block.text) if block.kind == "paragraph" else None
        if note:
            out.append(_as_note(block, note))
        elif _is_over_notes(blocks, n):
            out.append(replace(block, running_header=_("Heading over notes")))
        elif block.kind in {"code", "table", "rule"}:
            out.append(block)
        else:
            out.append(replace(block, rich=_raised(block.rich, labels)))
    return out


def _is_over_notes(blocks: list[ParsedBlock], n: int) -> bool:
    after = blocks[n + 1] if n + 1 < len(blocks) else None
    heads = HEADING.fullmatch(blocks[n].text.strip(" .:*_-—"))
    return bool(heads and after and _NOTE.match(after.text))


def _as_note(block: ParsedBlock, match: re.Match[str]) -> ParsedBlock:
    end = len(block.text)
    if match["end"] == ":" and block.text.endswith("]"):
        end -= 1
    rest = block.rich.clip(match.end(), end)
    label = match["label"]
    return replace(block, rich=_with_label(label, rest))


def _with_label(label: str, rest: Rich) -> Rich:
    shift = len(label) + 1
    whole = rest.mapped(f"{label} {rest.text}", lambda at: at + shift)
    return replace(whole, marks=(InlineMark(0, len(label), "sup"), *whole.marks))


def _raised(rich: Rich, labels: set[str]) -> Rich:
    for match in reversed(list(_REFERENCE.finditer(rich.text))):
        label = match["label"]
        if label not in labels:
            continue
        start, end = match.span()
        shift = len(label) - (end - start)

        def place(at: int, start: int = start, end: int = end, shift: int = shift) -> int:
            return at if at <= start else at + shift if at >= end else start

        rich = rich.mapped(rich.text[:start] + label + rich.text[end:], place)
        mark = InlineMark(start, start + len(label), "sup", (("bracket", "1"),))
        rich = replace(rich, marks=tuple(sorted((*rich.marks, mark), key=lambda m: m.start)))
    return rich
