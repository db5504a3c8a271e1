"""pandoc's inline elements as rich text."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

from documents.document import NoteRef
from documents.readers.pandoc.citations import Node, cited
from documents.rich import InlineMark, Rich
from documents.sanitise import is_address
from documents.words import is_wide

# Tags inside each other; what is deeper was never closed.
_DEEPEST = 20

_WRAPS = {
    "Emph": "em",
    "Strong": "strong",
    "Superscript": "sup",
    "Subscript": "sub",
    "Underline": "em",
}
_HTML = {
    "i": "em",
    "em": "em",
    "b": "strong",
    "strong": "strong",
    "u": "em",
    "sup": "sup",
    "sub": "sub",
    "code": "code",
    "kbd": "code",
    "tt": "code",
    "q": "q",
    "cite": "cite",
    "abbr": "abbr",
    "a": "a",
    "span": "span",
    "bdi": "span",
    "bdo": "span",
}
_KEPT_ATTRS = {"a": ("href",), "abbr": ("title",), "span": ("lang", "dir")}
_HIDDEN = {
    "script",
    "style",
    "template",
    "noscript",
    "iframe",
    "object",
    "svg",
    "head",
    "title",
    "rp",
}


class RichWriter:
    """Collects text and marks: what the readers write rich text with.

    `on_note` gives the number of a note. `on_picture` takes a picture's address
    and words, and gives the name under which it is kept, or "" where its words
    stand for it. `on_unknown` is told of an element that is not known.
    """

    def __init__(
        self,
        on_note: Callable[[Any], str],
        on_picture: Callable[[str, str], str],
        on_unknown: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.on_note = on_note
        self.on_picture = on_picture
        self.on_unknown = on_unknown
        self.line_ended = False
        self.parts: list[str] = []
        self.size = 0
        self.marks: list[InlineMark | None] = []
        self.refs: list[NoteRef] = []
        self.open_html: list[tuple[str, int, int, tuple[tuple[str, str], ...]]] = []
        self.hidden = ""

    def rich(self) -> Rich:
        while self.open_html:
            self._close(self.open_html[-1][0])
        return Rich("".join(self.parts), tuple(m for m in self.marks if m), tuple(self.refs))

    def say(self, text: str) -> None:
        if text and not self.hidden:
            if self.line_ended:
                self._join_lines(text)
            self.parts.append(text)
            self.size += len(text)

    def line_end(self) -> None:
        """The end of a line that means nothing: a space, but between Chinese characters."""
        self.line_ended = not self.hidden

    def _join_lines(self, text: str) -> None:
        self.line_ended = False
        before = self.parts[-1][-1:] if self.parts else ""
        if not (is_wide(before) and is_wide(text[0])):
            self.parts.append(" ")
            self.size += 1

    def line_break(self) -> None:
        self.line_ended = False
        if not self.hidden:
            self.marks.append(InlineMark(self.size, self.size, "br"))
            self.say("\n")

    def inlines(self, nodes: list[Node]) -> None:
        for node in nodes:
            kind = node["t"]
            # A long essay is a million words and spaces: these two take no detour.
            if kind == "Str":
                self.say(node["c"])
            elif kind == "Space":
                self.say(" ")
            else:
                if self.line_ended and kind != "SoftBreak":
                    # The space of a line's end stands before a mark and not in it.
                    self._join_lines(_first_letter(node))
                self.inline(node)

    def inline(self, node: Node) -> None:
        kind, content = node["t"], node.get("c", [])
        if kind in _WRAPS:
            self.wrapped(_WRAPS[kind], content)
        elif kind in _SAID:
            self.say(_SAID[kind] or content)
        elif way := _WAYS.get(kind):
            way(self, content)
        else:
            # What pandoc may yet come to know: its words are not to be guessed.
            self.on_unknown(kind)

    def cited(self, content: Any) -> None:
        said = "".join(self.parts)
        self.inlines(cited(content, in_brackets=said.count("[") > said.count("]")))

    def quoted(self, content: Any) -> None:
        left, right = ("‘", "’") if content[0]["t"] == "SingleQuote" else ("“", "”")
        self.say(left)
        self.inlines(content[1])
        self.say(right)

    def code(self, content: Any) -> None:
        self.wrapped("code", [{"t": "Str", "c": content[1]}])

    def link(self, content: Any) -> None:
        href = content[2][0]
        if is_address(href):
            self.wrapped("a", content[1], (("href", href),))
        else:
            self.inlines(content[1])

    def note(self, content: Any) -> None:
        if not self.hidden:
            self.refs.append(NoteRef(self.on_note(content), self.size))

    def span(self, content: Any) -> None:
        given = dict(content[0][2])
        if "note-ref" in given:
            self.note(given["note-ref"])
            return
        attrs = tuple((name, given[name]) for name in ("lang", "dir") if given.get(name))
        classes = content[0][1]
        if "abbr" in classes and given.get("title"):
            self.wrapped("abbr", content[1], (("title", given["title"]),))
        elif "kbd" in classes:
            self.wrapped("code", content[1])
        elif attrs:
            self.wrapped("span", content[1], attrs)
        else:
            self.inlines(content[1])

    def wrapped(self, tag: str, nodes: list[Node], attrs: tuple[tuple[str, str], ...] = ()) -> None:
        """Children with a mark over them; the outer mark comes first."""
        slot = len(self.marks)
        self.marks.append(None)
        start = self.size
        self.inlines(nodes)
        self.marks[slot] = InlineMark(start, self.size, tag, attrs)

    def picture(self, content: Any) -> None:
        """A picture inside a line; where it is not kept, its alternative text stands for it."""
        words = RichWriter(self.on_note, self.on_picture)
        words.inlines(content[1])
        self.place_picture(content[2][0], words.rich().text.strip())

    def place_picture(self, address: str, alternative: str) -> None:
        if self.hidden:
            return
        name = self.on_picture(address, alternative)
        if name:
            attrs = (("src", f"picture:{name}"), ("alt", " ".join(alternative.split())))
            self.marks.append(InlineMark(self.size, self.size, "img", attrs))
        else:
            self.say(alternative)

    def raw(self, html: str) -> None:
        """HTML tags in the middle of a line."""
        parser = _Tags(self)
        parser.feed(html)
        parser.close()

    def opened(self, tag: str, attrs: dict[str, str]) -> None:
        if self.hidden:
            return
        if tag in _HIDDEN:
            self.hidden = tag
        elif tag == "br":
            self.line_break()
        elif tag == "img":
            self.place_picture(attrs.get("src", ""), attrs.get("alt", ""))
        elif tag == "rt":
            self.say("（")
        elif tag in _HTML and len(self.open_html) < _DEEPEST:
            kept = tuple((n, attrs[n]) for n in _KEPT_ATTRS.get(_HTML[tag], ()) if attrs.get(n))
            self.marks.append(None)
            self.open_html.append((tag, len(self.marks) - 1, self.size, kept))

    def closed(self, tag: str) -> None:
        if self.hidden:
            if tag == self.hidden:
                self.hidden = ""
        elif tag == "rt":
            self.say("）")
        elif any(tag == one[0] for one in self.open_html):
            while self._close(self.open_html[-1][0]) != tag:
                pass

    def _close(self, tag: str) -> str:
        _, slot, start, attrs = self.open_html.pop()
        self.marks[slot] = InlineMark(start, self.size, _HTML[tag], attrs)
        return tag


# Elements that are their own text, or a space.
_SAID = {"Str": "", "Space": " "}
_WAYS: dict[str, Callable[[RichWriter, Any], None]] = {
    "SoftBreak": lambda writer, _: writer.line_end(),
    "LineBreak": lambda writer, _: writer.line_break(),
    "Strikeout": RichWriter.inlines,
    "SmallCaps": RichWriter.inlines,
    "Quoted": RichWriter.quoted,
    "Cite": lambda writer, content: writer.cited(content),
    "Code": RichWriter.code,
    "Math": lambda writer, content: writer.say(content[1]),
    "RawInline": lambda writer, content: (
        writer.raw(content[1]) if content[0] == "html" else writer.say(content[1])
    ),
    "Link": RichWriter.link,
    "Image": RichWriter.picture,
    "Note": RichWriter.note,
    "Span": RichWriter.span,
}


def _first_letter(node: Any) -> str:
    """The letter that a node begins with; a space where it begins with none."""
    if isinstance(node, dict):
        return (
            (str(node["c"])[:1] or " ") if node.get("t") == "Str" else _first_letter(node.get("c"))
        )
    if isinstance(node, list):
        return next((letter for one in node if (letter := _first_letter(one)) != " "), " ")
    return " "


class _Tags(HTMLParser):
    def __init__(self, writer: RichWriter) -> None:
        super().__init__(convert_charrefs=True)
        self.writer = writer

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.writer.opened(tag, {name: value or "" for name, value in attrs})

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"br", "img"}:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.writer.closed(tag)

    def handle_data(self, data: str) -> None:
        self.writer.say(data)
