"""What an edit did, in the words of the list of changes and of the announcement."""

from django.utils.translation import gettext as _

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
            return _("Made %(block)s a heading of level %(level)d") % {
                "block": _quoted(edit.block, before),
                "level": edit.level,
            }
        case SetKind():
            kind = BlockKind(edit.kind).label.lower()
            return _("Made %(block)s a %(kind)s") % {
                "block": _quoted(edit.block, before),
                "kind": kind,
            }
        case Merge():
            return _("Merged %s with the block above") % _quoted(edit.block, before)
        case Split():
            return _("Split %s") % _quoted(edit.block, before)
        case Drop():
            return _("Dropped %s") % _quoted(edit.block, before)
        case BringBack():
            return _("Brought back %s") % _quoted(edit.block, after)
        case Reword():
            references = _references(edit.block, before, after)
            return _("Edited %s") % _quoted(edit.block, after) + references
        case Move():
            return _("Moved %s") % _quoted(edit.block, before)
        case Describe():
            return _("Described a picture") if edit.alt.strip() else _("Took out a description")
        case AddNote():
            return _("Added note %s") % edit.number
        case RewordNote():
            return _("Edited note %s") % edit.number
        case DropNote():
            return _("Dropped note %s") % edit.number
        case About():
            return _("Changed %s") % _listed(_labels(edit))
        case Look():
            return _("Looked at a warning") if edit.seen else _("Marked a warning to be looked at")


def block_of(edit: Edit, whole: Edited) -> str:
    """The key of the block to which the reader is led after an edit; empty where there is none.

    A block that was merged is there again once that is undone.
    """
    key: str = getattr(edit, "block", "")
    return edit.above if isinstance(edit, Merge) and whole.block(key) is None else key


def _quoted(key: str, edited: Edited) -> str:
    block = edited.block(key) or next(
        (one.block for one in edited.dropped if one.block.key == key), None
    )
    return name_of(block) if block else _("a block")


def name_of(block: DocumentBlock) -> str:
    """The first words of a block; of one without words, its kind."""
    if not block.text:
        return _("a %s") % BlockKind(block.kind).label.lower()
    return f"“{shortened(' '.join(block.text.split()), _WORDS)}”"


def _references(key: str, before: Edited, after: Edited) -> str:
    """What became of the references to notes: none goes in silence."""
    old, new = before.block(key), after.block(key)
    if not old or not new:
        return ""
    gone = {ref.number for ref in old.note_refs} - {ref.number for ref in new.note_refs}
    if not gone:
        return ""
    return _("; the reference to note %s is taken out") % _listed(sorted(gone))


def _labels(edit: About) -> list[str]:
    fields = MetadataForm.base_fields
    return [(fields[name].label or name.replace("_", " ")).lower() for name in edit.changes]


def _listed(words: list[str]) -> str:
    *others, last = words or [""]
    if not others:
        return last
    return _("%(others)s and %(last)s") % {"others": ", ".join(others), "last": last}
