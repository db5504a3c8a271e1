"""Where what a box beside the text says is read: after the paragraph that it interrupts."""

from __future__ import annotations

from documents.hyphens import WordCounts
from documents.readers.pdf.blocks import LayoutBlock, LayoutReader
from documents.readers.pdf.boxes import FloatingBox, beside_each_other
from documents.readers.pdf.columns import columns_of
from documents.readers.pdf.lines import lines_of
from documents.readers.pdf.measures import Measures, TextColumn, columns_with_sides
from documents.readers.pdf.tables import tables_in

# What stands below a picture and is longer is no caption.
_LONGEST_CAPTION = 400


class BoxPlacer:
    """Reads boxes, and puts their blocks among those of the columns beside which they stand.

    `waiting` are the blocks of boxes beside a paragraph that may go on in the next column.
    """

    def __init__(self, words: WordCounts, *, leftwards: bool) -> None:
        self.words, self.leftwards = words, leftwards
        self.waiting: list[LayoutBlock] = []

    def placed(
        self, column: list[LayoutBlock], boxes: list[FloatingBox], measures: Measures
    ) -> list[LayoutBlock]:
        """A column's blocks, and after each those of the boxes beside it."""
        places: dict[int, list[LayoutBlock]] = {}
        for box in sorted(boxes, key=lambda box: (-box.beside.y, box.place.x0)):
            blocks = self._read(box, measures)
            places.setdefault(_interrupted(column, box), []).extend(blocks)
        waiting, self.waiting = self.waiting, []
        goes_on = any(block.runs_on for block in column)
        out: list[LayoutBlock] = [] if goes_on else waiting
        for n, block in enumerate(column):
            out.append(block)
            if block.runs_on:
                out += waiting
            if n + 1 < len(column):
                out += places.get(n, [])
        self.waiting = places.get(max(len(column) - 1, 0), [])
        return out

    def _read(self, box: FloatingBox, measures: Measures) -> list[LayoutBlock]:
        found: list[LayoutBlock] = []
        for one in beside_each_other(box):
            has_picture = bool(one.pictures)
            for runs in columns_of(one.runs):
                lines = lines_of(runs, box.page, leftwards=self.leftwards)
                for column in columns_with_sides([(box.page, lines, ())]):
                    found += self._blocks(column, measures, has_picture=has_picture)
        return found

    def _blocks(
        self, column: TextColumn, measures: Measures, *, has_picture: bool
    ) -> list[LayoutBlock]:
        reader = LayoutReader(measures, self.words)
        above = self.waiting[-1] if self.waiting else None
        if above is not None and _goes_on(above, column):
            column.lines[:0] = above.lines
            whole = reader.table(column, 0, len(column.lines))
            above.lines, above.rich, above.html = whole.lines, whole.rich, whole.html
            return []
        if tables_in(column, measures):
            # Its head and what stands below its rows are rows of the same table.
            return [reader.table(column, 0, len(column.lines))]
        reader.prose = True
        blocks = reader.column(column)
        for block in blocks:
            if block.kind not in {"list_item", "rule"}:
                is_caption = has_picture and len(block.rich.text) <= _LONGEST_CAPTION
                # The head of a box opens no section of the text, however bold it is.
                block.kind = "figure" if is_caption else "paragraph"
                if block.rich.wholly("strong"):
                    block.rich = block.rich.without("strong")
        return blocks


def _goes_on(table: LayoutBlock, column: TextColumn) -> bool:
    """Whether lines at a page's top are the next rows of a table that its end has cut."""
    if table.kind != "table" or table.lines[-1].page != column.page - 1:
        return False
    rows = [line for line in table.lines if len(line.cells) > 1]
    last = rows[-1].cells if rows else []
    return [round(x0) for _, x0, _ in last] == [round(x0) for _, x0, _ in column.lines[0].cells]


def _interrupted(column: list[LayoutBlock], box: FloatingBox) -> int:
    """Which block stands beside a box’s top; past a heading, and past a list to its end."""
    last = max(len(column) - 1, 0)
    at = next(
        (
            n
            for n, block in enumerate(column)
            if block.kind not in {"heading", "rule"} and block.lines[-1].y <= box.beside.y + 1
        ),
        last,
    )
    while at < last and column[at].kind == column[at + 1].kind == "list_item":
        at += 1
    return at
