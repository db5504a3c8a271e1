"""An imported document as the rows and columns that it becomes."""

from dataclasses import asdict, replace
from typing import Any

from readings.importing import Document, Metadata
from readings.models import Block, Essay, Note, Revision


def rows_of_document(document: Document, revision: Revision) -> tuple[list[Block], list[Note]]:
    """Return the blocks and notes of `document`, in order, not saved."""
    blocks = [
        Block(
            revision=revision,
            position=position,
            key=block.key,
            kind=block.kind,
            level=block.level,
            marker=block.marker,
            number=block.number,
            text=block.text,
            html=block.html,
            note_refs=[asdict(ref) for ref in block.note_refs],
        )
        for position, block in enumerate(document.blocks)
    ]
    notes = [
        Note(revision=revision, position=position, **asdict(note))
        for position, note in enumerate(document.notes)
    ]
    return blocks, notes


def essay_fields(metadata: Metadata) -> dict[str, Any]:
    """What was found about the essay, cut to what the columns hold."""
    fields = asdict(metadata) | {"authors": list(metadata.authors)}
    for name, value in fields.items():
        limit = getattr(Essay._meta.get_field(name), "max_length", None)
        if limit and isinstance(value, str):
            fields[name] = value[:limit]
    return fields


def with_what_is_known(document: Document, essay: Essay) -> Document:
    """Return the document with what people have settled about an essay that is read already.

    The new file's own title page fills in only what nobody knew.
    """
    if not essay.revisions.filter(published_at__isnull=False).exists():
        return document
    found = asdict(document.metadata)
    known = {name: getattr(essay, name) or value for name, value in found.items()}
    return replace(document, metadata=Metadata.from_json(known))
