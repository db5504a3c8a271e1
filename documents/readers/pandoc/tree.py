"""pandoc's tree as a parsed document: one reader for every format that pandoc knows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from documents.document import BULLET, Metadata
from documents.messages import Message
from documents.messages import gettext_lazy as _
from documents.parsed import ParsedBlock, ParsedDocument, ParsedNote, ParseWarning, shortened
from documents.pictures import PictureBox
from documents.readers.markup.html_fragment import fragment_blocks
from documents.readers.pandoc.citations import Node
from documents.readers.pandoc.inlines import RichWriter
from documents.readers.pandoc.metadata import metadata_of
from documents.readers.pandoc.nodes import (
    captioned,
    closed_up,
    counted,
    images_in,
    is_code,
    lines_of,
    note_bodies,
    only_images,
    refers,
    says_more,
    verse,
    with_references,
)
from documents.readers.pandoc.styles import STYLED, settled, style_kind
from documents.readers.pandoc.tables import table_content
from documents.rich import Rich, joined

_LONGEST_LINE_OF_VERSE = 70
# A line of dashes or stars, drawn with letters.
_RULE = re.compile(r"\s*(?:[-—–_*⁂·•~#]\s*){3,}|\s*⁂\s*")


class TreeReader:
    """Reads one tree. `metadata` is what the file's own properties say, where they are believed."""

    def __init__(
        self, form: str, pictures: PictureBox | None = None, metadata: Metadata | None = None
    ) -> None:
        self.form = form
        self.box = pictures or PictureBox()
        self.known = metadata or Metadata()
        self.blocks: list[ParsedBlock] = []
        self.notes: list[ParsedNote] = []
        self.numbers: dict[str, str] = {}
        self.warnings: list[ParseWarning] = []
        self.bodies: dict[str, list[Node]] = {}
        self.within = 0
        self.styled_title: ParsedBlock | None = None

    def read(self, tree: dict[str, Any]) -> ParsedDocument:
        note_bodies(tree["blocks"], self.bodies)
        title, found = metadata_of(tree["meta"], self.rich, self.inside, self.plain)
        self._blocks(tree["blocks"])
        # Notes that nothing refers to are not lost: they stand at the end.
        for name in [one for one in self.bodies if f"#{one}" not in self.numbers]:
            self._unreferred(self.bodies[name])
        blocks, styled = settled(self.blocks)
        title, found = _with_subtitle(title, found)
        metadata = _first(self.known, found, styled)
        heads = [block for block in blocks[:4] if block.kind == "heading"]
        if title and not any(block.text == title.text for block in heads):
            blocks = [ParsedBlock(len(self.blocks), "heading", title, 1), *blocks]
        return ParsedDocument(
            self.form,
            metadata,
            tuple(blocks),
            tuple(self.notes),
            warnings=tuple(self.warnings),
            pictures=tuple(self.box.pictures),
        )

    # Inlines

    def rich(self, nodes: list[Node], *, lines: bool = False) -> Rich:
        writer = RichWriter(self._note, self._picture, self._unknown)
        writer.inlines(nodes)
        return closed_up(writer.rich().squashed(lines=lines))

    def plain(self, nodes: list[Node]) -> tuple[str, list[str]]:
        """The words alone, and those of the notes to them (which get no number)."""
        notes: list[str] = []

        def on_note(content: Any) -> str:
            notes.append(self.inside(content).text)
            return ""

        writer = RichWriter(on_note, self._picture)
        writer.inlines(nodes)
        return writer.rich().squashed().text, notes

    def _note(self, content: Any) -> str:
        """The number of a note; the same note twice keeps its number.

        It is known by its name or its place in the tree: two notes may have the same words.
        """
        if isinstance(content, str):
            same, content = f"#{content}", self.bodies.get(content, [])
        elif content and "name" in content[0]:
            same = f"#{content[0]['name']}"
        else:
            same = f"at {id(content)}"
        if same not in self.numbers:
            number = self.numbers[same] = str(len(self.numbers) + 1)
            slot = len(self.notes)
            self.notes.append(ParsedNote(number, Rich()))
            self.notes[slot] = ParsedNote(number, with_references(self.inside(content)))
        return self.numbers[same]

    def _unreferred(self, content: list[Node]) -> None:
        """A note that nothing refers to, among the blocks."""
        first = len(self.blocks)
        self._blocks(content)
        if len(self.blocks) > first:
            words = shortened(self.blocks[first].text)
            message = _("Nothing in the text refers to this note: %(words)s", words=words)
            self.warnings.append(ParseWarning("unbound_note", first, message))

    def _picture(self, address: str, alternative: str) -> str:
        """The name of the kept picture, or "" and a warning that says why there is none."""
        found = self.box.take(address)
        if isinstance(found, Message):
            place = _("in the text") if address[:5] == "data:" else shortened(address, 60)
            words = (
                _("its words stand for it: “%(words)s”", words=shortened(alternative))
                if alternative
                else _("it has no words that could stand for it")
            )
            message = _(
                "The picture (%(place)s) %(reason)s; %(words)s.",
                place=place or _("no address"),
                reason=found,
                words=words,
            )
            self.warnings.append(ParseWarning("missing_picture", self._here(), message))
            return ""
        return found

    def _here(self) -> int:
        return self.within or len(self.blocks)

    def inside(self, blocks: list[Node]) -> Rich:
        """Several blocks as one line of rich text (a note, a table's cell)."""
        outer, self.blocks = self.blocks, []
        within, self.within = self.within, self.within or len(outer)
        self._blocks(blocks)
        parts = [_counted(block) for block in self.blocks if block.rich or block.rich.marks]
        self.blocks, self.within = outer, within
        return joined(parts).squashed()

    # Blocks

    def _add(
        self, kind: str, rich: Rich, *, level: int | None = None, html: str = "", marker: str = ""
    ) -> None:
        if _is_seen(rich) or kind in {"rule", "figure"}:
            self.blocks.append(ParsedBlock(len(self.blocks), kind, rich, level, marker, html=html))

    def _blocks(self, blocks: list[Node], *, kind: str = "paragraph", depth: int = 0) -> None:
        html: list[str] = []
        for block in blocks:
            if block["t"] == "RawBlock":
                self._raw(block["c"], html)
                continue
            self._html(html, kind)
            self._block(block, kind, depth)
        self._html(html, kind)

    def _raw(self, content: list[str], html: list[str]) -> None:
        form, words = content
        if form == "html":
            html.append(words)
        elif form == "org" and words.lower().startswith("#+caption:"):
            self._add("caption", Rich(words.split(":", 1)[1]).squashed())
        else:
            self._add("code", Rich(words))

    def _html(self, html: list[str], kind: str) -> None:
        if html:
            for one, rich, level in fragment_blocks("\n".join(html), self._picture):
                self._add(kind if one == "paragraph" else one, rich, level=level)
            html.clear()

    def _block(self, block: Node, kind: str, depth: int) -> None:
        name, content = block["t"], block.get("c", [])
        if name in {"Para", "Plain"}:
            self._paragraph(content, kind)
        elif name == "BlockQuote":
            inner = kind if kind in STYLED else "blockquote"
            self._blocks(content, kind=inner, depth=depth)
        elif name in {"BulletList", "OrderedList"}:
            self._list(name, content, depth + 1)
        elif name == "DefinitionList":
            self._definitions(content, kind, depth + 1)
        elif name == "Div":
            self._division(content, kind, depth)
        else:
            self._leaf(name, content)

    def _division(self, content: Any, kind: str, depth: int) -> None:
        (_, classes, pairs), blocks = content
        given = dict(pairs)
        if "note-body" in given:
            return
        if "list-level" in given:
            self._item(blocks, given["list-marker"], int(given["list-level"]))
            return
        style = given.get("custom-style", "")
        found = style_kind(style, classes)
        if style.casefold() == "horizontal line" and not lines_of(blocks).strip():
            self._add("rule", Rich())
            return
        if found == "heading":
            self._headed(blocks)
        elif found == "caption" and kind == "table":
            self._blocks(blocks, kind=kind, depth=depth)
        else:
            self._blocks(blocks, kind=found or kind, depth=depth)

    def _headed(self, blocks: list[Node]) -> None:
        """A title that stands as a paragraph of that style."""
        for block in blocks:
            if block["t"] in {"Para", "Plain"}:
                rich = self.rich(block["c"])
                if self.blocks and self.blocks[-1] is self.styled_title and rich:
                    # A title in two lines, each a paragraph.
                    whole = joined([self.blocks.pop().rich, rich])
                    self._add("heading", whole, level=1)
                else:
                    self._add("heading", rich, level=1)
                self.styled_title = self.blocks[-1] if self.blocks else None
            else:
                self._block(block, "paragraph", 0)

    def _leaf(self, name: str, content: Any) -> None:
        if name == "Header":
            self._header(content)
        elif name == "LineBlock":
            self._add("verse", verse([self.rich(line) for line in content]))
        elif name == "CodeBlock":
            self._add("code", Rich(content[1].strip("\n").replace("\u00a0", " ")))
        elif name == "HorizontalRule":
            self._add("rule", Rich())
        elif name == "Table":
            self._table(content)
        elif name == "Figure":
            self._figure(content)
        elif name != "Null":
            self._unknown(name)

    def _unknown(self, name: str) -> None:
        """What pandoc may yet come to know is left out, and said."""
        message = _(
            "Something here (%(name)s) could not be read and was left out: compare the file.",
            name=name,
        )
        self.warnings.append(ParseWarning("unread_part", self._here(), message))

    def _header(self, content: Any) -> None:
        """A heading; a picture alone in one is a figure."""
        level, _, nodes = content
        rich = self.rich(nodes)
        if not rich.text and rich.marks:
            self._add("figure", rich)
        else:
            self._add("heading", rich, level=level)

    def _table(self, content: Any) -> None:
        """A table; one that lays out a page (a single cell) is only what stands in it."""
        _, (_, caption), _, head, bodies, foot = content
        rows = [row for part in (head[1], *(b[2] + b[3] for b in bodies), foot[1]) for row in part]
        if len(rows) == 1 and len(rows[0][1]) == 1 and not caption:
            self._blocks(rows[0][1][0][4])
            return
        rich, html = table_content(content, self.inside)
        self._add("table", rich, html=html)

    def _definitions(self, content: Any, kind: str, depth: int) -> None:
        """Each term as a strong paragraph, what it means as items below."""
        for term, definitions in content:
            self._add(kind, self.rich([{"t": "Strong", "c": term}]))
            for one in definitions:
                self._item(one, "", depth)

    def _paragraph(self, nodes: list[Node], kind: str) -> None:
        if kind == "code" or is_code(nodes):
            self._add("code line", Rich(lines_of(nodes).replace("\u00a0", " ")))
            return
        if images := only_images(nodes):
            for image in images:
                self._image(image)
            return
        if kind == "paragraph" and _RULE.fullmatch(lines_of(nodes)) and not refers(nodes):
            self._add("rule", Rich())
            return
        rich = self.rich(nodes, lines=True)
        breaks = sum(mark.tag == "br" and mark.start < len(rich.text) for mark in rich.marks)
        longest = max(map(len, rich.text.split("\n")))
        # Two hard breaks and short lines: set in lines on purpose.
        in_lines = kind in {"paragraph", "blockquote"} and longest <= _LONGEST_LINE_OF_VERSE
        if kind == "verse" or (in_lines and breaks >= 2):
            self._add("verse line" if kind == "verse" else "verse", rich)
        else:
            self._add(kind, rich.squashed())

    def _list(self, name: str, content: Any, depth: int) -> None:
        if name == "BulletList":
            for item in content:
                self._item(item, BULLET, depth)
            return
        (start, style, delimiter), items = content
        before, after = {"TwoParens": ("(", ")"), "OneParen": ("", ")")}.get(
            delimiter["t"], ("", ".")
        )
        for number, item in enumerate(items, start):
            self._item(item, f"{before}{counted(number, style['t'])}{after}", depth)

    def _item(self, blocks: list[Node], marker: str, depth: int) -> None:
        """An item's first paragraph takes the marker; the others go on."""
        first = len(self.blocks)
        self._blocks(blocks, kind="list_item", depth=depth)
        for index in range(first, len(self.blocks)):
            block = self.blocks[index]
            if block.kind == "list_item" and block.level is None:
                mark = marker if index == first else ""
                self.blocks[index] = replace(block, level=depth, marker=mark)

    def _image(self, image: Node) -> None:
        """A picture alone in its paragraph; its title, if it has one, is the caption."""
        _, alternative, (address, title) = image["c"]
        words, _ = self.plain(alternative)
        rich = self._shown(address, words)
        caption = Rich(title.removeprefix("fig:")).squashed()
        self._add("figure", captioned(rich, caption) if caption else rich)

    def _shown(self, address: str, words: str) -> Rich:
        """The picture as a mark on no text; its words where it is not in the file."""
        writer = RichWriter(self._note, self._picture)
        writer.place_picture(address, words)
        return writer.rich().squashed()

    def _figure(self, content: Any) -> None:
        caption = self.inside(content[1][1])
        images = list(images_in(content[2]))
        words = " ".join(self.plain(one["c"][1])[0] for one in images)
        shown = [self._shown(one["c"][2][0], self.plain(one["c"][1])[0]) for one in images]
        marks = joined([one for one in shown if one.marks], "")
        if images and (not says_more(content[2])):
            rich = captioned(marks, caption) if caption else marks
            self._add("figure", rich if rich.marks or caption else Rich(words).squashed())
            return
        # Not a picture but something else with a caption (a table, verse, code).
        first = len(self.blocks)
        self._blocks(content[2])
        if caption:
            at_end = first == len(self.blocks) or self.blocks[-1].kind != "table"
            self._add("figure" if at_end and images else "caption", caption)


