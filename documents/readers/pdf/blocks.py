"""From paragraphs to the blocks of an essay: headings, quotations, lists, verse, tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from documents.dates import date_of, is_issue
from documents.document import BULLET
from documents.hyphens import WordCounts
from documents.names import authors_in, is_byline, is_name
from documents.readers.pdf.characters import BOLD, ITALIC, MONO, Box
from documents.readers.pdf.hyphens import one_text
from documents.readers.pdf.lines import TextLine, rich_of
from documents.readers.pdf.measures import Measures, TextColumn
from documents.readers.pdf.notes import PageNote
from documents.readers.pdf.paragraphs import ITEM, LayoutParagraph, paragraphs_of, room_for
from documents.readers.pdf.runs import TextSpan
from documents.readers.pdf.tables import cells_of, table_of, tables_in
from documents.rich import InlineMark, Rich
from documents.words import bare, ends_sentence, starts_small

_LONGEST_HEADING = 200
_LONGEST_BOLD_HEADING = 120
_MOST_HEADING_LINES = 5
_LARGER = 1.07
# What stands above the text is shorter.
_LONGEST_FRONT = 100
_QUOTED = 0.9
_SMALLER = 0.97
_STARS = re.compile(r"\s*(?:[*⁂#•·~–—_-]\s*){3,}\s*|⁂")
# A rule of the author's is at least this part of the column.
_RULE = 0.12


# How a heading is set: size, bold, capitals, upright.
Rank = tuple[float, int, int, int]


@dataclass(slots=True)
class LayoutBlock:
    """A paragraph with the kind that its setting gives it."""

    kind: str
    lines: list[TextLine]
    para: LayoutParagraph
    rich: Rich
    marker: str = ""
    html: str = ""
    rank: Rank = (0.0, 0, 0, 0)
    level: int | None = None
    runs_on: bool = False
    warnings: tuple[str, ...] = ()

    @property
    def page(self) -> int:
        return self.lines[0].page if self.lines else self.para.column.page


class LayoutReader:
    """Reads columns one after the other, in the measures of the whole document."""

    def __init__(self, measures: Measures, words: WordCounts) -> None:
        self.measures, self.words = measures, words
        self.blocks: list[LayoutBlock] = []
        self.prose = False
        self.items: list[float] = []
        self.listed = False

    def column(self, column: TextColumn) -> list[LayoutBlock]:
        """The blocks of a column; the first of them may go on from the last before."""
        found: list[LayoutBlock] = []
        at = 0
        spans = tables_in(column, self.measures)
        for start, end in [*spans, (len(column.lines), len(column.lines))]:
            part = TextColumn(
                column.page,
                column.lines[at:start],
                column.left,
                column.right,
                column.rules,
                column.ragged_start,
            )
            first = not (self.blocks or found)
            paras = paragraphs_of(part, self.measures, first=first)
            for n, para in enumerate(paras):
                para.first_in_column = n == 0 and at == 0
                found.extend(self._blocks(para))
            if end > start:
                found.append(self.table(column, start, end))
            at = end
        self._rules(column, found)
        self._mark_continued(found)
        self.blocks.extend(found)
        return found

    def table(self, column: TextColumn, start: int, end: int) -> LayoutBlock:
        """Lines of a column, from one to before another, as rows."""
        lines = column.lines[start:end]
        rich, html = table_of(lines, self.measures.distance(lines[0].size))
        return LayoutBlock("table", lines, LayoutParagraph(lines, column, 1.0), rich, html=html)

    def _blocks(self, para: LayoutParagraph) -> Iterable[LayoutBlock]:
        if para.kind == "verse" and not self.prose and para.column.page == 0:
            # Short lines below each other open a title page.
            yield from map(self._block, para.parts or [replace(para, kind="paragraph")])
            return
        block = self._block(para)
        # A list ends where something else stands at the margin.
        if (
            block.kind != "list_item"
            and not para.first_in_column
            and para.lines[0].x0 < (para.column.left + 0.5 * para.size)
        ):
            self.listed = False
        yield block

    def _block(self, para: LayoutParagraph) -> LayoutBlock:
        text = para.text.strip()
        if para.kind == "verse":
            return LayoutBlock("verse", para.lines, para, _verse(para.lines))
        if _STARS.fullmatch(text) and not any(c.isalnum() for c in text):
            return LayoutBlock("rule", para.lines, para, Rich())
        if para.wholly(MONO) and not self.measures.style & MONO and len(para.lines) > 1:
            return LayoutBlock("code", para.lines, para, Rich("\n".join(_code(para))))
        if not self.prose and para.column.page == 0:
            para = _names_apart(para)
        spans, warnings = one_text(para.lines, self.words)
        kind = "heading" if self._is_heading(para, text) else "paragraph"
        if kind == "heading":
            rank = (
                round(para.size * 2) / 2,
                int(para.wholly(BOLD)),
                int(text.isupper()),
                int(not para.wholly(ITALIC)),
            )
            rich = _plain(rich_of(spans))
            return LayoutBlock(kind, para.lines, para, rich, rank=rank, warnings=tuple(warnings))
        rich = rich_of(self._without_own_style(spans))
        item = ITEM.match(rich.text)
        if item and self._is_item(para, item):
            marker = BULLET if item["bullet"] else item["number"]
            words = rich.clip(item.end(), len(rich.text)).squashed()
            block = LayoutBlock(
                "list_item", para.lines, para, words, marker, warnings=tuple(warnings)
            )
            block.level = self._depth(para)
            return block
        # A title without a size of its own may take two lines.
        if len(text) > 90 or (len(para.lines) > 1 and not self.measures.sizeless):
            self.prose = True
        if self._is_quotation(para):
            kind = "blockquote"
        return LayoutBlock(kind, para.lines, para, rich, warnings=tuple(warnings))

    def _without_own_style(self, spans: list[TextSpan]) -> list[TextSpan]:
        """The style of the whole document is no emphasis."""
        own = self.measures.style
        return [s._replace(style=s.style & ~own) for s in spans] if own else spans

    def _is_heading(self, para: LayoutParagraph, text: str) -> bool:
        if len(para.lines) > _MOST_HEADING_LINES or len(text) > _LONGEST_HEADING:
            return False
        if not any(c.isalpha() for c in text) or (ITEM.match(text) and text[0] in "•◦▪-–*"):
            return False
        if para.size >= _LARGER * self.measures.size:
            return not (len(para.lines) > 2 and ends_sentence(text) and text.endswith("."))
        if para.size < 0.93 * self.measures.size or self.measures.style & BOLD:
            return False
        return (
            para.wholly(BOLD)
            and len(text) <= _LONGEST_BOLD_HEADING
            and not bare(text).endswith((".", ",", ";"))
        )

    def _is_item(self, para: LayoutParagraph, item: re.Match[str]) -> bool:
        if item["bullet"] and item["bullet"] not in "*–—-":
            return True
        first = para.lines[0]
        hangs = len(para.lines) > 1 and para.lines[1].x0 > first.x0 + 0.5 * first.size
        cell = len(first.cells) > 1 and first.cells[1][0] <= item.end() + 1
        indented = first.x0 - para.column.left > 0.5 * first.size
        if item["number"] and not item["number"].strip("().").isdigit():
            return hangs or cell
        before = self.blocks[-1] if self.blocks else None
        return (
            hangs
            or cell
            or indented
            or (before is not None and before.kind == "list_item")
            or (bool(item["number"]))
        )

    def _depth(self, para: LayoutParagraph) -> int:
        """How deep an item stands: by its marker's place among those before it."""
        # Where lines begin at many places, no place tells of a list in a list.
        x = 0.0 if para.column.ragged_start else (para.lines[0].x0 - para.column.left) / para.size
        if not self.listed or not self.items:
            self.items = []
        while self.items and x < self.items[-1] - 0.4:
            self.items.pop()
        if not self.items or x > self.items[-1] + 0.4:
            self.items.append(x)
        self.listed = True
        return len(self.items)

    def _is_quotation(self, para: LayoutParagraph) -> bool:
        if para.size > 1.03 * self.measures.size:
            return False
        if self.measures.sizeless and not self.prose and len(para.text) < _LONGEST_FRONT:
            return False
        column, size = para.column, max(para.size, 1)
        first, indent = (para.lines[0].x0 - column.left) / size, para.indent
        smaller = para.size <= _SMALLER * self.measures.size
        usual = self.measures.indent
        if column.ragged_start:
            return len(para.lines) > 2 and min(first, indent) > 2.2
        if len(para.lines) == 1:
            line = para.lines[0]
            if abs((line.x0 - column.left) - (column.right - line.x1)) < 1.2 * size and not smaller:
                return False
            apart = abs(first - usual) > 0.3 if usual else True
            return first >= _QUOTED and apart and (para.gap > 0.15 or smaller) and self.prose
        return min(first, indent) >= (0.5 if smaller else _QUOTED)

    def _rules(self, column: TextColumn, found: list[LayoutBlock]) -> None:
        """Puts the author's rules, drawn between two paragraphs, among the blocks."""
        for rule in column.rules:
            if rule.x1 - rule.x0 < _RULE * column.width or _crowded(rule, column):
                continue
            at = next((n for n, b in enumerate(found) if b.lines and b.lines[0].y < rule.y0), None)
            if at is None or at == 0 or found[at - 1].kind == "table" or found[at].kind == "table":
                continue
            above, below = found[at - 1].lines[-1], found[at].lines[0]
            if (
                above.y - rule.y0 > 0.5 * above.size
                and rule.y0 - below.y > 0.9 * below.size
                and (above.y - below.y > 1.6 * self.measures.distance(below.size))
            ):
                para = LayoutParagraph([], column)
                found.insert(at, LayoutBlock("rule", [below], para, Rich()))

    def _mark_continued(self, found: list[LayoutBlock]) -> None:
        """Whether the first block of a column is the rest of the last one before it."""
        first = next((b for b in found if b.kind not in {"table", "rule"}), None)
        last = next((b for b in reversed(self.blocks) if b.kind not in {"table", "rule"}), None)
        if first is None or last is None or not first.lines or not last.lines:
            return
        if first.kind == "heading" or last.kind in {"heading", "verse", "code"}:
            return
        if first.kind in {"verse", "code"} or first.marker:
            return
        if abs(first.para.size - last.para.size) > 0.06 * last.para.size:
            return
        end, start = last.lines[-1], first.lines[0]
        before, now = last.para.column, first.para.column
        own = last.kind in {"blockquote", "list_item"}
        indent = 0.0 if now.ragged_start else start.x0 - now.left
        if own:
            if abs(_hang(last) - before.left - indent) > 0.5 * start.size:
                return
        elif first.kind == "blockquote" or indent > 0.5 * start.size:
            return
        right = before.right
        if own:
            right = max(line.x1 for line in last.lines) if last.kind == "blockquote" else right
        if room_for(end, start, right, before.left if before.ragged_start else None):
            return
        text = last.rich.text
        # A full last line that ends a sentence: an indent or white would have told
        # of a new paragraph, where the document has them.
        ended = ends_sentence(text) and not self.measures.indent and text[-1:] not in ",;"
        first.runs_on = not ended or starts_small(start.text)


