"""From a file to an essay: bytes → recognise → read → repair → number → sanitise.

Pure: no database, no files, no network. `import_document` is the whole of it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import PurePath

from documents.document import (
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
from documents.draft import Doubt, Draft, Piece
from documents.language import direction_of, known_language, normal_code
from documents.number import numbered
from documents.progress import OnProgress, part, silent
from documents.readers import read
from documents.recognise import MAX_BYTES, recognise
from documents.refusal import ImportRefused
from documents.repairs import NAMES, repaired
from documents.sanitise import sanitised, text_content

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

# The part of the whole that reading takes, in percent; the rest is repairing.
READ_FROM, READ_TO = 5, 75


def import_document(
    data: bytes,
    filename: str,
    refuse: Collection[str] = (),
    on_progress: OnProgress = silent,
) -> Document:
    """The essay in a file, read here: for a file that anyone may send see `isolated.py`.

    `refuse` holds the names of repairs, or the ids of single ones, that are
    not to be made. `on_progress` is told what is being done, and how far it is.
    Raises ImportRefused, saying what is wrong and what to do.
    """
    on_progress("Looking at the file", 0)
    found = recognise(data, filename)
    on_progress("Reading the text", READ_FROM)
    reading = part(on_progress, READ_FROM, READ_TO)
    draft = read(found, reading)
    on_progress("Putting right what the file’s form has broken", READ_TO)
    doubts = tuple(Doubt(code, None, message) for code, message in found.doubts)
    draft = repaired(replace(draft, refused=frozenset(refuse), doubts=(*doubts, *draft.doubts)))
    if not any(piece.text for piece in draft.pieces):
        raise ImportRefused(
            "empty",
            "There are no words in this file.",
            "Choose the file that holds the essay's text.",
        )
    on_progress("Numbering the paragraphs", 90)
    return _finished(_described(draft, filename))


def _described(draft: Draft, filename: str) -> Draft:
    """Language, direction, and a title from the file's name if there is none.

    What the file's properties say stands where the text says nothing.
    """
    metadata, properties = draft.metadata, draft.properties
    words = " ".join(p.text for p in draft.pieces)
    language = known_language(metadata.language, words)
    metadata = replace(
        metadata,
        title=metadata.title or properties.title,
        authors=metadata.authors or properties.authors,
        language=language or normal_code(properties.language),
        direction=direction_of(language or properties.language),
    )
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
