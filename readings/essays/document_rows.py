"""A document as the rows and columns that it becomes, and rows as a document again."""

from contextlib import suppress
from dataclasses import asdict, fields, replace
from typing import Any

from documents import Document, DocumentBlock, DocumentNote, DocumentPicture, Metadata, NoteRef
from readings.models import Block, Essay, Note, Picture, Revision


def rows_of_document(document: Document) -> tuple[list[Block], list[Note]]:
    """Return the blocks and notes of `document`, in order, of no revision yet and not saved."""
    blocks = [
        Block(
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
        Note(position=position, **asdict(note)) for position, note in enumerate(document.notes)
    ]
    return blocks, notes


def document_of(
    essay: Essay, revision: Revision, *, with_bytes: bool = True, end: int | None = None
) -> Document:
    """Return a published revision as a document again; its pictures' bytes only where asked.

    With `end`, up to the block at this position, and what is referred to there. A
    picture whose file is gone is left out where its bytes are wanted.
    """
    blocks, notes = list(revision.blocks.order_by("position")), revision.notes.order_by("position")
    shown = revision.pictures.order_by("pk")
    if end is not None:
        blocks = [row for row in blocks if row.position <= end]
        named = {str(ref["number"]) for row in blocks for ref in row.note_refs}
        notes = notes.filter(number__in=named)
        html = "".join(row.html for row in (*blocks, *notes))
        shown = shown.filter(name__in=[one.name for one in shown if f"picture:{one.name}" in html])
    pictures = (_picture(row, with_bytes=with_bytes) for row in shown)
    return Document(
        format="",
        metadata=metadata_of(essay),
        blocks=tuple(_block(row) for row in blocks),
        notes=tuple(DocumentNote(row.number, row.text, row.html) for row in notes),
        pictures=tuple(one for one in pictures if one.data or not with_bytes),
    )


def _block(row: Block) -> DocumentBlock:
    return DocumentBlock(
        kind=row.kind,
        level=row.level,
        number=row.number,
        text=row.text,
        html=row.html,
        note_refs=tuple(NoteRef(**ref) for ref in row.note_refs),
        key=row.key,
        marker=row.marker,
    )


def _picture(row: Picture, *, with_bytes: bool) -> DocumentPicture:
    data = b""
    if with_bytes:
        with suppress(OSError), row.file.open("rb") as file:
            data = file.read()
    return DocumentPicture(row.name, row.media_type, row.width, row.height, data)


def metadata_of(essay: Essay) -> Metadata:
    """What is known about the essay now."""
    return Metadata.from_json({one.name: getattr(essay, one.name) for one in fields(Metadata)})


def essay_fields(metadata: Metadata) -> dict[str, Any]:
    """What was found about the essay, cut to what the columns hold."""
    columns = asdict(metadata) | {"authors": list(metadata.authors)}
    for name, value in columns.items():
        limit = getattr(Essay._meta.get_field(name), "max_length", None)
        if limit and isinstance(value, str):
            columns[name] = value[:limit]
    return columns


def with_what_is_known(document: Document, essay: Essay) -> Document:
    """Return the document of a new file with what people have settled about its essay.

    The file's own title page fills in only what nobody knew.
    """
    found = asdict(document.metadata)
    known = {name: getattr(essay, name) or value for name, value in found.items()}
    return replace(document, metadata=Metadata.from_json(known))
