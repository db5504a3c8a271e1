"""An essay as Markdown that our own importer reads back to the same blocks, notes and references.

CommonMark with a YAML head, pipe tables, footnotes and fenced divs, as pandoc has them. What
Markdown cannot say is written in the plainest way: the joined cells of a table, an item lettered
(c), the essay's own title where another was given to it since. Notes are numbered anew,
in the order of their references.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from documents.document import BULLET, Document, DocumentBlock, DocumentPicture, Metadata
from documents.writers.inline import Token, tokens
from documents.writers.markdown_tables import table_of
from documents.writers.markdown_words import (
    div,
    escaped,
    label,
    markdown_of,
    safe_start,
    words_of,
)

_KEYS = (
    ("subtitle", "subtitle"),
    ("venue", "journal"),
    ("issue", "issue"),
    ("published", "date"),
    ("language", "lang"),
    ("licence", "rights"),
    ("abstract", "abstract"),
    ("author_note", "author-note"),
)
# Between two lists, or they would be one.
_APART = "<!-- -->"
_ORDERED = re.compile(r"(\d{1,9})([.)])")
# Verse is known by two breaks and short lines; other verse is named.
_VERSE_LINE = 70
_FENCE = re.compile(r"`{3,}")


def to_markdown(document: Document) -> str:
    """Return the whole essay as Markdown."""
    pictures = {picture.name: picture for picture in document.pictures}
    parts = [_head(document.metadata)]
    run: list[DocumentBlock] = []
    for block in document.blocks:
        if block.kind == "list_item":
            run.append(block)
            continue
        parts += [_list(run), _block(block, document.metadata, pictures)]
        run = []
    parts.append(_list(run))
    parts += [
        f"[^{label(note.number)}]: {safe_start(words_of(note.html))}" for note in document.notes
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(data: Metadata) -> str:
    lines = [f"title: {_yaml(data.title)}"] if data.title else []
    if data.authors:
        lines.append(f"author: [{', '.join(_yaml(name) for name in data.authors)}]")
    lines += [f"{key}: {_yaml(value)}" for name, key in _KEYS if (value := getattr(data, name))]
    return "\n".join(["---", *lines, "---"])


def _yaml(value: str) -> str:
    """A value as pandoc reads it: Markdown in a string."""
    return json.dumps(safe_start(escaped(value)), ensure_ascii=False)


def _block(block: DocumentBlock, data: Metadata, pictures: dict[str, DocumentPicture]) -> str:
    match block.kind:
        case "heading":
            return _heading(block, data)
        case "rule":
            return "* * *"
        case "code":
            fence = "`" * max([3, *(len(run) + 1 for run in _FENCE.findall(block.text))])
            return f"{fence}\n{block.text}\n{fence}"
        case "table":
            return table_of(block)
        case "figure":
            return _figure(block, pictures)
        case "verse":
            return _verse(block)
    words = safe_start(words_of(block.html, block.note_refs))
    if block.kind == "blockquote":
        return f"> {words}"
    if block.kind in {"pullquote", "boilerplate"}:
        return div(block.kind, words)
    return words


def _heading(block: DocumentBlock, data: Metadata) -> str:
    if block.level == 1 and data.title and not block.note_refs:
        words = escaped(data.title)
    else:
        words = words_of(block.html, block.note_refs)
    if words.endswith("#"):
        words = f"{words[:-1]}\\#"
    return f"{'#' * min(block.level or 2, 6)} {words}"


def _verse(block: DocumentBlock) -> str:
    words = words_of(block.html, block.note_refs, lines=True)
    lines = block.text.split("\n")
    known = len(lines) > 2 and max(map(len, lines)) <= _VERSE_LINE
    return words if known else div("verse", words)


def _figure(block: DocumentBlock, pictures: dict[str, DocumentPicture]) -> str:
    found = tokens(block.html, block.note_refs)
    images = [token for token in found if token.name == "img"]
    rest = [token for token in found if token.name != "img"]
    caption = safe_start(markdown_of(rest))
    if not images:
        return f"![{caption}]()"
    shown = [f"![{escaped(image.get('alt'))}]({_source(image, pictures)})" for image in images]
    return "\n\n".join([*shown, div("caption", caption)] if caption else shown)


def _source(image: Token, pictures: dict[str, DocumentPicture]) -> str:
    picture = pictures.get(image.get("src").removeprefix("picture:"))
    if picture is None:
        return ""
    return f"data:{picture.media_type};base64,{b64encode(picture.data).decode()}"


# Lists


@dataclass(slots=True)
class _ListLevel:
    """An open list: the marker of its last item, and how far that item's words are set in."""

    marker: str
    width: int


def _list(items: Sequence[DocumentBlock]) -> str:
    parts: list[str] = []
    levels: list[_ListLevel] = []
    for item in items:
        depth = item.level or 1
        if not item.marker and len(levels) >= depth:
            del levels[depth:]
            words = safe_start(words_of(item.html, item.note_refs))
            parts.append(" " * _width(levels) + words)
        else:
            parts += _item(item, depth, levels)
    return "\n\n".join(parts)


def _item(item: DocumentBlock, depth: int, levels: list[_ListLevel]) -> list[str]:
    """Write an item that opens with a marker, and open the lists that it stands in."""
    del levels[depth:]
    words = safe_start(words_of(item.html, item.note_refs))
    marker = item.marker
    if not (marker in {"", BULLET} or _ORDERED.fullmatch(marker)):
        words, marker = f"{escaped(marker)} {words}", BULLET
    apart: list[str] = []
    if len(levels) == depth:
        above = levels.pop()
        if not _goes_on(above.marker, marker):
            apart = [" " * _width(levels) + _APART]
    indent = " " * _width(levels)
    lead = "- " * (depth - 1 - len(levels))
    levels += [_ListLevel(BULLET, 2) for _ in range(depth - 1 - len(levels))]
    sign = marker if _ORDERED.fullmatch(marker) else "-"
    levels.append(_ListLevel(marker, len(sign) + 1))
    return [*apart, f"{indent}{lead}{sign} {words}"]


def _goes_on(above: str, marker: str) -> bool:
    first, second = _ORDERED.fullmatch(above), _ORDERED.fullmatch(marker)
    if first and second:
        return first[2] == second[2] and int(second[1]) == int(first[1]) + 1
    return not first and not second


def _width(levels: Sequence[_ListLevel]) -> int:
    return sum(level.width for level in levels)
