"""Changing a document by a log of edits."""

from documents.editing.block_words import (
    KINDS_OF_WORDS,
    pictures_of,
    plain_note,
    plain_words,
)
from documents.editing.edited import (
    CannotEdit,
    Edited,
    apply,
    check,
)
from documents.editing.edits import (
    About,
    AddNote,
    BringBack,
    Describe,
    Drop,
    DropNote,
    Edit,
    Look,
    Merge,
    Move,
    Reword,
    RewordNote,
    SetKind,
    Split,
    from_json,
    to_json,
)

__all__ = [
    "KINDS_OF_WORDS",
    "About",
    "AddNote",
    "BringBack",
    "CannotEdit",
    "Describe",
    "Drop",
    "DropNote",
    "Edit",
    "Edited",
    "Look",
    "Merge",
    "Move",
    "Reword",
    "RewordNote",
    "SetKind",
    "Split",
    "apply",
    "check",
    "from_json",
    "pictures_of",
    "plain_note",
    "plain_words",
    "to_json",
]
