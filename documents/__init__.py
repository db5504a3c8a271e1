"""From a file to an essay: bytes → recognise → read → repair → number → sanitise.

Pure: no database, no files, no network. `import_document` is the whole of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from pathlib import PurePath

from documents.document import (
    BULLET,
    KINDS,
    Document,
    DocumentBlock,
    DocumentNote,
    DocumentPicture,
    DocumentWarning,
    Metadata,
    NoteRef,
    Repair,
)
from documents.language import direction_of, known_language, normal_code
from documents.messages import gettext_lazy as _
from documents.numbering import numbered
from documents.parsed import ParsedBlock, ParsedDocument, ParseWarning, shortened
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
    "Document",
    "DocumentBlock",
    "DocumentNote",
    "DocumentPicture",
    "DocumentWarning",
    "ImportRefused",
    "Metadata",
    "NoteRef",
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
    on_progress(_("Looking at the file"), 0)
    found = recognise(data, filename)
    on_progress(_("Reading the text"), READ_FROM)
    reading = part(on_progress, READ_FROM, READ_TO)
    parsed = read(found, reading)
    on_progress(_("Putting right what the file’s form has broken"), READ_TO)
    warnings = tuple(ParseWarning(code, None, message) for code, message in found.warnings)
    parsed = repaired(
        replace(parsed, refused=frozenset(refuse), warnings=(*warnings, *parsed.warnings))
    )
    if not any(block.text for block in parsed.blocks):
        raise ImportRefused(
            "empty",
            _("There are no words in this file."),
            _("Choose the file that holds the essay's text."),
        )
    on_progress(_("Numbering the paragraphs"), 90)
    return _finished(_described(parsed, filename))


# What programs and browsers call a file of which they know nothing.
_NAMELESS = re.compile(
    r"(?:(?:page|index|document|dokument|untitled|unbenannt|download|file|text|scan|print|"
    r"new document|output)[\s\d()._-]*)?|[\d\s()._-]+",
    re.IGNORECASE,
)
_TITLE_WORDS, _LONGEST_NAME = 8, 60


def _first_words(text: str) -> str:
    words = text.split()
    cut = "…" if len(words) > _TITLE_WORDS else ""
    return shortened(" ".join(words[:_TITLE_WORDS]).rstrip(",;:.") + cut, _LONGEST_NAME)


def _described(parsed: ParsedDocument, filename: str) -> ParsedDocument:
    """Language, direction, and a title from the file's name if there is none.

    What the file's properties say stands where the text says nothing.
    """
    metadata, properties = parsed.metadata, parsed.properties
    words = " ".join(p.text for p in parsed.blocks)
    language = known_language(metadata.language, words)
    metadata = replace(
        metadata,
        title=metadata.title or properties.title,
        authors=metadata.authors or properties.authors,
        language=language or normal_code(properties.language),
        direction=direction_of(language or properties.language),
    )
    warnings = parsed.warnings
    if not metadata.title:
        name = " ".join(PurePath(filename).stem.replace("_", " ").split())
        message = _("No title was found in the text; the file's name stands for it.")
        if _NAMELESS.fullmatch(name):
            name = _first_words(words)
            message = _("No title was found in the text; its first words stand for it.")
        metadata = replace(metadata, title=name or "Untitled")
        warnings = (*warnings, ParseWarning("no_title", None, message))
    return replace(parsed, metadata=metadata, warnings=warnings)


def _finished(parsed: ParsedDocument) -> Document:
    places = {block.uid: index for index, block in enumerate(parsed.blocks)}

    def place(uid: int | None) -> int | None:
        while uid is not None and uid not in places:
            uid = parsed.moved.get(uid)
        return places[uid] if uid is not None else None

    return Document(
        format=parsed.format,
        metadata=parsed.metadata,
        blocks=numbered(_block(block) for block in parsed.blocks),
        notes=tuple(_note(note.number, note.rich.html()) for note in parsed.notes),
        repairs=tuple(Repair(f.name, place(f.uid), f.detail, f.id) for f in parsed.repairs),
        warnings=tuple(DocumentWarning(d.code, place(d.uid), d.message) for d in parsed.warnings),
        pictures=parsed.pictures,
    )


def _block(block: ParsedBlock) -> DocumentBlock:
    html = sanitised(block.html or block.rich.html(), table=bool(block.html))
    return DocumentBlock(
        kind=block.kind,
        level=block.level,
        number=None,
        text=block.text,
        html=html,
        note_refs=block.rich.refs,
        marker=block.marker,
    )


def _note(number: str, html: str) -> DocumentNote:
    clean = sanitised(html)
    return DocumentNote(number, text_content(clean), clean)
