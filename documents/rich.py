"""Text with inline markup: one string, with marks and references laid over it.

Repairs join, cut and compare text; that is easy on a string with offsets and
hard on a tree. All offsets are Unicode code points.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from html import escape
from typing import Self

from documents.document import NoteRef

VOID = frozenset({"br", "img"})

# White space that is not squashed: the no-break spaces that French sets before
# ; : ! ? » and after «, and between digits. A no-break space elsewhere is what
# a web page leaves behind.
_KEPT_SPACE = re.compile(
    r"(?<=\S)[\u00a0\u202f](?=[;:!?»%])|(?<=«)[\u00a0\u202f](?=\S)|(?<=\d)[\u00a0\u202f](?=\d)"
)
# What squashing changes: all white space but single spaces between words.
_UNEVEN = re.compile(r"[^\S ]|  ")
_SPACES = re.compile(r"\s{2,}|[^\S ]|\A | \Z")


@dataclass(frozen=True, slots=True)
class InlineMark:
    """An inline element from `start` to `end`."""

    start: int
    end: int
    tag: str
    attrs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rich:
    text: str = ""
    marks: tuple[InlineMark, ...] = ()
    refs: tuple[NoteRef, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)

    def mapped(
        self, text: str, place: Callable[[int], int], ref: Callable[[int], int] | None = None
    ) -> Self:
        """The same marks and references over another text."""
        marks = (replace(m, start=place(m.start), end=place(m.end)) for m in self.marks)
        kept = tuple(m for m in marks if m.end > m.start or m.tag in VOID)
        where = ref or place
        refs = tuple(NoteRef(r.number, where(r.offset)) for r in self.refs)
        return replace(self, text=text, marks=kept, refs=refs)

    def clip(self, start: int, end: int) -> Self:
        """The piece from `start` to `end`, with what stands in it."""
        end = min(end, len(self.text))
        inside = replace(
            self,
            marks=tuple(
                m
                for m in self.marks
                if (m.start < end and m.end > start) or (m.tag in VOID and start <= m.start <= end)
            ),
            refs=tuple(r for r in self.refs if start <= r.offset <= end),
        )
        return inside.mapped(self.text[start:end], lambda at: min(max(at, start), end) - start)

    def squashed(self, *, lines: bool = False) -> Self:
        """White space runs as one space, none at the ends.

        With `lines`, line ends stay (verse). A reference inside a run of white
        space moves to the word before it.
        """
        text = self.text
        if text == text.strip() and not _UNEVEN.search(text):
            return self
        kept = {m.start() for m in _KEPT_SPACE.finditer(text)}
        out: list[str] = []
        runs: list[tuple[int, int, int, int]] = []  # start, end, new start, new end
        size = at = 0
        for run in _SPACES.finditer(text):
            start, end = run.span()
            out.append(text[at:start])
            size += start - at
            glue = "" if start == 0 or end == len(text) else " "
            if glue and start in kept:
                glue = text[start]
            elif glue and lines and "\n" in run.group():
                glue = "\n"
            runs.append((start, end, size, size + len(glue)))
            out.append(glue)
            size += len(glue)
            at = end
        out.append(text[at:])
        starts = [run[0] for run in runs]

        def place(old: int, ref: bool = False) -> int:
            index = bisect_right(starts, old) - 1
            if index < 0:
                return old
            start, end, new_start, new_end = runs[index]
            if old >= end:
                return new_end + old - end
            return new_start if ref or old == start else new_end

        return self.mapped("".join(out), place, lambda old: place(old, ref=True))

    def without(self, *tags: str) -> Self:
        return replace(self, marks=tuple(m for m in self.marks if m.tag not in tags))

    def wholly(self, *tags: str) -> bool:
        """Whether these marks, together, cover every character but space."""
        covered = 0
        text = self.text
        if not text.strip():
            return False
        for mark in sorted((m for m in self.marks if m.tag in tags), key=lambda m: m.start):
            if mark.start > covered and text[covered : mark.start].strip():
                return False
            covered = max(covered, mark.end)
        return not text[covered:].strip()

    def html(self) -> str:
        """The text escaped, with its marks as elements, properly nested.

        Marks that start together open in the order of `marks`: outer first.
        """
        spans = sorted(self.marks, key=lambda mark: mark.start)
        cuts = sorted(
            {0, len(self.text)} | {m.start for m in self.marks} | {m.end for m in self.marks}
        )
        out: list[str] = []
        stack: list[InlineMark] = []
        ready = 0
        for index, at in enumerate(cuts):
            # A mark that ends inside another: what stands in it is opened again.
            ended = next((n for n, m in enumerate(stack) if m.end <= at), len(stack))
            again = [m for m in stack[ended:] if m.end > at]
            out.extend(f"</{m.tag}>" for m in reversed(stack[ended:]))
            del stack[ended:]
            for mark in again:
                out.append(_open(mark))
                stack.append(mark)
            while ready < len(spans) and spans[ready].start == at:
                mark = spans[ready]
                ready += 1
                if mark.tag in VOID:
                    out.append(_open(mark))
                elif mark.end > at:
                    out.append(_open(mark))
                    stack.append(mark)
            following = cuts[index + 1] if index + 1 < len(cuts) else len(self.text)
            out.append(escape(self.text[at:following], quote=False))
        return "".join(out)


def _open(mark: InlineMark) -> str:
    attrs = "".join(f' {name}="{escape(value)}"' for name, value in mark.attrs)
    return f"<{mark.tag}{attrs}>"


def joined(parts: Iterable[Rich], glue: str = " ") -> Rich:
    """The parts one after the other, with `glue` between."""
    text: list[str] = []
    marks: list[InlineMark] = []
    refs: list[NoteRef] = []
    size = 0
    for index, part in enumerate(parts):
        if index:
            text.append(glue)
            size += len(glue)
        text.append(part.text)
        marks.extend(replace(m, start=m.start + size, end=m.end + size) for m in part.marks)
        refs.extend(NoteRef(r.number, r.offset + size) for r in part.refs)
        size += len(part.text)
    return Rich("".join(text), tuple(marks), tuple(refs))
