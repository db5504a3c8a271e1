"""Blocks of HTML in the middle of a Markdown text.

Not a reader for web pages: it keeps the words and the plainest structure of
what people paste between paragraphs.
"""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

from documents.readers.pandoc.inlines import RichWriter
from documents.rich import Rich

_BLOCKS = {
    "address",
    "article",
    "aside",
    "blockquote",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "body",
    "html",
}

Found = tuple[str, Rich, int | None]


def fragment_blocks(html: str, on_picture: Callable[[str, str], str]) -> list[Found]:
    """Each block of the HTML as (kind, words, level)."""
    parser = _Fragment(on_picture)
    parser.feed(html)
    parser.close()
    parser.flush()
    return parser.found


class _Fragment(HTMLParser):
    def __init__(self, on_picture: Callable[[str, str], str]) -> None:
        super().__init__(convert_charrefs=True)
        self.on_picture = on_picture
        self.found: list[Found] = []
        self.writer = self._writer()
        self.within: list[str] = []

    def _writer(self) -> RichWriter:
        return RichWriter(lambda _: "", self.on_picture)

    def flush(self) -> None:
        hidden = self.writer.hidden
        rich = self.writer.rich().squashed()
        if rich or rich.marks:
            self.found.append(self._kind(rich))
        self.writer = self._writer()
        self.writer.hidden = hidden

    def _kind(self, rich: Rich) -> Found:
        for tag in reversed(self.within):
            if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
                return "heading", rich, int(tag[1])
            if tag == "li":
                return "list_item", rich, max(1, sum(one in {"ul", "ol"} for one in self.within))
            if tag == "blockquote":
                return "blockquote", rich, None
            if tag in {"figure", "figcaption"}:
                return ("figure" if tag == "figure" else "caption"), rich, None
        return "paragraph", rich, None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.flush()
            if tag == "hr":
                self.found.append(("rule", Rich(), None))
            else:
                self.within.append(tag)
        else:
            self.writer.opened(tag, {name: value or "" for name, value in attrs})

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in self.within[-1:]:
            self.within.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in _BLOCKS:
            self.writer.closed(tag)
            return
        self.flush()
        if tag in self.within:
            while self.within.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.writer.say(data)
