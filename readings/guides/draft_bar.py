"""What stands at the top of a draft's page: what members do not see yet, and what is not ready."""

from collections.abc import Sequence
from dataclasses import dataclass

from readings.guides.draft_changes import DraftChange, changes_of
from readings.guides.draft_items import DraftItem, parse_draft
from readings.guides.earlier import guide_before
from readings.guides.unfinished_shown import ShownUnfinished, shown_unfinished
from readings.models import Block, Guide, GuideDraft, GuideDraftStep, Reading


@dataclass(frozen=True, slots=True)
class DraftBar:
    """`count` is of the items, `not_ready` what is held back from publishing.

    `has_sections` says that the text has contents.
    """

    count: int
    changes: list[DraftChange]
    not_ready: list[ShownUnfinished]
    can_undo: bool
    has_sections: bool

    @classmethod
    def of(cls, draft: GuideDraft, reading: Reading, blocks: Sequence[Block]) -> "DraftBar":
        items = parse_draft(draft)[1]
        return cls.showing(draft, items, blocks, shown_unfinished(draft, reading, items, blocks))

    @classmethod
    def showing(
        cls,
        draft: GuideDraft,
        items: Sequence[DraftItem],
        blocks: Sequence[Block],
        not_ready: list[ShownUnfinished],
    ) -> "DraftBar":
        return cls(
            count=len(items),
            changes=changes_of(Guide.objects.filter(reading=draft.reading_id).first(), items),
            not_ready=not_ready,
            can_undo=GuideDraftStep.objects.filter(draft=draft).exists()
            or guide_before(draft) is not None,
            has_sections=any(one.kind == "heading" for one in blocks),
        )
