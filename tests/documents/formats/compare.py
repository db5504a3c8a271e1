"""An import held against the truth, as lines that a person can read."""

from __future__ import annotations

import difflib
from html.parser import HTMLParser
from typing import Any

from documents import Document, import_document
from tests.documents.formats import notation, relaxed

FILES = notation.HERE / "files"
_TAGS = {"em", "strong", "sup", "code", "a"}
_ALIKE = {"i": "em", "b": "strong"}


def files() -> list[tuple[str, str]]:
    """Every essay and file, by name."""
    return [(path.parent.name, path.name) for path in sorted(FILES.glob("*/*"))]


def differences(essay: str, file: str) -> list[str]:
    """What the import of a file and the truth do not share; nothing where they agree."""
    path = FILES / essay / file
    true = relaxed.applied(file, notation.truth(notation.load(essay)))
    found = relaxed.applied(file, reading(import_document(path.read_bytes(), path.name)))
    return _between(_lines(true), _lines(found)) or _between(_numbers(true), _numbers(found))


def _between(true: list[str], found: list[str]) -> list[str]:
    lines = difflib.unified_diff(true, found, "truth", "read", n=0, lineterm="")
    return [line for line in lines if not line.startswith("@@")]


def reading(document: Document) -> dict[str, Any]:
    """A document in the form of a truth."""
    public = document.to_public_json()
    for block, whole in zip(public["blocks"], document.blocks, strict=True):
        marks = _Marks(whole.html)
        block["marks"] = [] if block["kind"] in {"heading", "table", "code"} else marks.found
        if block["kind"] == "figure":
            block["alternative"] = marks.alternative
    for note, whole_note in zip(public["notes"], document.notes, strict=True):
        note["marks"] = _Marks(whole_note.html).found
    return public


def _lines(one: dict[str, Any]) -> list[str]:
    metadata = one["metadata"]
    out = [
        f"{name}: {metadata[name]}"
        for name in (
            *("title", "subtitle", "authors", "published", "language", "direction", "abstract"),
        )
    ]
    for block in one["blocks"]:
        level = f" {block['level']}" if block["level"] else ""
        out.append(f"{block['kind']}{level}: {_shown(block)}")
        if "alternative" in block:
            out.append(f"    alternative text: {block['alternative']}")
        if block["marks"]:
            out.append(f"    marked: {block['marks']}")
    for note in one["notes"]:
        out.append(f"note {note['number']}: {note['text']!r}")
        if note["marks"]:
            out.append(f"    marked: {note['marks']}")
    return out


def _numbers(one: dict[str, Any]) -> list[str]:
    return [f"number {block['number']}: {_shown(block)[:60]}" for block in one["blocks"]]


def _shown(block: dict[str, Any]) -> str:
    """The text with its references where they stand, and no space unseen."""
    return repr(relaxed.with_signs(block))[1:-1]


class _Marks(HTMLParser):
    """The inline elements of a block's HTML as tag and text, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[list[str]] = []
        self.open: list[list[str]] = []
        self.alternative = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = _ALIKE.get(tag, tag)
        if tag == "img":
            self.alternative = dict(attrs).get("alt") or ""
        if tag in _TAGS:
            mark = [tag, ""]
            self.found.append(mark)
            self.open.append(mark)

    def handle_endtag(self, tag: str) -> None:
        if _ALIKE.get(tag, tag) in _TAGS and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        for mark in self.open:
            mark[1] += data


def summary(essay: str, file: str) -> str:
    """One line on a file, for the report."""
    try:
        found = differences(essay, file)
    except Exception as error:  # noqa: BLE001 - a report goes on after a crash
        return f"{essay}/{file}: {type(error).__name__}: {str(error)[:120]}"
    lost = sum(1 for line in found[2:] if line.startswith("-"))
    return f"{essay}/{file}: " + (f"{lost} lines of the truth differ" if found else "the same")
