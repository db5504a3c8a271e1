"""What a reading's guide holds, counted for its page."""

from dataclasses import dataclass
from typing import Any

from readings.guides.guide_file import NOTE_KINDS, GuideRefused, parse_guide, sources_of
from readings.models import Reading


@dataclass(frozen=True, slots=True)
class GuideSummary:
    """The guide that lies on a reading; `unplaced` is a list of {"line", "heading", "reason"}."""

    title: str
    notes: int
    prompts: int
    checkpoints: int
    questions: int
    unplaced: list[dict[str, Any]]

    @classmethod
    def of(cls, reading: Reading) -> "GuideSummary | None":
        """Count what is laid of the reading's guide; None where it has none."""
        if not reading.guide_title:
            return None
        lines = {one["line"] for one in reading.guide_unplaced}
        try:
            items = [
                item for item in parse_guide(reading.guide_source).items if item.line not in lines
            ]
            questions = sum(len(sources_of(item)) for item in items)
        except GuideRefused:
            # Laid by an earlier version of Colloquy, which read the file otherwise.
            items, questions = [], 0
        kinds = [item.kind for item in items]
        return cls(
            title=reading.guide_title,
            notes=sum(kind in NOTE_KINDS for kind in kinds),
            prompts=kinds.count("prompt"),
            checkpoints=kinds.count("checkpoint"),
            questions=questions,
            unplaced=reading.guide_unplaced,
        )
