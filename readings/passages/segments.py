"""Making passages: from what a browser selected, or from quoted words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from anchoring import Searchable, context, find_typed, joined_quotes, nearest
from readings.models import CONTEXT_CHARACTERS, Block, Passage, Placement, Reading
from seminars.models import Membership

MAX_SEGMENTS = 50  # blocks in one selection: more is not a passage but the essay


class PassageNotFound(ValueError):
    """The words are not in the text; the message says what to do, for the person who chose them."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of one block as a client names them; both offsets None for the whole block.

    Offsets are Unicode code points of the block's text.
    """

    block_key: str
    start: int | None = None
    end: int | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class PassageChange:
    """What a change of the text did to a passage, for those who read what hangs on it."""

    is_gone: bool
    earlier: str  # the words as they were when people pointed at them
    now: str

    @classmethod
    def of(cls, rows: Sequence[Passage]) -> "PassageChange | None":
        """Return what became of the passage with these rows; None where nothing did."""
        if not rows or not rows[0].is_altered:
            return None
        now = joined_quotes(row.quote for row in rows)
        is_gone = rows[0].placement == Placement.UNANCHORED
        return cls(is_gone=is_gone, earlier=rows[0].earlier_quote, now=now)


def locate(segment: Segment, block: Block) -> Segment:
    """Return the segment with offsets that hold exactly its words; raise PassageNotFound.

    The offsets are trusted only where the quoted words stand there. Otherwise the
    nearest place of the same words in the same block is taken, as people type them.
    """
    if segment.start is None and not segment.quote:
        return Segment(block.key)
    if segment.start is not None and segment.end is not None:
        words = block.text[segment.start : segment.end]
        if words.strip() and (not segment.quote or words == segment.quote):
            return Segment(block.key, segment.start, segment.start + len(words), words)
    place = nearest(find_typed(Searchable(block.text), segment.quote), segment.start or 0)
    if place is None:
        raise PassageNotFound(_("These words are not in this paragraph. Select them again."))
    start, end = place
    return Segment(block.key, start, end, block.text[start:end])


@transaction.atomic
def create_passage(
    *, reading: Reading, segments: Sequence[Segment], by: Membership | None = None
) -> Passage:
    """Create the passage that `segments` name, in reading order; raise PassageNotFound.

    With `by`, in as much of the text as they are served.

    Who takes them from a page uses revisions.create_passage_as_seen: the
    text may have changed under that page.
    """
    first: Passage | None = None
    for block, segment in place_segments(reading=reading, segments=segments, by=by):
        passage = _row(reading, block, segment, continues=first)
        first = first or passage
    assert first is not None  # noqa: S101 - there is at least one segment
    return first


def place_segments(
    *, reading: Reading, segments: Sequence[Segment], by: Membership | None = None
) -> list[tuple[Block, Segment]]:
    """Return the segments in reading order with their blocks; raise PassageNotFound."""
    if not segments:
        raise PassageNotFound(_("Choose the words, or the paragraph, that this is about."))
    if len(segments) > MAX_SEGMENTS:
        raise PassageNotFound(_("Choose words in at most %d paragraphs.") % MAX_SEGMENTS)
    keys = [segment.block_key for segment in segments]
    served = Block.objects.filter(revision=reading.revision)
    if by is not None:
        served = Block.objects.served(reading, by)
    blocks = {block.key: block for block in served.filter(key__in=keys)}
    if len(blocks) != len(keys):
        raise PassageNotFound(_("That paragraph is no longer in the text. Load the page again."))
    return sorted(
        (
            (blocks[segment.block_key], locate(segment, blocks[segment.block_key]))
            for segment in segments
        ),
        key=lambda pair: pair[0].position,
    )


def _row(reading: Reading, block: Block, segment: Segment, continues: Passage | None) -> Passage:
    prefix = suffix = ""
    if segment.start is not None and segment.end is not None:
        prefix, suffix = context(block.text, segment.start, segment.end, CONTEXT_CHARACTERS)
    return Passage.objects.create(
        seminar_id=reading.seminar_id,
        reading=reading,
        continues=continues,
        block_key=block.key,
        start=segment.start,
        end=segment.end,
        quote=segment.quote,
        prefix=prefix,
        suffix=suffix,
    )


def segments_of(passages: Iterable[Passage]) -> dict[int, list[Passage]]:
    """Group a reading's passage rows: first row's pk → its rows in order."""
    chains: dict[int, list[Passage]] = {}
    for passage in sorted(passages, key=lambda row: row.pk):
        chains.setdefault(passage.continues_id or passage.pk, []).append(passage)
    return chains
