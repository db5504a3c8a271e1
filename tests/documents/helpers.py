"""Small words for the importer's tests."""

from __future__ import annotations

from collections.abc import Collection

from documents import Document, import_document

# Long enough that a reader takes it for a paragraph of the text.
BODY = (
    "The harbour was older than the town, and the town had long forgotten which of its streets "
    "had once been quays and which had always been dry."
)
MORE = (
    "Ships came in with the evening tide, and the clerks who counted them wrote down their names "
    "in a hand that nobody reads any more."
)


def markdown(text: str, refuse: Collection[str] = ()) -> Document:
    return import_document(text.encode(), "essay.md", refuse)


def plain(text: str, refuse: Collection[str] = ()) -> Document:
    return import_document(text.encode(), "essay.txt", refuse)


def shape(document: Document) -> list[tuple[str, int | None, str]]:
    """Each block as kind, level and text."""
    return [(block.kind, block.level, block.text) for block in document.blocks]


def kinds(document: Document) -> list[str]:
    return [block.kind for block in document.blocks]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def repairs(document: Document) -> list[str]:
    return [repair.name for repair in document.repairs]


def warnings(document: Document) -> list[str]:
    return [warning.code for warning in document.warnings]
