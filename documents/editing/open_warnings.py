"""What a document that is being edited wants of the person, besides what its reader has said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

from documents.document import Document, DocumentBlock, DocumentNote, DocumentWarning, Metadata
from documents.editing.block_words import pictures_of
from documents.messages import gettext_lazy as _


def warning_id(code: str, key: str, message: str) -> str:
    """The name under which a warning is looked at: the same on every replay."""
    digest = sha256(f"{key}\n{message}".encode("utf-8", "replace")).hexdigest()[:10]
    return f"{code}:{digest}"


def own_warnings(
    before: Document,
    blocks: Sequence[DocumentBlock],
    notes: Sequence[DocumentNote],
    metadata: Metadata,
) -> Iterator[tuple[str, DocumentWarning]]:
    """Pictures without a description, notes that have lost their place, and no language.

    `before` is the document as read; the rest is what the edits have made of it.
    """
    referred: set[str] = set()
    for index, block in enumerate(blocks):
        referred.update(ref.number for ref in block.note_refs)
        for picture, found in enumerate(pictures_of(block)):
            if not found[1].strip():
                code = "picture_without_description"
                message = _("Describe this picture, for those who do not see it.")
                name = warning_id(code, block.key, str(picture))
                yield name, DocumentWarning(code, index, message)
    had = {ref.number for block in before.blocks for ref in block.note_refs}
    added = {note.number for note in notes} - {note.number for note in before.notes}
    for note in notes:
        if note.number in (had | added) - referred:
            code = "note_without_reference"
            message = _(
                "Nothing in the text refers to note %(number)s any more.", number=note.number
            )
            yield warning_id(code, "", note.number), DocumentWarning(code, None, message)
    if not metadata.language:
        message = _("Say which language the essay is in; it could not be told from the text.")
        yield "no_language", DocumentWarning("no_language", None, message)
