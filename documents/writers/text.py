"""An essay as plain text: a paragraph on each line, an empty line between, notes at the end.

Our importer reads it back with the same words in the same paragraphs; emphasis, levels of
headings and pictures are what plain text cannot say.
"""

from __future__ import annotations

from documents.document import Document, DocumentBlock, Metadata
from documents.writers.inline import tokens
from documents.writers.labels import Labels, labels_for

_STEP = "  "  # of each level of a list
_QUOTED = "    "


def to_text(document: Document) -> str:
    """Return the whole essay; paragraphs are not wrapped, so that any program may wrap them."""
    labels = labels_for(document.metadata.language)
    parts = [
        *_head(document.metadata, labels),
        *(_block(block, labels) for block in document.blocks if not _is_title(block)),
    ]
    parts += [labels.notes, *(f"[{note.number}] {note.text}" for note in document.notes)][
        : len(document.notes) + 1 if document.notes else 0
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _is_title(block: DocumentBlock) -> bool:
    return block.kind == "heading" and block.level == 1


def _head(data: Metadata, labels: Labels) -> list[str]:
    source = ", ".join(part for part in (data.venue, data.issue) if part)
    return [
        data.title,
        data.subtitle,
        labels.byline.format(names=labels.names(data.authors)) if data.authors else "",
        source,
        data.published,
        f"{labels.abstract}: {' '.join(data.abstract.split())}" if data.abstract else "",
    ]


def _block(block: DocumentBlock, labels: Labels) -> str:
    words = _words(block)
    if block.kind == "rule":
        return "* * *"
    if block.kind == "list_item":
        indent = _STEP * ((block.level or 1) - 1)
        return f"{indent}{block.marker or ' '} {words}"
    if block.kind == "figure":
        return labels.picture_with_caption.format(words=words) if words else labels.picture
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
