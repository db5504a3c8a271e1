"""Essays, their revisions and blocks; readings, and the passages people point at; guides."""

from readings.models.alignments import RevisionAlignment
from readings.models.deadlines import Deadlines, Phase, deadlines_of
from readings.models.drafts import Draft, DraftQuerySet, ImportState
from readings.models.essays import Block, BlockKind, Essay, Note, Revision
from readings.models.extensions import (
    NOTE_LENGTH,
    Extension,
    closed_to_each,
    keep_everybodys_extensions,
    keep_extensions,
    keep_extensions_of,
)
from readings.models.gates import (
    DEFAULT_GATE_TRIES,
    MOST_GATE_TRIES,
    GateKind,
    GatePassing,
    PassedBy,
    ReadingGate,
    in_front,
)
from readings.models.guides import (
    NOTE_KINDS,
    EarlierGuide,
    Guide,
    GuideDraft,
    GuideDraftStep,
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
from readings.models.readings import Anonymity, Reading, ReadingGroup, ReadingKind, Visit
from readings.models.requirements import (
    Asking,
    Requirement,
    Task,
    TaskKind,
    can_still_be_met,
    requirements_of,
)
from readings.models.units import Unit
from readings.models.versions import BlockVersion, Fragment, PageVersion, PeopleVersion

__all__ = [
    "CONTEXT_CHARACTERS",
    "DEFAULT_GATE_TRIES",
    "MOST_GATE_TRIES",
    "NOTE_KINDS",
    "NOTE_LENGTH",
    "Anonymity",
    "Asking",
    "Block",
    "BlockKind",
    "BlockVersion",
    "Deadlines",
    "Draft",
    "DraftQuerySet",
    "EarlierGuide",
    "Essay",
    "Extension",
    "Fragment",
    "GateKind",
    "GatePassing",
    "Guide",
    "GuideDraft",
    "GuideDraftStep",
    "GuideItem",
    "GuideItemKind",
    "ImportState",
    "Note",
    "PageVersion",
    "Passage",
    "PassedBy",
    "PeopleVersion",
    "Phase",
    "Picture",
    "Placement",
    "Reading",
    "ReadingGate",
    "ReadingGroup",
    "ReadingKind",
    "ReanchoredPassage",
    "Reanchoring",
    "Requirement",
    "Revision",
    "RevisionAlignment",
    "Task",
    "TaskKind",
    "Unit",
    "Visit",
    "can_still_be_met",
    "closed_to_each",
    "deadlines_of",
    "in_front",
    "keep_everybodys_extensions",
    "keep_extensions",
    "keep_extensions_of",
    "requirements_of",
]
