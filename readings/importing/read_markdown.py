"""Markdown as a draft, by way of pandoc's tree."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from readings.importing.document import BULLET, Metadata
from readings.importing.draft import Doubt, Draft, Footnote, Piece, shortened
from readings.importing.html_fragment import fragment_pieces
from readings.importing.inlines import Node, RichWriter
from readings.importing.pandoc import pandoc_json
from readings.importing.refusal import ImportRefused
from readings.importing.rich import Mark, Rich, joined
from readings.importing.tables import table_content

# CommonMark is the Markdown that most programs write, and pandoc reads it ten
# times faster than its own dialect, so that one is for texts that use it.
_COMMONMARK = (
    "commonmark+footnotes+yaml_metadata_block+pipe_tables+bracketed_spans"
    "+definition_lists+strikeout+fenced_divs+task_lists"
)
_PANDOC = (
    "markdown-smart-citations-fancy_lists-example_lists-raw_tex-latex_macros-implicit_figures"
    "-blank_before_header-tex_math_dollars-raw_attribute+lists_without_preceding_blankline"
)
_PANDOC_SIGNS = re.compile(
    r"\^\[|^\| +[^|\n]*\n\| +[^|\n]*$|^\+[-=]{3,}|^ *-{3,} +-{3,}[- ]*$|"
    r"\w~[\w+-]{1,6}~|\w\^[\w+-]{1,6}\^|\A%",
    re.MULTILINE,
)
# pandoc's own dialect takes 20 s for 5 MB.
_PANDOC_MOST = 1_500_000

_FIELDS = {
    "title": "title",
    "subtitle": "subtitle",
    "journal": "venue",
    "publication": "venue",
    "venue": "venue",
    "issue": "issue",
    "abstract": "abstract",
    "lang": "language",
    "language": "language",
    "rights": "licence",
    "license": "licence",
    "licence": "licence",
    "copyright": "licence",
}


def read_markdown(text: str) -> Draft:
    """Blocks, notes and metadata of a Markdown text, as they are written.

    Raises ImportRefused for what pandoc cannot read within its limits, and for
    quotations or lists within each other deeper than any essay has them.
    """
    own = len(text) < _PANDOC_MOST and _PANDOC_SIGNS.search(text)
    try:
        return _Reader().read(pandoc_json(text, _PANDOC if own else _COMMONMARK))
    except RecursionError as error:
        raise ImportRefused(
            "too_complex",
            "This file has hundreds of lists or quotations inside each other.",
            "Check whether it is what you meant to read, or save it as plain text.",
        ) from error


class _Reader:
    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.notes: list[Footnote] = []
        self.numbers: dict[str, str] = {}
        self.doubts: list[Doubt] = []

    def read(self, tree: dict[str, Any]) -> Draft:
        metadata, title = self._metadata(tree["meta"])
        heads = [b for b in tree["blocks"][:3] if b["t"] == "Header"]
        if title and not any(self._rich(b["c"][2]).text == title.text for b in heads):
            self._add("heading", title, level=1)
        self._blocks(tree["blocks"])
        return Draft(
            "markdown", metadata, tuple(self.pieces), tuple(self.notes), doubts=tuple(self.doubts)
        )

    def _metadata(self, meta: dict[str, Any]) -> tuple[Metadata, Rich]:
        values: dict[str, Any] = {}
        for name, place in _FIELDS.items():
            if name in meta:
                values.setdefault(place, self._meta(meta[name]).text)
        if "author" in meta or "authors" in meta:
            node = meta.get("author") or meta["authors"]
            several = node["c"] if node["t"] == "MetaList" else [node]
            values["authors"] = tuple(name for one in several if (name := self._meta(one).text))
        if "date" in meta:
            values["published"] = self._meta(meta["date"]).text
        return Metadata(**values), self._meta(meta["title"]) if "title" in meta else Rich()

    def _meta(self, node: Node) -> Rich:
        kind, content = node["t"], node.get("c", [])
        if kind == "MetaInlines":
            return self._rich(content)
        if kind == "MetaBlocks":
            return self._inside(content)
        if kind == "MetaString":
            return Rich(content).squashed()
        if kind == "MetaList":
            return joined([self._meta(one) for one in content], ", ")
        if kind == "MetaMap":
            return self._meta(content["name"]) if "name" in content else Rich()
        return Rich()

    # Inlines

    def _writer(self) -> RichWriter:
        return RichWriter(self._note, self._picture)

    def _rich(self, nodes: list[Node], *, lines: bool = False) -> Rich:
        writer = self._writer()
        writer.inlines(nodes)
        return writer.rich().squashed(lines=lines)

    def _note(self, content: list[Node]) -> str:
        """The number of a note; the same note twice keeps its number."""
        same = json.dumps(content, sort_keys=True)
        if same not in self.numbers:
            number = self.numbers[same] = str(len(self.numbers) + 1)
            slot = len(self.notes)
            self.notes.append(Footnote(number, Rich()))
            self.notes[slot] = Footnote(number, self._inside(content))
        return self.numbers[same]

    def _picture(self, address: str, alternative: str) -> None:
        place = shortened(address, 60) or "no address"
        words = (
            f"its words stand for it: “{shortened(alternative)}”" if alternative else "it has none"
        )
        message = f"The picture ({place}) is not in the file; {words}."
        self.doubts.append(Doubt("missing_picture", len(self.pieces), message))

    def _inside(self, blocks: list[Node]) -> Rich:
        """Several blocks as one line of rich text (a note, a table's cell)."""
        inner = _Reader()
        inner.notes, inner.numbers, inner.doubts = self.notes, self.numbers, self.doubts
        inner._blocks(blocks)
        parts = [piece.rich for piece in inner.pieces if piece.rich]
        return joined(parts).squashed()

    # Blocks

    def _add(self, kind: str, rich: Rich, *, level: int | None = None, html: str = "") -> None:
        if rich.text or rich.refs or kind in {"rule", "figure"}:
            self.pieces.append(Piece(len(self.pieces), kind, rich, level, html=html))

    def _blocks(self, blocks: list[Node], *, kind: str = "paragraph", depth: int = 0) -> None:
        html: list[str] = []
        for block in blocks:
            if block["t"] == "RawBlock":
                if block["c"][0] == "html":
                    html.append(block["c"][1])
                else:
                    self._add("code", Rich(block["c"][1]))
                continue
            self._html(html, kind)
            self._block(block, kind, depth)
        self._html(html, kind)

    def _html(self, html: list[str], kind: str) -> None:
        if html:
            for one, rich, level in fragment_pieces("\n".join(html), self._picture):
                self._add(kind if one == "paragraph" else one, rich, level=level)
            html.clear()

    def _block(self, block: Node, kind: str, depth: int) -> None:
        name, content = block["t"], block.get("c", [])
        if name in {"Para", "Plain"}:
            self._paragraph(content, kind)
        elif name == "BlockQuote":
            self._blocks(content, kind="blockquote", depth=depth)
        elif name in {"BulletList", "OrderedList"}:
            self._list(name, content, depth + 1)
        elif name == "DefinitionList":
            self._definitions(content, kind, depth + 1)
        elif name == "Div":
            self._blocks(content[1], kind=kind, depth=depth)
        else:
            self._leaf(name, content)

    def _leaf(self, name: str, content: Any) -> None:
        if name == "Header":
            self._add("heading", self._rich(content[2]), level=content[0])
        elif name == "LineBlock":
            self._add("verse", _verse([self._rich(line) for line in content]))
        elif name == "CodeBlock":
            self._add("code", Rich(content[1]))
        elif name == "HorizontalRule":
            self._add("rule", Rich())
        elif name == "Table":
            rich, html = table_content(content, self._inside)
            self._add("table", rich, html=html)
        elif name == "Figure":
            self._figure(content)

    def _definitions(self, content: Any, kind: str, depth: int) -> None:
        """Each term as a strong paragraph, what it means as items below."""
        for term, definitions in content:
            self._add(kind, self._rich([{"t": "Strong", "c": term}]))
            for one in definitions:
                self._item(one, "", depth)

    def _paragraph(self, nodes: list[Node], kind: str) -> None:
        if len(nodes) == 1 and nodes[0]["t"] == "Image":
            _, alternative, (address, _) = nodes[0]["c"]
            rich = self._rich(alternative)
            self._picture(address, rich.text)
            self._add("figure", rich)
            return
        breaks = [n for n, node in enumerate(nodes) if node["t"] == "LineBreak"]
        rich = self._rich(nodes, lines=True)
        lines = rich.text.split("\n")
        # Two hard breaks and short lines: set in lines on purpose.
        if kind in {"paragraph", "blockquote"} and len(breaks) >= 2 and max(map(len, lines)) <= 70:
            self._add("verse", rich)
        else:
            self._add(kind, rich.squashed())

    def _list(self, name: str, content: Any, depth: int) -> None:
        if name == "BulletList":
            for item in content:
                self._item(item, BULLET, depth)
            return
        (start, _, delimiter), items = content
        before, after = {"TwoParens": ("(", ")"), "OneParen": ("", ")")}.get(
            delimiter["t"], ("", ".")
        )
        for number, item in enumerate(items, start):
            self._item(item, f"{before}{number}{after}", depth)

    def _item(self, blocks: list[Node], marker: str, depth: int) -> None:
        """An item's first paragraph takes the marker; the others go on."""
        first = len(self.pieces)
        self._blocks(blocks, kind="list_item", depth=depth)
        for index in range(first, len(self.pieces)):
            piece = self.pieces[index]
            if piece.kind == "list_item" and piece.level is None:
                mark = marker if index == first else ""
                self.pieces[index] = replace(piece, level=depth, marker=mark)

    def _figure(self, content: Any) -> None:
        caption = self._inside(content[1][1])
        quiet = _Reader()
        quiet._blocks(content[2])
        for doubt in quiet.doubts:
            self.doubts.append(replace(doubt, uid=len(self.pieces)))
        self._add("figure", caption or joined(p.rich for p in quiet.pieces).squashed())


def _verse(lines: list[Rich]) -> Rich:
    whole = joined(lines, "\n")
    breaks = [Mark(at, at, "br") for at, c in enumerate(whole.text) if c == "\n"]
    return replace(whole, marks=(*whole.marks, *breaks))
