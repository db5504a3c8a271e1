"""Essays, their revisions and blocks; readings, and the passages people point at."""

from readings.models.essays import (
    Block,
    BlockKind,
    Essay,
    ImportState,
    Note,
    Picture,
    Revision,
    RevisionQuerySet,
)
from readings.models.passages import (
    CONTEXT_CHARACTERS,
    GuideNote,
    GuideNoteKind,
    Passage,
    Placement,
    ReanchoredPassage,
    Reanchoring,
)
from readings.models.readings import Reading, Visit

__all__ = [
    "CONTEXT_CHARACTERS",
    "Block",
    "BlockKind",
    "Essay",
    "GuideNote",
    "GuideNoteKind",
    "ImportState",
    "Note",
    "Passage",
    "Picture",
    "Placement",
    "Reading",
    "ReanchoredPassage",
    "Reanchoring",
    "Revision",
    "RevisionQuerySet",
    "Visit",
]
