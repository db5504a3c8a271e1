"""An essay of the library as a file to take away."""

import re
from dataclasses import dataclass
from typing import Any

from readings.exporting import FORMATS
from readings.importing import Block, Document, Metadata, Note, NoteRef, Picture
from readings.models import Block as BlockRow
from readings.models import Essay, Revision
from readings.models import Note as NoteRow
from readings.models import Picture as PictureRow

# What file systems refuse in a name; and a name that any of them takes.
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class EssayFile:
    """A file's bytes, with what to call it and what it is."""

    name: str
    media_type: str
    data: bytes


def essay_file_of(essay: Essay, form: str) -> EssayFile:
    """Return the newest published text of `essay` in one of exporting.FORMATS."""
    chosen = FORMATS[form]
    document = document_of(essay, Revision.objects.newest_published(essay))
    return EssayFile(
        name=f"{file_name(essay.title)}{chosen.suffix}",
        media_type=chosen.media_type,
        data=chosen.write(document),
    )


def file_name(title: str) -> str:
    """Return a title as it may stand before the ending of a file's name."""
    words = " ".join(_NOT_IN_NAMES.sub(" ", title).split())
    return words[:_LONGEST_NAME].strip(" .") or "essay"


def document_of(essay: Essay, revision: Revision, *, with_bytes: bool = True) -> Document:
    """Return a published revision as a document again; its pictures' bytes only where asked."""
    return Document(
        format="",
        metadata=metadata_of(essay),
        blocks=tuple(_block(row) for row in BlockRow.objects.filter(revision=revision)),
        notes=tuple(
            Note(row.number, row.text, row.html)
            for row in NoteRow.objects.filter(revision=revision)
        ),
        pictures=_pictures(revision, with_bytes=with_bytes),
    )


def metadata_of(essay: Essay) -> Metadata:
    names: Any = [one for one in Metadata.__dataclass_fields__ if one != "authors"]
    known = {name: getattr(essay, name) for name in names}
    return Metadata(**known, authors=tuple(essay.authors))


def _pictures(revision: Revision, *, with_bytes: bool) -> tuple[Picture, ...]:
    """One whose file is gone is left out where its bytes are wanted."""
    found = [
        Picture(row.name, row.media_type, row.width, row.height, _bytes(row) if with_bytes else b"")
        for row in PictureRow.objects.filter(revision=revision)
    ]
    return tuple(one for one in found if one.data or not with_bytes)


def _bytes(row: PictureRow) -> bytes:
    try:
        with row.file.open("rb") as file:
            data: bytes = file.read()
    except OSError:
        return b""
    return data


def _block(row: BlockRow) -> Block:
    return Block(
        kind=row.kind,
        level=row.level,
        number=row.number,
        text=row.text,
        html=row.html,
        note_refs=tuple(NoteRef(str(ref["number"]), ref["offset"]) for ref in row.note_refs),
        key=row.key,
        marker=row.marker,
    )