def _names_apart(para: LayoutParagraph) -> LayoutParagraph:
    """Authors beside each other on a title page: a semicolon between their names."""
    line = para.lines[0]
    if len(para.lines) > 1 or len(line.cells) < 2:
        return para
    cells = [spans for _, _, spans in cells_of(line)]
    if len(cells) < 2 or not all(is_name("".join(s.text for s in c).strip()) for c in cells):
        return para
    spans = cells[0]
    for cell in cells[1:]:
        last = spans[-1]
        spans = [*spans[:-1], last._replace(text=f"{last.text.rstrip()}; "), *cell]
    para.lines = [replace(line, spans=spans, cells=line.cells[:1])]
    return para


def _crowded(rule: Box, column: TextColumn) -> bool:
    """Rules near each other are a table's or a picture's."""
    return any(
        other is not rule
        and abs(other.y0 - rule.y0) < 60
        and other.x1 > rule.x0
        and other.x0 < rule.x1
        for other in column.rules
    )


def _hang(block: LayoutBlock) -> float:
    """Where the lines of a block stand after the first."""
    first = block.lines[0]
    if len(block.lines) > 1:
        return block.lines[1].x0
    return (
        first.cells[1][1]
        if block.marker and len(first.cells) > 1
        else first.x0 + ((len(block.marker) * 0.5 + 0.6) * first.size if block.marker else 0)
    )


