"""From a file to an essay: bytes → recognise → read → repair → number → sanitise.

Pure: no database, no files, no network. `import_document` is the whole of it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import PurePath

from readings.importing.document import (
    BULLET,
    KINDS,
    Block,
    Document,
    DocumentWarning,
    Metadata,
    Note,
    NoteRef,
    Picture,
    Repair,
)
from readings.importing.draft import Doubt, Draft, Piece
from readings.importing.language import direction_of, language_of
from readings.importing.number import numbered
from readings.importing.read_markdown import read_markdown
from readings.importing.read_text import read_text
from readings.importing.recognise import MARKDOWN, MAX_BYTES, recognise
from readings.importing.refusal import ImportRefused
from readings.importing.repairs import NAMES, repaired
from readings.importing.sanitise import sanitised, text_content

__all__ = [
    "BULLET",
    "KINDS",
    "MAX_BYTES",
    "NAMES",
    "Block",
    "Document",
    "DocumentWarning",
    "ImportRefused",
    "Metadata",
    "Note",
    "NoteRef",
    "Picture",
    "Repair",
    "import_document",
]


def import_document(data: bytes, filename: str, refuse: Collection[str] = ()) -> Document:
    """The essay in a file.

    `refuse` holds the names of repairs, or the ids of single ones, that are
    not to be made. Raises ImportRefused, saying what is wrong and what to do.
    """
    found = recognise(data, filename)
    draft = read_markdown(found.text) if found.format == MARKDOWN else read_text(found.text)
    doubts = tuple(Doubt(code, None, message) for code, message in found.doubts)
    draft = repaired(replace(draft, refused=frozenset(refuse), doubts=(*doubts, *draft.doubts)))
    if not any(piece.text for piece in draft.pieces):
        raise ImportRefused(
            "empty",
            "There are no words in this file.",
            "Choose the file that holds the essay's text.",
        )
    return _finished(_described(draft, filename))


def _described(draft: Draft, filename: str) -> Draft:
    """Language, direction, and a title from the file's name if there is none."""
    metadata = draft.metadata
    language = metadata.language or language_of(" ".join(p.text for p in draft.pieces))
    metadata = replace(metadata, language=language, direction=direction_of(language))
    doubts = draft.doubts
    if not metadata.title:
        name = " ".join(PurePath(filename).stem.replace("_", " ").split()) or "Untitled"
        metadata = replace(metadata, title=name)
        message = "No title was found in the text; the file's name stands for it."
        doubts = (*doubts, Doubt("no_title", None, message))
    return replace(draft, metadata=metadata, doubts=doubts)


def _finished(draft: Draft) -> Document:
    places = {piece.uid: index for index, piece in enumerate(draft.pieces)}

    def place(uid: int | None) -> int | None:
        while uid is not None and uid not in places:
            uid = draft.moved.get(uid)
        return places[uid] if uid is not None else None

    return Document(
        format=draft.format,
        metadata=draft.metadata,
        blocks=numbered(_block(piece) for piece in draft.pieces),
        notes=tuple(_note(note.number, note.rich.html()) for note in draft.notes),
        repairs=tuple(Repair(f.name, place(f.uid), f.detail, f.id) for f in draft.fixes),
        warnings=tuple(DocumentWarning(d.code, place(d.uid), d.message) for d in draft.doubts),
        pictures=draft.pictures,
    )


def _block(piece: Piece) -> Block:
    html = sanitised(piece.html or piece.rich.html(), table=bool(piece.html))
    return Block(
        kind=piece.kind,
        level=piece.level,
        number=None,
        text=piece.text,
        html=html,
        note_refs=piece.rich.refs,
        marker=piece.marker,
    )


def _note(number: str, html: str) -> Note:
    clean = sanitised(html)
    return Note(number, text_content(clean), clean)
