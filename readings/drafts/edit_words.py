"""What an edit did, in the words of the list of changes and of the announcement."""

from documents import DocumentBlock
from documents.editing import (
    About,
    AddNote,
    BringBack,
    Describe,
    Drop,
    DropNote,
    Edit,
    Edited,
    Look,
    Merge,
    Move,
    Reword,
    RewordNote,
    SetKind,
    Split,
)
from documents.parsed import shortened
from readings.drafts.forms import MetadataForm
from readings.models import BlockKind

_WORDS = 48  # characters of a block by which people know it again


def says(edit: Edit, before: Edited, after: Edited) -> str:  # noqa: C901 - one for each kind of edit
    """Say what this edit has made of the document, in a few words of the past tense."""
    match edit:
        case SetKind(kind="heading"):
            return f"Made {_quoted(edit.block, before)} a heading of level {edit.level}"
        case SetKind():
            kind = BlockKind(edit.kind).label.lower()
            return f"Made {_quoted(edit.block, before)} a {kind}"
        case Merge():
            return f"Merged {_quoted(edit.block, before)} with the block above"
        case Split():
            return f"Split {_quoted(edit.block, before)}"
        case Drop():
            return f"Dropped {_quoted(edit.block, before)}"
        case BringBack():
            return f"Brought back {_quoted(edit.block, after)}"
        case Reword():
            return f"Edited {_quoted(edit.block, after)}{_references(edit.block, before, after)}"
        case Move():
            return f"Moved {_quoted(edit.block, before)}"
        case Describe():
            return "Described a picture" if edit.alt.strip() else "Took out a description"
        case AddNote():
            return f"Added note {edit.number}"
        case RewordNote():
            return f"Edited note {edit.number}"
        case DropNote():
            return f"Dropped note {edit.number}"
        case About():
            return f"Changed {_listed(_labels(edit))}"
        case Look():
            return "Looked at a warning" if edit.seen else "Marked a warning to be looked at"


def block_of(edit: Edit) -> str:
    """The key of the block to which the reader is led after an edit; empty where there is none."""
    return edit.above if isinstance(edit, Merge) else getattr(edit, "block", "")


def _quoted(key: str, edited: Edited) -> str:
    block = edited.block(key) or next(
        (one.block for one in edited.dropped if one.block.key == key), None
    )
    return name_of(block) if block else "a block"


def name_of(block: DocumentBlock) -> str:
    """The first words of a block; of one without words, its kind."""
    if not block.text:
        return f"a {BlockKind(block.kind).label.lower()}"
    return f"“{shortened(' '.join(block.text.split()), _WORDS)}”"


def _references(key: str, before: Edited, after: Edited) -> str:
    """What became of the references to notes: none goes in silence."""
    old, new = before.block(key), after.block(key)
    if not old or not new:
        return ""
    gone = {ref.number for ref in old.note_refs} - {ref.number for ref in new.note_refs}
    return f"; the reference to note {_listed(sorted(gone))} is taken out" if gone else ""


def _labels(edit: About) -> list[str]:
    fields = MetadataForm.base_fields
    return [(fields[name].label or name.replace("_", " ")).lower() for name in edit.changes]


def _listed(words: list[str]) -> str:
    *others, last = words or [""]
    return f"{', '.join(others)} and {last}" if others else last