def _verse(lines: list[TextLine]) -> Rich:
    spans: list[TextSpan] = []
    for line in lines:
        if spans:
            spans.append(TextSpan("\n", 0))
        spans.extend(line.spans)
    rich = rich_of(spans, lines=True)
    breaks = [InlineMark(at, at, "br") for at, c in enumerate(rich.text) if c == "\n"]
    return replace(rich, marks=(*rich.marks, *breaks))


def _code(para: LayoutParagraph) -> list[str]:
    """Lines of code, with their indents."""
    left = min(line.x0 for line in para.lines)
    wide = 0.6 * para.size
    return [" " * round((line.x0 - left) / wide) + line.text.rstrip() for line in para.lines]


def _plain(rich: Rich) -> Rich:
    """Without the emphasis over the whole: that is how a heading is set."""
    for tag in ("strong", "em", "code"):
        if rich.wholly(tag):
            rich = rich.without(tag)
    return rich.without("strong") if len(rich.marks) == 1 else rich


def note_rich(note: PageNote, words: WordCounts, style: int) -> Rich:
    """A note as the shared repair reads one: its label raised, then its words."""
    spans, _ = one_text(note.lines, words)
    rich = rich_of([s._replace(style=s.style & ~style) for s in spans])
    shift = len(note.label) + 1
    whole = rich.mapped(f"{note.label} {rich.text}", lambda at: at + shift)
    return replace(whole, marks=(InlineMark(0, len(note.label), "sup"), *whole.marks))


