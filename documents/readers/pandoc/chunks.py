"""A long CommonMark text in pieces that mean the same one by one as together.

pandoc needs a hundred times the memory of what it reads, so a long text is given to it
in pieces. A piece begins at a paragraph that opens with a letter at the margin, after an empty
line: there, CommonMark ends every list, quotation and note.
Notes and the addresses of links go with each piece that names them. Where a text has
anything for which that is not sure, it stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# Characters of one piece: pandoc reads it in half a second.
SIZE = 500_000

_PLAIN = re.compile(r"[^\W\d_]|[“‘«(\"'*_]+[^\W\d_]")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_DIV = re.compile(r" {0,3}:{3,}")
_DEFINITION = re.compile(r" {0,3}\[(\^?)((?:[^\[\]\\]|\\.){1,999})\]:(.*)")
_HIDDEN_DEFINITION = re.compile(r"(?: {4,}|[ \t]*(?:[>*+-]|\d+[.)])[ \t>*+-]*)\[[^\]]+\]:")
# What ends only at its own end, over empty lines too.
_RAW = re.compile(r" {0,3}<(?:script|pre|style|textarea|!|\?)", re.IGNORECASE)
# What would not go along with the note above it.
_OPENER = re.compile(r" {0,3}(?:#|>|[-*+] |\d+[.)] |```|~~~|<|\||:|=+\s*$|-+\s*$)")
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.){1,999})\]")


class _Unsure(Exception):
    """The text has something that is read right only as a whole."""


@dataclass(slots=True)
class _ChunkParts:
    """The paragraphs and all else in pieces; the definitions, by their folded labels."""

    chunks: list[str] = field(default_factory=list)
    definitions: dict[str, str] = field(default_factory=dict)


def chunks(text: str) -> Iterator[str]:
    """The text in order, in pieces of about SIZE characters; short ones stay whole."""
    if len(text) <= SIZE * 2:
        yield text
        return
    try:
        parts = _parted(text, SIZE)
    except _Unsure:
        yield text
        return
    for chunk in parts.chunks:
        named = _named(chunk, parts.definitions)
        yield "\n\n".join([chunk, *named]) + "\n"


def _parted(text: str, size: int) -> _ChunkParts:
    parts = _ChunkParts()
    lines: list[str] = []
    length = 0
    fence = ""
    blank = True
    at = 0
    every = text.split("\n")
    while at < len(every):
        line = every[at]
        at += 1
        if fence:
            closing = _FENCE.match(line)
            if closing and closing[1].startswith(fence) and not line[closing.end() :].strip():
                fence = ""
        elif opening := _FENCE.match(line):
            fence = opening[1]
        elif _RAW.match(line) or _DIV.match(line) or _HIDDEN_DEFINITION.match(line):
            raise _Unsure
        elif found := _DEFINITION.match(line):
            if not blank:
                raise _Unsure
            at = _define(parts, found, every, at)
            continue
        elif blank and length > size and _PLAIN.match(line):
            parts.chunks.append("\n".join(lines))
            lines, length = [], 0
        lines.append(line)
        length += len(line) + 1
        blank = not line.strip()
    parts.chunks.append("\n".join(lines))
    return parts


def _define(parts: _ChunkParts, found: re.Match[str], every: list[str], at: int) -> int:
    """Take a definition out of the text, a note with all its lines; the line after it."""
    start = at - 1
    # A paragraph goes on to the empty line; a note goes on after it where lines are indented.
    while at < len(every) and every[at].strip() and not _DEFINITION.match(every[at]):
        if not found[1] or _OPENER.match(every[at]):
            raise _Unsure
        at += 1
    while found[1] and at < len(every):
        ahead = at
        while ahead < len(every) and not every[ahead].strip():
            ahead += 1
        if ahead == len(every) or not every[ahead].startswith(("    ", "\t")):
            break
        at = ahead
        while at < len(every) and every[at].startswith(("    ", "\t")):
            at += 1
        if at < len(every) and every[at].strip():
            raise _Unsure
    if not found[1] and not found[3].strip():
        raise _Unsure
    parts.definitions.setdefault(_normal_label(found[1] + found[2]), "\n".join(every[start:at]))
    return at


def _normal_label(label: str) -> str:
    return " ".join(label.casefold().split())


def _named(chunk: str, definitions: dict[str, str]) -> list[str]:
    """The definitions that a piece needs, in their order; notes may name others."""
    needed: set[str] = set()
    waiting = [chunk]
    while waiting:
        labels = {_normal_label(one) for one in _LABEL.findall(waiting.pop())}
        new = (labels & definitions.keys()) - needed
        needed |= new
        waiting += [definitions[one] for one in new if one.startswith("^")]
    return [text for label, text in definitions.items() if label in needed]
