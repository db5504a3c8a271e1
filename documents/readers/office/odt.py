"""OpenDocument texts as a parsed document.

pandoc's own reader of them leaves out words (fields, text boxes, notes' lists, bibliographies),
numbers and the spans of tables, so this one makes the tree itself: docs/adr/0013.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from documents.containers import Container
from documents.document import BULLET
from documents.encoding import visible_text
from documents.messages import gettext_lazy as _
from documents.parsed import ParsedDocument
from documents.pictures import PictureBox
from documents.readers.office.left_out import comments_left_out
from documents.readers.office.odt_styles import Styles, get, local
from documents.readers.office.properties import office_properties, parse_xml
from documents.readers.pandoc import builders as nodes
from documents.readers.pandoc.citations import Node
from documents.readers.pandoc.nodes import counted
from documents.readers.pandoc.styles import style_kind
from documents.readers.pandoc.tree import TreeReader
from documents.refusal import ImportRefused
from documents.whole_number import whole_number

# A left margin of at least this much more than is usual makes a quotation.
_INDENT_CM = 0.7
_SKIPPED = {
    "tracked-changes", "annotation", "annotation-end", "table-of-content", "alphabetical-index",
    "illustration-index", "table-index", "user-index", "object-index", "forms", "sequence-decls",
    "variable-decls", "user-field-decls", "page-number", "page-count", "change", "change-start",
    "change-end", "soft-page-break", "bookmark", "bookmark-start", "bookmark-end", "note-citation",
    "title", "desc", "tab-stop", "shapes", "event-listeners", "script", "dde-connection-decls",
}  # fmt: skip
_FORMATS = {"a": "LowerAlpha", "A": "UpperAlpha", "i": "LowerRoman", "I": "UpperRoman"}


def read_odt(container: Container) -> ParsedDocument:
    """Blocks, notes and pictures of an OpenDocument text."""
    content = parse_xml(container.markup("content.xml")) if "content.xml" in container else None
    text = content.find(".//{*}body/{*}text") if content is not None else None
    if text is None:
        raise ImportRefused(
            "damaged",
            _("This OpenDocument file has no text in it."),
            _("Open it in LibreOffice, save it again, and try that one."),
        )
    styles = parse_xml(container.markup("styles.xml")) if "styles.xml" in container else None
    reader = _OdtReader(container, Styles(styles, content))
    blocks = reader.body(text)

    def find(address: str) -> bytes | None:
        return container.find(posixpath.normpath(address))

    parsed = TreeReader("odt", PictureBox(find)).read({"meta": {}, "blocks": blocks})
    properties = office_properties(container, "meta.xml")
    comments = sum(1 for _one in text.iter("{*}annotation"))
    return replace(
        parsed,
        properties=replace(properties, language=reader.styles.language),
        warnings=(*parsed.warnings, *comments_left_out(comments)),
    )


class _OdtReader:
    def __init__(self, container: Container, styles: Styles) -> None:
        self.container = container
        self.styles = styles
        self.counts: dict[tuple[str, int], int] = {}
        # What floats beside a paragraph: text boxes stand after it.
        self.floating: list[Node] = []
        self.usual = 0.0

    def body(self, text: Any) -> list[Node]:
        indents = Counter(round(self._indent(p), 1) for p in text.iterchildren("{*}p"))
        self.usual = indents.most_common(1)[0][0] if indents else 0.0
        return self.blocks(text)

    def blocks(self, elements: Iterable[Any]) -> list[Node]:
        out: list[Node] = []
        for element in elements:
            name = local(element.tag)
            if name in {"p", "h"}:
                out += self._paragraph(element)
            elif name == "list":
                out += self._list(element, 1, "")
            elif name == "table":
                out.append(self._table(element))
            elif name in {"frame", "g", "custom-shape", "a", "rect", "ellipse"}:
                made = self._drawn(element)
                out += [nodes.paragraph(made)] if made else []
            elif name and name not in _SKIPPED:
                out += self.blocks(element)
            out += self._floated()
        return out

    def _floated(self) -> list[Node]:
        out, self.floating = self.floating, []
        return out

    def _indent(self, element: Any) -> float:
        return self.styles.indent(get(element, "style-name"))

    def _paragraph(self, element: Any) -> list[Node]:
        style = get(element, "style-name")
        names = self.styles.names(style)
        inlines = self._inlines(element)
        level = whole_number(get(element, "outline-level")) or (
            self.styles.outline(style) if local(element.tag) == "h" else 0
        )
        if local(element.tag) == "h":
            return [nodes.header(max(1, min(level, 6)), inlines)]
        if "Horizontal Line" in names and not inlines:
            return [nodes.rule()]
        kind, name = next(((k, n) for n in names if (k := style_kind(n))), ("", ""))
        pictures = [one for one in inlines if one["t"] == "Image"]
        others = [one for one in inlines if one["t"] != "Image"]
        if len(pictures) == 1 and kind == "caption" and others:
            return [nodes.figure(pictures[0], others)]
        block = nodes.paragraph(inlines)
        if kind == "blockquote":
            return [nodes.quotation([block])]
        if kind:
            return [nodes.division([block], custom_style=name)]
        if inlines and self._indent(element) >= self.usual + _INDENT_CM and not pictures:
            return [nodes.quotation([block])]
        return [block]

    def _list(self, element: Any, level: int, style: str) -> list[Node]:
        """The items one by one, each with its marker as LibreOffice shows it."""
        style = get(element, "style-name") or style
        how = self.styles.marker(style, level)
        goes_on = get(element, "continue-numbering") == "true" or get(element, "continue-list")
        key = (style, level)
        number = self.counts.get(key, how.start - 1) if goes_on else how.start - 1
        out: list[Node] = []
        for one in element:
            if local(one.tag) not in {"list-item", "list-header"}:
                continue
            own = [c for c in one if local(c.tag) != "list"]
            if own and local(one.tag) == "list-item":
                number = whole_number(get(one, "start-value")) or number + 1
            out += self._item(one, level, style, self._marker(how, number))
        self.counts[key] = number
        return out

    def _marker(self, how: Any, number: int) -> str:
        if not how.form:
            return BULLET
        return f"{how.before}{counted(number, _FORMATS.get(how.form, ''))}{how.after or '.'}"

    def _item(self, element: Any, level: int, style: str, marker: str) -> list[Node]:
        out: list[Node] = []
        for child in element:
            if local(child.tag) == "list":
                out += self._list(child, level + 1, style)
            elif local(child.tag) == "h":
                out += self._paragraph(child)
            elif local(child.tag) == "p":
                block = nodes.paragraph(self._inlines(child))
                out.append(nodes.item([block], marker, level))
                marker = ""
            elif made := self.blocks([child]):
                out.append(nodes.item(made, marker, level))
                marker = ""
            out += self._floated()
        return out

    def _table(self, element: Any) -> Node:
        rows: list[list[nodes.Cell]] = []
        heads = 0
        for row in element.iter("{*}table-row"):
            if next(row.iterancestors("{*}table")) is not element:
                continue
            cells = [
                nodes.Cell(
                    self.blocks(cell),
                    whole_number(get(cell, "number-rows-spanned")) or 1,
                    whole_number(get(cell, "number-columns-spanned")) or 1,
                )
                for cell in row
                if local(cell.tag) == "table-cell"
            ]
            if local(row.getparent().tag) == "table-header-rows" and heads == len(rows):
                heads += 1
            rows.append(cells)
        return nodes.table(rows, heads)

    # Inlines

    def _inlines(self, element: Any) -> list[Node]:
        out: list[Node] = []
        if element.text:
            out.append(nodes.words(visible_text(element.text)))
        for child in element:
            out += self._inline(child)
            if child.tail:
                out.append(nodes.words(visible_text(child.tail)))
        return out

    def _inline(self, element: Any) -> list[Node]:
        name = local(element.tag)
        if name == "s":
            return [nodes.words(" " * min(whole_number(get(element, "c")) or 1, 200))]
        if name == "tab":
            return [nodes.words("\t")]
        if name == "line-break":
            return [nodes.line_break()]
        if name == "span":
            return self._span(element)
        if name == "a":
            return [nodes.link(self._inlines(element), get(element, "href"))]
        if name == "note":
            body = element.find("{*}note-body")
            return [nodes.note(self.blocks(body))] if body is not None else []
        if name == "ruby":
            base, above = element.find("{*}ruby-base"), element.find("{*}ruby-text")
            reading = "".join(above.itertext()) if above is not None else ""
            said = [nodes.words(f"（{reading}）")] if reading else []
            return [*(self._inlines(base) if base is not None else []), *said]
        if name in {"frame", "g", "custom-shape", "rect", "ellipse"}:
            return self._drawn(element)
        return [] if name in _SKIPPED or not name else self._inlines(element)

    def _span(self, element: Any) -> list[Node]:
        style = get(element, "style-name")
        if self.styles.is_hidden(style):
            return []
        out = self._inlines(element)
        notes = [one for one in out if one["t"] == "Note"]
        if notes and len(notes) == len(out):
            return out
        for kind in self.styles.marks(style):
            out = nodes.wrapped(kind, out)
        return out

    def _drawn(self, element: Any) -> list[Node]:
        """A picture or a formula stands in its line; the words of a box stand after it."""
        box = element.find("{*}text-box")
        if local(element.tag) in {"g", "a"}:
            return [node for child in element for node in self._inline(child)]
        if box is not None or local(element.tag) != "frame":
            outer, self.floating = self.floating, []
            made = self.blocks(element if box is None else box)
            self.floating = [*outer, *made]
            return []
        formula = element.find("{*}object")
        if formula is not None and (source := self._formula(formula)):
            return [nodes.math(source)]
        picture = next((i for i in element.iterchildren("{*}image") if get(i, "href")), None)
        if picture is None:
            return []
        words = [element.findtext("{*}desc") or "", element.findtext("{*}title") or ""]
        return [nodes.image(get(picture, "href"), " ".join(next(filter(None, words), "").split()))]

    def _formula(self, element: Any) -> str:
        """A formula as it was typed, or the letters of its MathML."""
        name = posixpath.normpath(f"{get(element, 'href')}/content.xml")
        root = parse_xml(self.container.markup(name)) if name in self.container else element
        if root is None:
            return ""
        typed = next((a.text for a in root.iter("{*}annotation") if a.text), "")
        return " ".join((typed or "".join(root.itertext())).split())
