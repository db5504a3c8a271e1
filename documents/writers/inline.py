"""A block's sanitised HTML as a flat run of tokens, with the references to notes among them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from documents.document import NoteRef

VOID = frozenset({"br", "img"})


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is text, open, close, void (`name` a tag) or note (`name` a note's number)."""

    kind: str
    name: str = ""
    text: str = ""
    attrs: tuple[tuple[str, str], ...] = field(default=())

    def get(self, name: str) -> str:
        return dict(self.attrs).get(name, "")


def tokens(html: str, refs: Iterable[NoteRef] = ()) -> list[Token]:
    """Read `html` into tokens; each reference stands before the code point at its offset.

    A reference where elements begin or end stands before what opens there, and
    inside what closes there: it belongs to the words before it.
    """
    reader = _TokenReader(refs)
    reader.feed(html)
    reader.close()
    reader.write_refs(to_the_last=True)
    return reader.found


class _TokenReader(HTMLParser):
    def __init__(self, refs: Iterable[NoteRef]) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Token] = []
        self.refs = sorted(refs, key=lambda ref: ref.offset)
        self.at = 0

    def write_refs(self, *, to_the_last: bool = False) -> None:
        while self.refs and (to_the_last or self.refs[0].offset <= self.at):
            self.found.append(Token("note", self.refs.pop(0).number))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"table", "caption", "thead", "tbody", "tr", "th", "td"}:
            self.write_refs()
        given = tuple((name, value or "") for name, value in attrs)
        self.found.append(Token("void" if tag in VOID else "open", tag, attrs=given))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if tag not in {"table", "thead", "tbody", "tr"}:
            self.write_refs()
        self.found.append(Token("close", tag))

    def handle_data(self, data: str) -> None:
        while self.refs and self.refs[0].offset < self.at + len(data):
            cut = max(self.refs[0].offset - self.at, 0)
            if cut:
                self.found.append(Token("text", text=data[:cut]))
            self.at += cut
            data = data[cut:]
            self.write_refs()
        if data:
            self.found.append(Token("text", text=data))
            self.at += len(data)