def _is_seen(rich: Rich) -> bool:
    """Whether a reader sees anything of it: an empty link or a space of no width is nothing."""
    shown = rich.refs or any(mark.tag == "img" for mark in rich.marks)
    return bool(shown) or any(unicodedata.category(c)[0] not in "ZC" for c in rich.text)


def _counted(block: ParsedBlock) -> Rich:
    """An item's number as words, where there is no other place for it."""
    if not block.marker or block.marker == BULLET:
        return block.rich
    return joined([Rich(block.marker), block.rich])


def _with_subtitle(title: Rich, found: Metadata) -> tuple[Rich, Metadata]:
    """A title in two lines is title and subtitle."""
    cut = next((m.start for m in title.marks if m.tag == "br"), 0)
    if not cut or found.subtitle:
        return title, found
    first, second = title.clip(0, cut).without("br"), title.clip(cut, len(title.text)).without("br")
    first, second = first.squashed(), second.squashed()
    return first, replace(found, title=first.text, subtitle=second.text)


def _first(*several: Metadata) -> Metadata:
    """Each field from the first that knows it."""
    whole = several[0]
    names: Collection[str] = [n for n in Metadata.__slots__ if n != "direction"]
    for other in several[1:]:
        blank = {n: getattr(other, n) for n in names if not getattr(whole, n)}
        whole = replace(whole, **blank)
    return whole
