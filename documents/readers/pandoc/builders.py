"""Builders of pandoc's nodes: what our own readers hand to the tree's reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from documents.readers.pandoc.citations import Node

_NO_ATTRIBUTES: tuple[str, list[str], list[list[str]]] = ("", [], [])


def words(text: str) -> Node:
    return {"t": "Str", "c": text}


def line_break() -> Node:
    return {"t": "LineBreak"}


def wrapped(kind: str, inlines: list[Node]) -> list[Node]:
    """Inlines in Emph, Strong, Superscript or Subscript; nothing in nothing."""
    return [{"t": kind, "c": inlines}] if inlines else []


def link(inlines: list[Node], href: str) -> Node:
    return {"t": "Link", "c": [_NO_ATTRIBUTES, inlines, [href, ""]]}


def image(address: str, alternative: str) -> Node:
    return {"t": "Image", "c": [_NO_ATTRIBUTES, [words(alternative)], [address, ""]]}


def code(text: str) -> Node:
    return {"t": "Code", "c": [_NO_ATTRIBUTES, text]}


def note(blocks: list[Node]) -> Node:
    return {"t": "Note", "c": blocks}


def math(source: str) -> Node:
    return {"t": "Math", "c": [{"t": "InlineMath"}, source]}


def paragraph(inlines: list[Node]) -> Node:
    return {"t": "Para", "c": inlines}


def header(level: int, inlines: list[Node]) -> Node:
    return {"t": "Header", "c": [level, _NO_ATTRIBUTES, inlines]}


def quotation(blocks: list[Node]) -> Node:
    return {"t": "BlockQuote", "c": blocks}


def rule() -> Node:
    return {"t": "HorizontalRule"}


def division(blocks: list[Node], **attributes: str) -> Node:
    """Blocks with attributes; `custom_style` is custom-style."""
    pairs = [[name.replace("_", "-"), value] for name, value in attributes.items()]
    return {"t": "Div", "c": [("", [], pairs), blocks]}


def item(blocks: list[Node], marker: str, level: int) -> Node:
    """An item of a list whose marker and depth are known as printed."""
    return division(blocks, list_marker=marker, list_level=str(level))


def figure(picture: Node, caption: list[Node]) -> Node:
    return {
        "t": "Figure",
        "c": [_NO_ATTRIBUTES, [None, [paragraph(caption)]], [paragraph([picture])]],
    }


@dataclass(frozen=True, slots=True)
class Cell:
    blocks: list[Node] = field(default_factory=list)
    down: int = 1
    across: int = 1


def table(rows: Sequence[Iterable[Cell]], heads: int = 0) -> Node:
    """A table; its first `heads` rows are its head."""
    made = [[_NO_ATTRIBUTES, [_cell(one) for one in row]] for row in rows]
    body = [_NO_ATTRIBUTES, 0, [], made[heads:]]
    content: list[Any] = [
        _NO_ATTRIBUTES, [None, []], [], [_NO_ATTRIBUTES, made[:heads]], [body], [_NO_ATTRIBUTES, []]
    ]  # fmt: skip
    return {"t": "Table", "c": content}


def _cell(cell: Cell) -> list[Any]:
    return [_NO_ATTRIBUTES, {"t": "AlignDefault"}, cell.down, cell.across, cell.blocks]
