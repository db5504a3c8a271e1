"""Essays, their revisions and blocks; readings, and the passages people point at; guides."""

from readings.models.alignments import RevisionAlignment
from readings.models.deadlines import Deadlines, Phase
from readings.models.drafts import Draft, DraftQuerySet, ImportState
from readings.models.essays import Block, BlockKind, Essay, Note, Revision
from readings.models.extensions import (
    NOTE_LENGTH,
    Extension,
    keep_extensions,
    keep_extensions_of,
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
from readings.models.pictures import Picture
from readings.models.readings import Anonymity, Reading, ReadingGroup, Visit
from readings.models.versions import BlockVersion, Fragment, PageVersion, PeopleVersion

__all__ = [
    "CONTEXT_CHARACTERS",
    "NOTE_KINDS",
    "NOTE_LENGTH",
    "Anonymity",
    "Block",
    "BlockKind",
    "BlockVersion",
    "Deadlines",
    "Draft",
    "DraftQuerySet",
    "Essay",
    "Extension",
    "Fragment",
    "Guide",
    "GuideItem",
    "GuideItemKind",
    "ImportState",
    "Note",
    "PageVersion",
    "Passage",
    "PeopleVersion",
    "Phase",
    "Picture",
    "Placement",
    "Reading",
    "ReadingGroup",
    "ReanchoredPassage",
    "Reanchoring",
    "Revision",
    "RevisionAlignment",
    "Visit",
    "keep_extensions",
    "keep_extensions_of",
]
