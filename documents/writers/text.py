"""An essay as plain text: a paragraph on each line, an empty line between, notes at the end.

Our importer reads it back with the same words in the same paragraphs; emphasis, levels of
headings and pictures are what plain text cannot say.
"""

from __future__ import annotations

from documents.document import Document, DocumentBlock
from documents.writers.inline import tokens

_STEP = "  "  # of each level of a list
_QUOTED = "    "


def to_text(document: Document) -> str:
    """Return the whole essay; paragraphs are not wrapped, so that any program may wrap them."""
    parts = [
        *_head(document),
        *(_block(block) for block in document.blocks if not _is_title(block)),
    ]
    parts += ["Notes", *(f"[{note.number}] {note.text}" for note in document.notes)][
        : len(document.notes) + 1 if document.notes else 0
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _is_title(block: DocumentBlock) -> bool:
    return block.kind == "heading" and block.level == 1


def _head(document: Document) -> list[str]:
    data = document.metadata
    source = ", ".join(part for part in (data.venue, data.issue) if part)
    return [
        data.title,
        data.subtitle,
        f"By {_named(data.authors)}" if data.authors else "",
        source,
        data.published,
        f"Abstract: {' '.join(data.abstract.split())}" if data.abstract else "",
    ]


def _named(names: tuple[str, ...]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _block(block: DocumentBlock) -> str:
    words = _words(block)
    if block.kind == "rule":
        return "* * *"
    if block.kind == "list_item":
        indent = _STEP * ((block.level or 1) - 1)
        return f"{indent}{block.marker or ' '} {words}"
    if block.kind == "figure":
        return f"[Picture: {words}]" if words else "[Picture]"
    if block.kind in {"verse", "code"}:
        return "\n".join(_QUOTED + line for line in words.split("\n"))
    return words


def _words(block: DocumentBlock) -> str:
    out: list[str] = []
    for token in tokens(block.html, block.note_refs):
        if token.kind == "note":
            out.append(f"[{token.name}]")
        elif token.kind == "text":
            out.append(token.text)
    return "".join(out)
