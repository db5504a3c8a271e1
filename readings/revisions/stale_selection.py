"""Words chosen on a page that still shows the text before it changed."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from anchoring import QuotedSegment
from readings.models import Passage, Placement, Reading, Revision
from readings.passages import PassageNotFound, Segment, create_passage, locate
from readings.revisions.alignments import prepare_alignment, text_change
from readings.revisions.apply import lock_reading
from readings.revisions.outcomes import TextChange
from seminars.models import Membership


class TextRevised(PassageNotFound):
    """The text was revised under the page, and the words are not in it as they were chosen."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The text was revised while you were reading, and these words have changed. "
                "What you wrote is kept: load the page again and choose the words anew."
            )
        )


def prepare_selection(*, reading: Reading, seen: int | None) -> None:
    """Work out what create_passage_as_seen will ask for, before its caller's transaction."""
    if seen and seen != reading.revision_id and _is_of_essay(reading, seen):
        prepare_alignment(seen, reading.revision_id)


@transaction.atomic
def create_passage_as_seen(
    *, reading: Reading, segments: Sequence[Segment], seen: int | None, by: Membership
) -> Passage:
    """Create the passage that `by` chose on a page with the revision `seen` (its pk).

    Where the reading has moved since, their words are found in the text as it is
    now. Raises PassageNotFound, and TextRevised where that cannot be done for certain.
    """
    locked = lock_reading(reading)
    if not seen or seen == locked.revision_id:
        return create_passage(reading=locked, segments=segments, by=by)
    try:
        found = _in_the_new_text(locked, segments, seen)
        return create_passage(reading=locked, segments=found, by=by)
    except PassageNotFound:
        # Why not would tell which words stood where, and so what stands behind a gate now.
        if by.gate_in(locked.pk) is None:
            raise
        raise TextRevised from None


def _in_the_new_text(reading: Reading, segments: Sequence[Segment], seen: int) -> list[Segment]:
    if not _is_of_essay(reading, seen):
        return list(segments)  # no revision of this essay: the page is not one of ours
    change = text_change(seen, reading.revision_id)
    chosen = [_as_chosen(segment, change) for segment in segments]
    (found,) = change.reanchored([chosen])
    if found.placement not in {Placement.EXACT, Placement.MOVED}:
        raise TextRevised
    return [
        Segment(change.key_now(one.block_key), one.start, one.end, one.quote)
        for one in found.segments
    ]


def _is_of_essay(reading: Reading, revision_id: int) -> bool:
    return Revision.objects.filter(pk=revision_id, essay=reading.essay_id).exists()


def _as_chosen(segment: Segment, change: TextChange) -> QuotedSegment:
    """The words as they stood in the text that was seen, with what was around them."""
    block = change.old_by_key.get(segment.block_key)
    if block is None:
        raise TextRevised
    placed = locate(segment, block)
    return change.quoted(block, placed.start, placed.end)
