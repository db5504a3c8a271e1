"""Essays, their revisions and blocks; readings, and the passages people point at; guides."""

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
from readings.models.guides import (
    NOTE_KINDS,
    Guide,
    GuideItem,
    GuideItemKind,
)
from readings.models.passages import (
    CONTEXT_CHARACTERS,
    Passage,
    Placement,
    ReanchoredPassage,
    Reanchoring,
)
from readings.models.readings import Reading, Visit

__all__ = [
    "CONTEXT_CHARACTERS",
    "NOTE_KINDS",
    "Block",
    "BlockKind",
    "Essay",
    "Guide",
    "GuideItem",
    "GuideItemKind",
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
