"""A table as a pipe table: what its cells say, a line to each row."""

from __future__ import annotations

from dataclasses import dataclass, field

from documents.document import DocumentBlock
from documents.whole_number import whole_number
from documents.writers.inline import Token, tokens
from documents.writers.markdown_words import div, markdown_of, safe_start


@dataclass(slots=True)
class _TableCells:
    caption: list[Token] = field(default_factory=list)
    head: list[list[str]] = field(default_factory=list)
    body: list[list[str]] = field(default_factory=list)


def table_of(block: DocumentBlock) -> str:
    """Return the rows; its caption stands above them, a joined cell is followed by empty ones."""
    table = _read(block)
    rows = [*table.head, *table.body]
    width = max((len(row) for row in rows), default=0)
    if not width:
        return ""
    head = table.head[0] if table.head else [""] * width
    lines = [_line(head, width), f"|{' --- |' * width}"]
    lines += [_line(row, width) for row in [*table.head[1:], *table.body]]
    caption = markdown_of(table.caption).strip()
    whole = "\n".join(lines)
    return f"{div('caption', safe_start(caption))}\n\n{whole}" if caption else whole


def _line(cells: list[str], width: int) -> str:
    return "| " + " | ".join(cells + [""] * (width - len(cells))) + " |"


def _read(block: DocumentBlock) -> _TableCells:
    table = _TableCells()
    rows = table.body
    inside: list[Token] | None = None
    across = 1
    for token in tokens(block.html, block.note_refs):
        match token.kind, token.name:
            case "open", "caption" | "th" | "td":
                inside = []
                across = _number(token.get("colspan"))
            case "close", "caption":
                table.caption, inside = inside or [], None
            case "close", "th" | "td":
                if rows:
                    rows[-1] += [markdown_of(inside or []).strip(), *[""] * (across - 1)]
                inside = None
            case "open", "thead":
                rows = table.head
            case "open", "tbody":
                rows = table.body
            case "open", "tr":
                rows.append([])
            case _:
                if inside is not None:
                    inside.append(token)
    return table


def _number(span: str) -> int:
    return min(whole_number(span) or 1, 50)
