"""The paragraphs, lists, tables and notes of an RTF document, as they are put together."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from documents.document import BULLET
from documents.readers.pandoc import builders as nodes
from documents.readers.pandoc.citations import Node
from documents.readers.pandoc.styles import style_kind

_MARKER = re.compile(
    r"\s*(?:(?P<bullet>[•·▪◦‣○●■–—*\uf0b7\uf0a7-])|(?P<number>\(?(?:\d{1,3}|[ivxlc]{1,6}|[a-z])[.)]))\s*",
    re.I,
)
_TYPED = re.compile(r"(?:[•·▪◦‣–]|\(?(?:\d{1,3}|[ivxlc]{1,6}|[a-z])[.)])\t", re.IGNORECASE)
_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|kop|rubrik|заголовок)\s*([1-9])", re.I
)
_QUOTED_TWIPS = 350


@dataclass(frozen=True, slots=True)
class CharacterStyle:
    """How letters look, and where they go."""

    bold: bool = False
    italic: bool = False
    # As for letters that are written from right to left.
    other_bold: bool = False
    other_italic: bool = False
    leftwards: bool = False
    # Chinese, Japanese and Korean letters are bold by either word.
    wide: bool = False
    raised: str = ""
    hidden: bool = False
    font: int = 0
    uc: int = 1
    place: str = ""


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """How a paragraph is set."""

    style: int = 0
    outline: int | None = None
    left: int = 0
    first: int = 0
    in_table: bool = False
    level: int = 0
    bordered: bool = False
    listed: bool = False


@dataclass(slots=True)
class TextFlow:
    """A stream of paragraphs: the text, or a note, or a box beside it."""

    blocks: list[Node] = field(default_factory=list)
    inlines: list[Node] = field(default_factory=list)
    marker: str = ""
    rows: list[list[nodes.Cell]] = field(default_factory=list)
    cells: list[nodes.Cell] = field(default_factory=list)
    cell: list[Node] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    flags: str = ""
    depths: list[int] = field(default_factory=list)


class Paragraphs:
    """Where the letters go: `flow` is what is being written."""

    def __init__(self) -> None:
        self.look, self.form = CharacterStyle(), ParagraphStyle()
        self.flow = TextFlow()
        self.styles: dict[int, str] = {}
        self.outlines: dict[int, int] = {}

    def line(self) -> None:
        if self.look.place not in {"skip", "styles", "info"}:
            self.flow.inlines.append(nodes.line_break())

    def end_paragraph(self) -> None:
        if self.look.place in {"", "footnote", "shptxt", "fldrslt"}:
            self._end_paragraph()

    def end_cell(self) -> None:
        self._end_paragraph(in_table=True)
        merge = (
            self.flow.merges[len(self.flow.cells)]
            if len(self.flow.cells) < len(self.flow.merges)
            else ""
        )
        blocks, self.flow.cell = self.flow.cell, []
        self.flow.cells.append(
            nodes.Cell(blocks, -1 if "v" in merge else 1, -1 if "h" in merge else 1)
        )

    def end_row(self) -> None:
        flow = self.flow
        if flow.cells:
            flow.rows.append(flow.cells)
        flow.cells = []
        self.form = replace(self.form, in_table=False)

    def begin_row(self) -> None:
        self.flow.merges, self.flow.flags = [], ""

    def cell_edge(self) -> None:
        self.flow.merges.append(self.flow.flags)
        self.flow.flags = ""

    def merge(self, flag: str) -> None:
        self.flow.flags += flag

    def _end_paragraph(self, *, in_table: bool = False) -> None:
        inlines, self.flow.inlines = self.flow.inlines, []
        marker, self.flow.marker = self.flow.marker, ""
        if not inlines:
            if self.form.bordered or self.styles.get(self.form.style) == "Horizontal Line":
                self._end_table()
                self.flow.blocks.append(nodes.rule())
                self.form = replace(self.form, bordered=False)
            return
        block = self._block(inlines, marker)
        if in_table or self.form.in_table:
            self.flow.cell.append(block)
            return
        self._end_table()
        self.flow.blocks.append(block)

    def _end_table(self) -> None:
        if self.flow.cells:
            self.end_row()
        rows, self.flow.rows = self.flow.rows, []
        if rows:
            self.flow.blocks.append(nodes.table([_merged(rows, n) for n in range(len(rows))]))

    def _block(self, inlines: list[Node], marker: str) -> Node:
        form = self.form
        name = self.styles.get(form.style, "")
        heading = _HEADING.match(name)
        outline = form.outline if form.outline is not None else self.outlines.get(form.style)
        kind = style_kind(name)
        block = nodes.paragraph(inlines)
        if all(one["t"] in {"Code", "LineBreak"} for one in inlines):
            return nodes.division([block], custom_style="Source Code")
        if heading or (outline is not None and outline < 9 and kind != "heading"):
            return nodes.header(int(heading.group(1)) if heading else (outline or 0) + 1, inlines)
        if marker or (form.first < 0 and _TYPED.match(_text(inlines))):
            return self._item(inlines, marker)
        if form.listed and self.flow.depths:
            # An item that goes on in a new paragraph.
            return nodes.item([block], "", max(len(self.flow.depths), form.level + 1))
        self.flow.depths = []
        if kind == "blockquote":
            return nodes.quotation([block])
        if kind:
            return nodes.division([block], custom_style=name)
        return (
            nodes.quotation([block]) if form.left + min(form.first, 0) >= _QUOTED_TWIPS else block
        )

    def _item(self, inlines: list[Node], marker: str) -> Node:
        if not marker:
            typed = _TYPED.match(_text(inlines))
            marker = typed.group() if typed else ""
            inlines = _cut(inlines, len(marker))
        match = _MARKER.match(marker)
        shown = match["number"] if match and match["number"] else BULLET
        depths, left = self.flow.depths, self.form.left
        while depths and depths[-1] > left:
            depths.pop()
        if not depths or depths[-1] < left:
            depths.append(left)
        return nodes.item([nodes.paragraph(inlines)], shown, max(len(depths), self.form.level + 1))


def append(inlines: list[Node], node: Node) -> None:
    """One node after another; letters that look alike are joined."""
    last = inlines[-1] if inlines else None
    if last is not None and last["t"] == node["t"]:
        if node["t"] == "Str":
            last["c"] += node["c"]
            return
        if node["t"] == "Code":
            last["c"][1] += node["c"][1]
            return
        if node["t"] == "Link" and last["c"][2] == node["c"][2]:
            append(last["c"][1], node["c"][1][0])
            return
        if node["t"] in {"Emph", "Strong", "Superscript", "Subscript"}:
            append(last["c"], node["c"][0])
            return
    inlines.append(node)


def _text(inlines: list[Node]) -> str:
    return inlines[0]["c"] if inlines and inlines[0]["t"] == "Str" else ""


def _cut(inlines: list[Node], size: int) -> list[Node]:
    return [nodes.words(_text(inlines)[size:]), *inlines[1:]] if size else inlines


def _merged(rows: list[list[nodes.Cell]], n: int) -> list[nodes.Cell]:
    """A row with its merged cells as spans."""
    out: list[nodes.Cell] = []
    for column, cell in enumerate(rows[n]):
        if cell.across < 0 and out:
            out[-1] = replace(out[-1], across=out[-1].across + 1)
        elif cell.down > 0 or not n:
            down = 1
            while (
                n + down < len(rows)
                and column < len(rows[n + down])
                and rows[n + down][column].down < 0
            ):
                down += 1
            out.append(nodes.Cell(cell.blocks, down, 1))
    return out


# Control words that change how paragraphs and letters are set.
FORMS: dict[str, Callable[[ParagraphStyle, int | None], ParagraphStyle]] = {
    "pard": lambda _form, _: ParagraphStyle(),
    "s": lambda form, n: replace(form, style=n or 0),
    "outlinelevel": lambda form, n: replace(form, outline=n or 0),
    "li": lambda form, n: replace(form, left=n or 0),
    "lin": lambda form, n: replace(form, left=n or 0),
    "fi": lambda form, n: replace(form, first=n or 0),
    "ls": lambda form, n: replace(form, listed=bool(n)),
    "brdrb": lambda form, _: replace(form, bordered=True),
    "brdrt": lambda form, _: replace(form, bordered=True),
    "ilvl": lambda form, n: replace(form, level=n or 0),
    "intbl": lambda form, _: replace(form, in_table=True),
}
LOOKS: dict[str, Callable[[CharacterStyle, int | None], CharacterStyle]] = {
    "plain": lambda look, _: CharacterStyle(font=look.font, uc=look.uc, place=look.place),
    "b": lambda look, n: replace(look, bold=n != 0),
    "i": lambda look, n: replace(look, italic=n != 0),
    "super": lambda look, n: replace(look, raised="" if n == 0 else "Superscript"),
    "sub": lambda look, n: replace(look, raised="" if n == 0 else "Subscript"),
    "ab": lambda look, n: replace(look, other_bold=n != 0, bold=n != 0 if look.wide else look.bold),
    "ai": lambda look, n: replace(
        look, other_italic=n != 0, italic=n != 0 if look.wide else look.italic
    ),
    "rtlch": lambda look, _: replace(look, leftwards=True, wide=False),
    "ltrch": lambda look, _: replace(look, leftwards=False, wide=False),
    "dbch": lambda look, _: replace(look, wide=True),
    "loch": lambda look, _: replace(look, wide=False),
    "hich": lambda look, _: replace(look, wide=False),
    "nosupersub": lambda look, _: replace(look, raised=""),
    "up": lambda look, n: replace(look, raised="Superscript" if n else ""),
    "dn": lambda look, n: replace(look, raised="Subscript" if n else ""),
    "v": lambda look, n: replace(look, hidden=n != 0),
    "deleted": lambda look, n: replace(look, hidden=n != 0),
    "f": lambda look, n: replace(look, font=n or 0),
    "uc": lambda look, n: replace(look, uc=1 if n is None else n),
}
