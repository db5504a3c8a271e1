"""What adding a guide would do, for the page that shows it before it is done."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anchoring import WordChange, word_diff
from readings.guides.actions import AppliedGuide, Unplaced
from readings.guides.gate_effects import ClosingGate
from readings.guides.handlers import Consequence
from readings.guides.items import ItemChange
from readings.models import Block, GuideItemKind, Reading

# What stands before the words of a checkpoint's first line.
_MARK = re.compile(r"(?:title *:|###)\s*", re.IGNORECASE)
SHOWN_CHARACTERS = 160  # of an item that comes or goes whole: enough to know which it is


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One item that is added, changed, moved, brought back or taken off.

    `words` has the differences where its words are others.
    """

    change: str
    kind: str
    place: str
    summary: str
    words: Sequence[WordChange]


@dataclass(frozen=True, slots=True)
class ShownGate:
    """A gate that shuts what was open, and how many it shuts out."""

    place: str
    summary: str
    is_soft: bool
    waiting: str
    beyond: int


@dataclass(frozen=True, slots=True)
class GuidePreview:
    """All that adding a guide would do; `digest` says that this was seen."""

    title: str
    digest: str
    groups: list[tuple[str, list[ShownChange]]]
    unplaced: Sequence[Unplaced]
    consequences: Sequence[Consequence]
    closing: Sequence["ShownGate"]
    waiting: Sequence[Unplaced] = ()

    @classmethod
    def of(cls, applied: AppliedGuide, reading: Reading) -> "GuidePreview":
        keys = {one.block_key for one in applied.changes}
        keys |= {one.block_key for one in applied.closing}
        blocks = Block.objects.filter(revision_id=reading.revision_id, key__in=keys)
        places = {block.key: str(block) for block in blocks}
        names = {
            "added": _("Added"),
            "changed": _("Changed"),
            "moved": _("Moved"),
            "back": _("Brought back"),
            "removed": _("Taken off"),
        }
        shown = [_shown(one, places) for one in applied.changes]
        groups = [
            (name, [one for one in shown if one.change == key]) for key, name in names.items()
        ]
        return cls(
            title=applied.title,
            digest=applied.digest,
            groups=[(name, changes) for name, changes in groups if changes],
            unplaced=applied.unplaced,
            consequences=applied.consequences,
            closing=[_shown_gate(one, places) for one in applied.closing],
            waiting=applied.waiting,
        )


def _shown(one: ItemChange, places: dict[str, str]) -> ShownChange:
    differs = one.change in {"changed", "back"} and one.before != one.now
    return ShownChange(
        change=one.change,
        kind=str(GuideItemKind(one.kind).label),
        place=places.get(one.block_key, _("No longer in the text")),
        summary=_summary(one),
        words=word_diff(one.before, one.now) if differs else (),
    )


def _shown_gate(one: ClosingGate, places: dict[str, str]) -> ShownGate:
    waiting = ngettext(
        "%(count)d member stands before it.", "%(count)d members stand before it.", one.waiting
    )
    return ShownGate(
        place=places.get(one.block_key, _("No longer in the text")),
        summary=summary_of(GuideItemKind.CHECKPOINT, one.words),
        is_soft=one.is_soft,
        waiting=waiting % {"count": one.waiting} if one.waiting else _("It stops nobody now."),
        beyond=one.beyond,
    )


def _summary(one: ItemChange) -> str:
    return summary_of(one.kind, one.now or one.before)


def summary_of(kind: str, words: str) -> str:
    """The beginning of an item's words; of a checkpoint its title, or else its first question."""
    if kind == GuideItemKind.CHECKPOINT:
        words = _MARK.sub("", words.split("\n")[0], count=1)
    return Truncator(" ".join(words.split())).chars(SHOWN_CHARACTERS)
