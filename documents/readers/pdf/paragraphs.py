"""From lines to paragraphs, by indent, distance, size and the room at a line's end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from documents.dates import date_of, is_issue
from documents.names import is_byline
from documents.readers.pdf.characters import BOLD, MONO
from documents.readers.pdf.lines import TextLine
from documents.readers.pdf.measures import PARTED, Measures, TextColumn
from documents.words import TERMINAL, bare, ends_sentence, starts_small

# A first word would have fitted: with a space before it, and this much to spare.
_SPACE, _SPARE = 0.28, 0.45
_STEP = 0.7
# A guessed width this far short of the column's is surely short.
_SURELY_SHORT, _LIKELY_SHORT = 0.3, 0.06
_FAR_NARROWER = 0.45
# Lines that are not justified end this far short of the column.
_RAGGED = 0.15
# Where lines begin at many places, a quotation is set in by less than this.
_DEEPEST_QUOTATION = 0.33
# Verse: so many lines, none longer than this part of the column.
_FEWEST_VERSES = 3
# Lines of a title page are shorter than this part of the column.
_LONGEST_FRONT = 0.75
_LONGEST_VERSE = 0.78
ITEM = re.compile(
    r"(?:(?P<bullet>[•◦▪‣·●○■□◆➢✓*–—-]|\uf0b7|\uf0a7|\uf06e)|"
    r"(?P<number>\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivx]{1,5}[.)]))\s+(?=\S)"
)
_CAPTION = re.compile(
    r"(?:figure|fig\.|table|tab\.|abb(?:ildung|\.)|plate|map|图|圖|図|表|الشكل|شكل)\s*\d",
    re.IGNORECASE,
)
_FIRSTS = frozenset("1aAiI")
_SURE_BULLETS = frozenset("•◦▪‣●○■□◆➢✓\uf0b7\uf0a7\uf06e")


@dataclass(slots=True)
class LayoutParagraph:
    """Lines of one paragraph. `gap` is the white above, in lines of its size."""

    lines: list[TextLine]
    column: TextColumn
    gap: float = 1.0
    kind: str = "paragraph"
    first_in_column: bool = False
    # What a verse would be, were it none.
    parts: list[LayoutParagraph] = field(default_factory=list)

    @property
    def size(self) -> float:
        return max(self.lines, key=lambda line: len(line.text)).size

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    def wholly(self, style: int) -> bool:
        return all(line.wholly(style) for line in self.lines)

    @property
    def indent(self) -> float:
        """Of the lines after the first, or of the only one, in parts of the size."""
        rest = self.lines[1:] or self.lines
        return (min(line.x0 for line in rest) - self.column.left) / max(self.size, 1)


def room_for(line: TextLine, after: TextLine, right: float, left: float | None = None) -> bool:
    """Whether the first word of the next line would have fitted on this one.

    `left`, where lines end at one place and begin at many: how far they reach.
    """
    room = right - line.x1 if left is None else line.x0 - left
    return room > after.first + (_SPACE + _SPARE) * line.size


def paragraphs_of(
    column: TextColumn, measures: Measures, *, first: bool = False
) -> list[LayoutParagraph]:
    """The paragraphs of a column; `first` says that nothing stands above it."""
    splitter = _ParagraphSplitter(column, measures, first=first)
    return _verses(splitter.split(), measures)


class _ParagraphSplitter:
    def __init__(self, column: TextColumn, measures: Measures, *, first: bool) -> None:
        self.column, self.measures, self.first = column, measures, first
        self.lines = column.lines
        self.hanging = self._hangs()

    def split(self) -> list[LayoutParagraph]:
        out: list[LayoutParagraph] = []
        front = self._front_lines()
        for n, line in enumerate(self.lines):
            if n and ((n >= front and not self._parted(n, out[-1])) or self._is_widow(n, front)):
                out[-1].lines.append(line)
                continue
            gap = self._gap(n) if n else 1.0
            out.append(LayoutParagraph([line], self.column, gap, first_in_column=n == 0))
        return out

    def _front_lines(self) -> int:
        """How many short lines open the first page, where no size sets them off."""
        if not self.measures.sizeless or self.column.page or not self.first:
            return 0
        for n, line in enumerate(self.lines[:12]):
            if line.x1 - line.x0 > _LONGEST_FRONT * self.column.width:
                return n
        return 0

    def _is_widow(self, n: int, front: int) -> bool:
        """Whether the last word of a title stands alone on its own line."""
        above, line = self.lines[n - 1], self.lines[n]
        return (
            n < front
            and self._gap(n) < PARTED - 1
            and len(line.text.split()) == 1
            and line.text[1:].islower()
            and len(above.text) > len(line.text)
        )

    def _gap(self, n: int) -> float:
        """The white above a line, in lines."""
        above, line = self.lines[n - 1], self.lines[n]
        usual = self.measures.distance(min(above.size, line.size))
        return max((above.y - line.y) / usual - 1, 0)

    def right(self, n: int) -> float:
        """The right side that line `n` keeps to: a block quotation has its own."""
        line, column = self.lines[n], self.column
        indent = (line.x0 - column.left) / line.size
        if indent < _STEP or abs(indent - self.measures.indent) < 0.3:
            return column.right
        base = line.x0
        if n + 1 < len(self.lines) and _STEP * line.size <= self.lines[n + 1].x0 - column.left:
            base = min(base, self.lines[n + 1].x0)
        low = high = n
        while low and self._in_block(low - 1, base):
            low -= 1
        while high + 1 < len(self.lines) and self._in_block(high + 1, base):
            high += 1
        if high == low:
            return column.right
        # As far from the right as from the left, unless it reaches further.
        inset = column.right - (line.x0 - column.left) * (3 if self.measures.sizeless else 1)
        return max(inset, *(one.x1 for one in self.lines[low : high + 1]))

    def _in_block(self, n: int, base: float) -> bool:
        """Whether a line stands at `base`, or is the first line of a paragraph there."""
        line = self.lines[n]
        if abs(line.x0 - base) < 0.3 * line.size:
            return True
        return (
            base < line.x0 < base + 3.2 * line.size
            and n + 1 < len(self.lines)
            and abs(self.lines[n + 1].x0 - base) < 0.3 * line.size
        )

    def _hangs(self) -> bool:
        """Whether indented lines here go on, and do not begin, paragraphs."""
        full = count = 0
        for above, line in zip(self.lines, self.lines[1:], strict=False):
            at_left = abs(above.x0 - self.column.left) < 0.4 * above.size
            if (
                at_left
                and line.x0 - above.x0 > _STEP * line.size
                and abs(above.size - line.size) < 0.5
            ):
                count += 1
                full += not room_for(above, line, self.column.right)
        back = sum(
            a.x0 - b.x0 > _STEP * b.size for a, b in zip(self.lines, self.lines[1:], strict=False)
        )
        return count >= 2 and full >= 0.8 * count and back >= count - 1 and not self._first_lines()

    def _first_lines(self) -> bool:
        """Whether most lines stand at the left: then it is first lines that do not."""
        at_left = sum(abs(x.x0 - self.column.left) < 0.4 * x.size for x in self.lines)
        return at_left > 0.6 * len(self.lines)

    def _parted(self, n: int, para: LayoutParagraph) -> bool:
        above, line = self.lines[n - 1], self.lines[n]
        if abs(above.size - line.size) > 0.06 * max(above.size, line.size):
            return not (min(len(above.text), len(line.text)) <= 2 and self._gap(n) < 0.2)
        code = not self.measures.style & MONO
        if code and above.wholly(MONO) != line.wholly(MONO):
            return True
        if self._gap(n) > PARTED - 1:
            return True
        if code and line.wholly(MONO):
            return False
        heading = para.size > 1.07 * self.measures.size
        right = self.right(n - 1)
        room = self._has_room(above, line, right, self._left(n - 1))
        if above.wholly(BOLD) != line.wholly(BOLD) and not self.measures.style & BOLD:
            return room or (para.wholly(BOLD) and len(para.text) < 120) or self._gap(n) > 0.08
        if self.column.page == 0 and (_stands_alone(above.text) or _stands_alone(line.text)):
            return True
        if _CAPTION.match(para.text) and para.size <= self.measures.size:
            # The last line of a caption may be centred, and the text begin right below.
            indent = (above.x0 - line.x0) / line.size
            return indent > 1.5 and _at_left(line, self.column) and ends_sentence(above.text)
        if heading or (line.wholly(BOLD) and not self.measures.style & BOLD):
            return self.column.page == 0 and room and para.size < 1.3 * self.measures.size
        apart = abs(above.x0 - line.x0) > 0.3 * line.size
        if apart and _centred(above, self.column) and _centred(line, self.column):
            wide = self.column.width
            return wide - (above.x1 - above.x0) > line.first + 2 * line.size
        return self._by_sides(n, para, room)

    def _left(self, n: int) -> float | None:
        """How far lines about line `n` reach, where they begin at many places.

        A block quotation, apart from the text above and below it, has its own side.
        """
        column = self.column
        if not column.ragged_start:
            return None
        low, high = n, n + 1
        while low and self._gap(low) <= PARTED - 1:
            low -= 1
        while high < len(self.lines) and self._gap(high) <= PARTED - 1:
            high += 1
        block = self.lines[low:high]
        base = min(line.x0 for line in block)
        inset = base - column.left
        if len(block) < 3 or not 2 * block[0].size < inset < _DEEPEST_QUOTATION * column.width:
            return column.left
        full = not any(room_for(a, b, column.right, base) for a, b in pairwise(block))
        return base if full else column.left

    def _has_room(self, above: TextLine, line: TextLine, right: float, left: float | None) -> bool:
        if not room_for(above, line, right, left):
            return False
        if above.text.rstrip().endswith(("-", "\u00ad")) and line.text[:1].islower():
            return False
        if not self.measures.sizeless:
            # Ragged lines leave room: within a sentence it must be more than they leave.
            within = starts_small(line.text) and not ends_sentence(above.text)
            return not within or right - above.x1 > _RAGGED * self.column.width
        # Widths are guessed: a sentence's end must bear them out, where no indent does.
        room = right - above.x1
        if starts_small(line.text) and not ends_sentence(above.text):
            # A sentence goes on: in the narrower lines of a quotation, if not far narrower.
            return room > _FAR_NARROWER * self.column.width
        if room > _SURELY_SHORT * self.column.width:
            return True
        ends = bare(above.text.rstrip("0123456789*†‡"))[-1:] in tuple(TERMINAL + ":：")
        spare = line.first + _LIKELY_SHORT * self.column.width
        told = self.measures.indent and not ITEM.match(above.text)
        return ends and not told and room > spare

    def _by_sides(self, n: int, para: LayoutParagraph, room: bool) -> bool:
        above, line = self.lines[n - 1], self.lines[n]
        step = 0.0 if self.column.ragged_start else (line.x0 - above.x0) / line.size
        item = ITEM.match(line.text)
        if item and self._is_item(item, line, para, room, step):
            return True
        if room:
            return True
        if step > _STEP:
            if len(para.lines) == 1 and (ITEM.match(para.lines[0].text) or self.hanging):
                return False
            return not self.hanging or step > 6
        if step < -_STEP:
            # Back to the left after the first line of a paragraph; or the end of
            # a quotation, or of what hangs below an item.
            return len(para.lines) > 1
        return False

    def _is_item(
        self, item: re.Match[str], line: TextLine, para: LayoutParagraph, room: bool, step: float
    ) -> bool:
        """Whether a marker opens an item, and is not what a line happens to begin with."""
        if item["bullet"] in _SURE_BULLETS:
            return True
        first = ITEM.match(para.lines[0].text)
        if first and bool(first["bullet"]) == bool(item["bullet"]):
            # Below the marker of the item before, and not below its words.
            aligned = abs(line.x0 - para.lines[0].x0) < 0.4 * line.size
            return aligned and (len(para.lines) == 1 or para.lines[1].x0 > line.x0 + 2 or room)
        apart = len(line.cells) > 1 and line.cells[1][0] <= item.end() + 1
        begins = item["bullet"] or item["number"].strip("().") in _FIRSTS
        introduced = begins and para.text.rstrip().endswith((":", "："))
        return room or apart or abs(step) > _STEP or bool(introduced)


def _stands_alone(text: str) -> bool:
    """A date or a byline on a title page is a line of its own."""
    return bool(date_of(text) or is_issue(text) or is_byline(text))


def _at_left(line: TextLine, column: TextColumn) -> bool:
    return line.x0 - column.left < 0.4 * line.size


def _centred(line: TextLine, column: TextColumn) -> bool:
    left, right = line.x0 - column.left, column.right - line.x1
    return left > 1.5 * line.size and abs(left - right) < 1.2 * line.size


def _verses(paras: list[LayoutParagraph], measures: Measures) -> list[LayoutParagraph]:
    """Short lines below each other, each with room for more, are verse."""
    out: list[LayoutParagraph] = []
    at = 0
    while at < len(paras):
        end = at
        while (
            end < len(paras)
            and _may_be_verse(paras[end], measures)
            and (end == at or (paras[end].gap < PARTED - 1 and paras[end].size == paras[at].size))
        ):
            end += 1
        lines = [line for para in paras[at:end] for line in para.lines]
        if end - at >= _FEWEST_VERSES and _is_verse(lines):
            first = paras[at]
            verse = LayoutParagraph(lines, first.column, first.gap, "verse", first.first_in_column)
            verse.parts = paras[at:end]
            out.append(verse)
            at = end
        else:
            para = paras[at]
            if para.kind == "paragraph" and _is_set_in_lines(para, measures):
                para.kind = "verse"
            out.append(para)
            at += 1
    return out


def _is_set_in_lines(para: LayoutParagraph, measures: Measures) -> bool:
    """Ragged lines that all begin with a capital: verse that fills its measure."""
    lines = para.lines
    if len(lines) < (3 if para.indent > _STEP else 5) or para.size > 1.05 * measures.size:
        return False
    ends = [line.x1 for line in lines]
    # Justified lines, all but the last, end at one place.
    if max(ends[:-1]) - min(ends[:-1]) < 0.3 * para.size:
        return False
    starts = [line.text.lstrip(" “\"‘'«—-([")[:1] for line in lines]
    return all(c.isupper() for c in starts) and not any(
        line.text.rstrip().endswith(("-", "\u00ad")) for line in lines
    )


def _may_be_verse(para: LayoutParagraph, measures: Measures) -> bool:
    line = para.lines[0]
    return (
        len(para.lines) <= 2
        and max(one.x1 - one.x0 for one in para.lines) <= _LONGEST_VERSE * para.column.width
        and para.size <= 1.05 * measures.size
        and not ITEM.match(line.text)
        and len(line.cells) == 1
        and (not para.wholly(MONO) or bool(measures.style & MONO))
        and (not para.wholly(BOLD) or bool(measures.style & BOLD))
    )


def _is_verse(lines: list[TextLine]) -> bool:
    starts = [line.text.lstrip(" “\"‘'«—-([")[:1] for line in lines]
    large = sum(not c.islower() for c in starts)
    return large >= 0.6 * len(lines) and median(len(line.text) for line in lines) <= 60
