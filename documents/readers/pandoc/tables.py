"""A table as words in reading order and as HTML rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from documents.document import NoteRef
from documents.readers.pandoc.citations import Node
from documents.rich import Rich


def table_content(content: Any, inside: Callable[[list[Node]], Rich]) -> tuple[Rich, str]:
    """pandoc's table as its words and its HTML.

    A space stands between cells and a line end between rows, in both, so that
    the text content of the HTML is the text.
    """
    _, (_, caption), _, head, bodies, foot = content
    page = _TableWriter()
    page.tag("<table>")
    words = inside(caption)
    if words:
        page.tag("<caption>")
        page.write(words)
        page.tag("</caption>")
        page.gap = "\n"
    page.section("thead", "th", head[1], inside)
    for body in bodies:
        page.section("tbody", "td", [*body[2], *body[3]], inside)
    page.section("tbody", "td", foot[1], inside)
    page.tag("</table>")
    return Rich("".join(page.text), (), tuple(page.refs)), "".join(page.html)


class _TableWriter:
    def __init__(self) -> None:
        self.text: list[str] = []
        self.html: list[str] = []
        self.refs: list[NoteRef] = []
        self.size = 0
        self.gap = ""

    def tag(self, tag: str) -> None:
        self.html.append(tag)

    def write(self, words: Rich) -> None:
        self.refs.extend(NoteRef(r.number, r.offset + self.size) for r in words.refs)
        self.text.append(words.text)
        self.html.append(words.html())
        self.size += len(words.text)

    def space(self) -> None:
        self.write(Rich(self.gap))
        self.gap = ""

    def section(
        self, tag: str, cell: str, rows: list[Any], inside: Callable[[list[Node]], Rich]
    ) -> None:
        if not rows:
            return
        self.tag(f"<{tag}>")
        for _, cells in rows:
            self.tag("<tr>")
            for _, _, down, across, blocks in cells:
                words = inside(blocks)
                if words:
                    self.space()
                spans = (("rowspan", down), ("colspan", across))
                attrs = "".join(f' {name}="{n}"' for name, n in spans if n > 1)
                self.tag(f"<{cell}{attrs}>")
                self.write(words)
                self.tag(f"</{cell}>")
                self.gap = self.gap or (" " if self.size else "")
            self.tag("</tr>")
            self.gap = "\n" if self.size else ""
        self.tag(f"</{tag}>")