def levels(blocks: list[LayoutBlock], title: LayoutBlock | None) -> dict[Rank, int]:
    """Heading levels by how they are set: larger, then bold, then capitals first.

    Of upright and slanted ones the first that comes stands higher: an essay
    opens with a section.
    """
    ranks = list(dict.fromkeys(b.rank for b in blocks if b.kind == "heading" and b is not title))
    ranks.sort(key=lambda rank: rank[:3], reverse=True)
    return {rank: min(2 + n, 6) for n, rank in enumerate(ranks)}


def title_of(blocks: list[LayoutBlock], measures: Measures) -> LayoutBlock | None:
    """The largest heading of the first page, if none that comes later is larger."""
    heads = [b for b in blocks if b.kind == "heading"]
    first = [b for b in heads if b.page == blocks[0].page] if blocks else []
    if not first:
        return None
    best = max(first, key=lambda b: (b.rank, -blocks.index(b)))
    alike = [b for b in heads if b.rank == best.rank]
    larger = any(b.rank[0] > best.rank[0] for b in heads)
    before = blocks[: blocks.index(best)]
    if larger or sum(len(b.rich.text) for b in before) > 600:
        return None
    if len(alike) > 1 and best is not heads[0]:
        return None
    return best if best.rank[0] > measures.size * 0.98 else None


def on_title_page(blocks: list[LayoutBlock], title: LayoutBlock) -> list[LayoutBlock]:
    """Headings that are none: the lines below a title, set larger than the text."""
    at = blocks.index(title)
    below = []
    for block in blocks[at + 1 : at + 8]:
        prose = block.kind != "heading" and len(block.lines) > 1
        if block.page != title.page or len(block.rich.text) > 160 or prose:
            break
        below.append(block)
    last = -1
    for n, block in enumerate(below):
        later = {b.rank for b in blocks[at + 2 + n :] if b.kind == "heading"}
        named = bool(authors_in(block.rich.text)) and (
            block.kind != "heading" or block.rank not in later
        )
        if named or _is_front(block.rich.text):
            last = n
    return [b for b in below[: last + 1] if b.kind == "heading"]


def _is_front(text: str) -> bool:
    return bool(date_of(text) or is_issue(text) or is_byline(text))
