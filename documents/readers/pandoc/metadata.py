"""What pandoc's tree says about the essay beside its text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from documents.document import Metadata
from documents.language import is_language
from documents.names import authors_in
from documents.readers.pandoc.citations import Node
from documents.rich import Rich, joined

_FIELDS = {
    "title": "title",
    "subtitle": "subtitle",
    "journal": "venue",
    "publication": "venue",
    "venue": "venue",
    "issue": "issue",
    "abstract": "abstract",
    "author-note": "author_note",
    "lang": "language",
    "language": "language",
    "rights": "licence",
    "license": "licence",
    "licence": "licence",
    "copyright": "licence",
}

RichOf = Callable[[list[Node]], Rich]
PlainOf = Callable[[list[Node]], tuple[str, list[str]]]


def metadata_of(
    meta: dict[str, Node], rich: RichOf, inside: RichOf, plain: PlainOf
) -> tuple[Rich, Metadata]:
    """The title with its markup, and all that is known.

    A note to an author's name (LaTeX's \\thanks) is about the author; one to
    the title stays a note.
    """
    values: dict[str, Any] = {}
    speaker = _MetadataReader(inside, plain)
    words = speaker.words
    title = _title(meta["title"], rich, inside) if "title" in meta else Rich()
    if title:
        values["title"] = title.text
    for name, place in _FIELDS.items():
        if name in meta and name != "title" and not values.get(place):
            values[place] = words(meta[name])
    values["subtitle"] = re.sub(r"^[:–—-]\s*", "", values.get("subtitle", ""))
    if node := meta.get("author") or meta.get("authors"):
        values["authors"] = speaker.names(node)
    if "date" in meta:
        values["published"] = words(meta["date"])
    if values.get("language") and not is_language(values["language"]):
        values["language"] = ""
    values["author_note"] = " ".join(speaker.notes) or values.get("author_note", "")
    return title, Metadata(**values)


class _MetadataReader:
    """Says values as words; `notes` are what stood in notes to them."""

    def __init__(self, inside: RichOf, plain: PlainOf) -> None:
        self.inside, self.plain = inside, plain
        self.notes: list[str] = []

    def words(self, node: Node) -> str:
        kind, content = node["t"], node.get("c", [])
        if kind == "MetaInlines":
            text, notes = self.plain(content)
            self.notes.extend(notes)
            return text
        if kind == "MetaBlocks":
            return self.inside(content).text
        if kind == "MetaString":
            return " ".join(content.split())
        if kind == "MetaList":
            return ", ".join(filter(None, map(self.words, content)))
        return self.words(content["name"]) if kind == "MetaMap" and "name" in content else ""

    def names(self, node: Node) -> tuple[str, ...]:
        several = node["c"] if node["t"] == "MetaList" else [node]
        named = tuple(name for one in several if (name := self.words(one)))
        return (authors_in(named[0]) or named) if len(named) == 1 else named


def _title(node: Node, rich: RichOf, inside: RichOf) -> Rich:
    kind, content = node["t"], node.get("c", [])
    if kind == "MetaInlines":
        return rich(content)
    if kind == "MetaBlocks":
        return inside(content)
    if kind == "MetaString":
        return Rich(content).squashed()
    if kind == "MetaList":
        return joined([_title(one, rich, inside) for one in content], ", ")
    return Rich()
