"""The pages of a text, measured, put together as the blocks of an essay."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from documents.hyphens import WordCounts
from documents.messages import gettext_lazy as _
from documents.parsed import ParsedBlock, ParseWarning, broken_word, shortened
from documents.readers.pdf.blocks import (
    LayoutBlock,
    LayoutReader,
    Rank,
    levels,
    note_rich,
    on_title_page,
    title_of,
)
from documents.readers.pdf.box_places import BoxPlacer
from documents.readers.pdf.boxes import FloatingBox, without_boxes
from documents.readers.pdf.characters import Box
from documents.readers.pdf.columns import close_up, columns_of
from documents.readers.pdf.lines import TextLine, lines_of, rich_of, with_natural_widths
from documents.readers.pdf.measures import (
    TextColumn,
    columns_with_sides,
    measured,
    measured_by_page,
)
from documents.readers.pdf.notes import PageNote, reference_of, take_notes
from documents.readers.pdf.running_headers import PageRow, RunningHeaders, running_headers_of
from documents.readers.pdf.runs import TextRun, TextSpan
from documents.readers.text.note_lists import raised_note_lists
from documents.rich import InlineMark, Rich


@dataclass(slots=True)
class PageRuns:
    """What stands on a page, its height, and the rules that are drawn on it."""

    runs: list[TextRun]
    height: float
    rules: tuple[Box, ...] = ()
    sideways: str = ""
    pictures: tuple[Box, ...] = ()


class EssayAssembler:
    """Puts an essay together from all its pages.

    `sizeless` says that the pages were letters in rows, as a program took them
    from a PDF: then no size tells a heading from the text, or a note.
    """

    def __init__(
        self, pages: list[PageRuns], *, leftwards: bool = False, sizeless: bool = False
    ) -> None:
        self.pages = pages
        self.leftwards = leftwards
        self.sizeless = sizeless
        self.blocks: list[ParsedBlock] = []
        self.warnings: list[ParseWarning] = []
        self.places: list[tuple[LayoutBlock, int]] = []
        self.notes: list[PageNote] = []
        # Of each column: what stands beside its text.
        self.boxes: list[list[FloatingBox]] = []

    def read(self) -> tuple[list[ParsedBlock], list[ParseWarning]]:
        headers = running_headers_of(
            [page.runs for page in self.pages],
            [page.height for page in self.pages],
            keep_title=self.sizeless,
        )
        parts: list[tuple[int, list[TextLine], tuple[Box, ...]]] = []
        for number, (page, found) in enumerate(zip(self.pages, headers, strict=True)):
            runs = found.body
            boxes: list[FloatingBox] = []
            if not self.sizeless:
                runs, boxes = without_boxes(runs, number, page.pictures)
            columns = []
            for column in columns_of(runs):
                lines = lines_of(column, number, leftwards=self.leftwards)
                if lines:
                    columns.append(lines)
                    own = {id(run) for run in column}
                    self.boxes.append([box for box in boxes if id(box.beside) in own])
            if self.sizeless:
                close_up(columns)
            rules = tuple(rule for rule in page.rules if not any(box.holds(rule) for box in boxes))
            parts += [(number, lines, _near(rules, lines)) for lines in columns]
        if self.sizeless:
            with_natural_widths([lines for _, lines, _ in parts])
        self._put_together(columns_with_sides(parts), headers)
        return raised_note_lists(self.blocks), self.warnings

    def _put_together(self, columns: list[TextColumn], headers: list[RunningHeaders]) -> None:
        whole = measured(columns)
        by_page = measured_by_page(columns, whole)
        for one in by_page.values():
            one.sizeless = self.sizeless
        measures = by_page[min(by_page)] if by_page else whole
        words = WordCounts(line.text for column in columns for line in column.lines)
        reader = LayoutReader(measures, words)
        placer = BoxPlacer(words, leftwards=self.leftwards)
        order: list[list[LayoutBlock | PageRow | PageNote]] = [[] for _ in self.pages]
        at = 0
        for number, found in enumerate(headers):
            # Heads and feet stand where they part nothing: not above the title, nor
            # below the last note.
            if number:
                order[number] += [*found.head, *found.foot]
            while at < len(columns) and columns[at].page == number:
                reader.measures = by_page[number]
                notes = take_notes(columns[at], by_page[number], self.notes)
                blocks = reader.column(columns[at])
                order[number] += placer.placed(blocks, self.boxes[at], by_page[number])
                order[number] += notes
                self.notes += notes
                at += 1
            if not number:
                end = len(order[0]) - (len(self.pages) == 1)
                order[0][end:end] = [*found.head, *found.foot]
        if order:
            order[-1] += placer.waiting
        title = title_of(reader.blocks, measures)
        for block in on_title_page(reader.blocks, title) if title else []:
            block.kind = "paragraph"
        self._write(order, reader.blocks, title, words, whole.style)

    def _write(
        self,
        order: list[list[LayoutBlock | PageRow | PageNote]],
        blocks: list[LayoutBlock],
        title: LayoutBlock | None,
        words: WordCounts,
        style: int,
    ) -> None:
        level = levels(blocks, title)
        if title is not None:
            self._add_block(title, level, title=True)
        for page, things in zip(self.pages, order, strict=True):
            for thing in things:
                if isinstance(thing, PageRow):
                    self._add_running_header(thing)
                elif isinstance(thing, PageNote):
                    self._add("paragraph", note_rich(thing, words, style))
                elif thing is not title:
                    self._add_block(thing, level)
            if page.sideways:
                self._add(
                    "paragraph", Rich(page.sideways), running_header=_("Text at the page’s side")
                )
        self._raise_references()

    def _add(self, kind: str, rich: Rich, **more: Any) -> bool:
        if not rich.text and kind != "rule":
            return False
        self.blocks.append(ParsedBlock(len(self.blocks), kind, rich, **more))
        return True

    def _add_block(
        self, block: LayoutBlock, level: dict[Rank, int], *, title: bool = False
    ) -> None:
        uid = len(self.blocks)
        number = None
        if block.kind == "heading":
            number = 1 if title else level.get(block.rank, 2)
        elif block.kind == "list_item":
            number = block.level or 1
        added = self._add(
            block.kind,
            block.rich,
            level=number,
            marker=block.marker,
            gap=1 + round(block.para.gap),
            html=block.html,
            runs_on=block.runs_on,
            title=title,
        )
        if not added:
            return
        self.places.append((block, uid))
        if block.kind == "figure":
            words = shortened(block.rich.text)
            message = _("The picture of “%(words)s” was not taken from the PDF.", words=words)
            self.warnings.append(ParseWarning("missing_picture", uid, message))
        for seam in block.warnings:
            message = broken_word(seam)
            self.warnings.append(ParseWarning("hyphen_at_break", uid, message))

    def _add_running_header(self, row: PageRow) -> None:
        runs = sorted(row.runs, key=lambda run: run.x0)
        rich = rich_of([TextSpan(" ".join(run.text for run in runs), 0)])
        number = re.fullmatch(r"\W*(?:\w+\W+)?[\divxlc]+\W*", rich.text, re.IGNORECASE)
        what = _("Page number") if number else _("Running head or foot")
        self._add("paragraph", rich, running_header=what)

    def _raise_references(self) -> None:
        """References that are not raised, but whose notes stand at the page's foot."""
        by_page: dict[int, list[PageNote]] = defaultdict(list)
        for note in self.notes:
            if self.sizeless or note.bracket or not note.label.isalnum():
                by_page[note.page].append(note)
        for page, notes in by_page.items():
            blocks = [
                uid
                for block, uid in self.places
                if block.kind not in {"rule", "table", "code"}
                and any(line.page == page for line in block.lines)
            ]
            for note in notes:
                self._raise(blocks, note)

    def _raise(self, uids: list[int], note: PageNote) -> None:
        """Marks the first place on the page that looks like this note's reference."""
        pattern = reference_of(note.label, bracket=note.bracket)
        for uid in uids:
            rich = self.blocks[uid].rich
            for match in pattern.finditer(rich.text):
                if any(m.tag == "sup" and m.start <= match.start() < m.end for m in rich.marks):
                    continue
                mark = InlineMark(match.start(), match.end(), "sup", (("bracket", "1"),))
                marks = tuple(sorted((*rich.marks, mark), key=lambda m: m.start))
                self.blocks[uid] = replace(self.blocks[uid], rich=replace(rich, marks=marks))
                return


def _near(rules: tuple[Box, ...], lines: list[TextLine]) -> tuple[Box, ...]:
    """The rules that stand within the sides of a column."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    return tuple(r for r in rules if r.x1 > left and r.x0 < right)
