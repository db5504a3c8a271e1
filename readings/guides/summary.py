"""What a reading's guide holds, counted for its page."""

from dataclasses import dataclass
from typing import Any

from readings.guides.guide_file import Anchor, GuideRefused, ParsedItem, sources_of
from readings.models import NOTE_KINDS, Guide, GuideItem, GuideItemKind, Reading


@dataclass(frozen=True, slots=True)
class GuideSummary:
    """The guide of a reading; `unplaced` is a list of {"line", "heading", "reason"}."""

    title: str
    source: str
    edit_version: int
    notes: int
    prompts: int
    checkpoints: int
    questions: int
    unplaced: list[dict[str, Any]]

    @classmethod
    def of(cls, reading: Reading) -> "GuideSummary | None":
        """Count what of the reading's guide is on the text; None where it has none."""
        guide = Guide.objects.filter(reading=reading).first()
        if guide is None:
            return None
        items = list(GuideItem.objects.of(reading))
        kinds = [item.kind for item in items]
        return cls(
            title=guide.title,
            source=guide.source,
            edit_version=guide.edit_version,
            notes=sum(kind in NOTE_KINDS for kind in kinds),
            prompts=kinds.count(GuideItemKind.PROMPT),
            checkpoints=kinds.count(GuideItemKind.CHECKPOINT),
            questions=sum(map(_questions, items)),
            unplaced=guide.unplaced,
        )


def _questions(item: GuideItem) -> int:
    try:
        sources = sources_of(ParsedItem(item.kind, Anchor(None, ""), item.body, "", line=0))
        return sum(not one.is_key for one in sources)
    except GuideRefused:
        # Added by an earlier version of Colloquy, which read the file otherwise.
        return 0
