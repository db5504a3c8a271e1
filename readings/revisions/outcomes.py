"""What becomes of each passage of a reading when its text changes; nothing is written here."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from anchoring import Alignment, QuotedSegment, Reanchored, context, fold, reanchor
from readings.models import CONTEXT_CHARACTERS, Block, Passage, Placement
from readings.revisions.passage_rows import RowValues, row_values, words_of


@dataclass(frozen=True, slots=True)
class ReanchoredRows:
    """One passage before and after: `rows` as they are, the others their values.

    `placement` and `score` are those of this one change of the text.
    """

    rows: Sequence[Passage]
    before: Sequence[RowValues]
    after: Sequence[RowValues]
    placement: str
    score: float


class TextChange:
    """What lies between two revisions, given by their blocks in reading order and their alignment.

    alignments.text_change has the one of two revisions at hand.
    """

    def __init__(self, old: Sequence[Block], new: Sequence[Block], alignment: Alignment) -> None:
        self.old, self.new, self.alignment = old, new, alignment
        self.old_by_key = {block.key: block for block in old}
        self.new_by_key = {block.key: block for block in new}
        self.gone = self.old_by_key.keys() - self.new_by_key.keys()

    @cached_property
    def _written_keys(self) -> dict[str, str]:
        """The key that the alignment gives a block → the one that its row has.

        They differ where the new text is not the next one, and a block came to it
        by another way.
        """
        keys = (block.key for block in self.new)
        return dict(zip(self.alignment.keys, keys, strict=True))

    def nearest_left(self, key: str) -> str:
        """Return the block of the old text, this one or the next above it, that is left."""
        left = ""
        for block in self.old:
            if block.key in self.new_by_key:
                left = block.key
            if block.key == key:
                return left
        return ""

    def outcomes(self, passages: Sequence[Sequence[Passage]]) -> list[ReanchoredRows]:
        """Re-anchor passages, each given by its rows, in the order given."""
        found = self.reanchored([self._quoted(rows) for rows in passages])
        return [self._outcome(rows, one) for rows, one in zip(passages, found, strict=True)]

    def reanchored(self, chosen: Sequence[Sequence[QuotedSegment]]) -> list[Reanchored]:
        return reanchor(chosen, old=self.old, new=self.new, alignment=self.alignment)

    def key_now(self, key: str) -> str:
        """Return the key that a block has where the alignment names it by `key`."""
        return self._written_keys.get(key, "")

    def quoted(self, block: Block, start: int | None, end: int | None) -> QuotedSegment:
        """Return words of a block of the old text with what is around them."""
        row = values_at(block, start, end)
        return QuotedSegment(block.key, start, end, row["quote"], row["prefix"], row["suffix"])

    def _quoted(self, rows: Sequence[Passage]) -> list[QuotedSegment]:
        first = rows[0]
        if first.placement == Placement.UNANCHORED and first.earlier_quote:
            # Words that an earlier revision took away may have come back.
            words = first.earlier_quote
            context = (first.prefix, first.suffix)
            return [QuotedSegment(first.block_key, 0, len(words), words, *context)]
        return [
            QuotedSegment(row.block_key, row.start, row.end, row.quote, row.prefix, row.suffix)
            for row in rows
        ]

    def _outcome(self, rows: Sequence[Passage], found: Reanchored) -> ReanchoredRows:
        before = row_values(rows)
        if found.placement == "unanchored":
            after = [self._unanchored(before, found)]
        else:
            after = self._placed(before, found)
        return ReanchoredRows(rows, before, after, found.placement, found.score)

    def _unanchored(self, before: Sequence[RowValues], found: Reanchored) -> RowValues:
        """A whole block without words, at what is left of its place; it keeps what it had."""
        first = before[0]
        near = self.key_now(found.near or "")
        return first | {
            "block_key": near or first["block_key"],
            "start": None,
            "end": None,
            "quote": "",
            "placement": Placement.UNANCHORED.value,
            "earlier_quote": self._earlier(before),
        }

    def _placed(self, before: Sequence[RowValues], found: Reanchored) -> list[RowValues]:
        rows = [self._values(before[0], segment) for segment in found.segments]
        earlier = self._earlier(before)
        placement: str = found.placement
        if before[0]["placement"] == Placement.CHANGED:
            # Changed by an earlier revision: what counts is what people wrote about.
            now = words_of(rows) or self.new_by_key[rows[0]["block_key"]].text
            as_written = _reads_the_same(now, earlier)
            placement = "exact" if as_written else "changed"
        for row in rows:
            row["placement"] = str(Placement(placement))
        if placement == Placement.CHANGED:
            rows[0]["earlier_quote"] = earlier
        return rows

    def _values(self, first: RowValues, segment: QuotedSegment) -> RowValues:
        block = self.new_by_key[self.key_now(segment.block_key)]
        start, end = segment.start, segment.end
        # A whole block that was gone kept its words, and nothing around them.
        was_whole = first["placement"] == Placement.UNANCHORED and not (
            first["prefix"] or first["suffix"]
        )
        if was_whole and (start, end) == (0, len(block.text)):
            start = end = None
        return values_at(block, start, end)

    def _earlier(self, before: Sequence[RowValues]) -> str:
        """The words that people pointed at; of a whole block, its text."""
        if before[0]["earlier_quote"]:
            return str(before[0]["earlier_quote"])
        block = self.old_by_key.get(before[0]["block_key"])
        return words_of(before) or (block.text if block else "")


def values_at(block: Block, start: int | None, end: int | None) -> RowValues:
    """Return the values of a row at these words of `block`, or at the whole of it."""
    quote = prefix = suffix = ""
    if start is not None and end is not None:
        quote = block.text[start:end]
        prefix, suffix = context(block.text, start, end, CONTEXT_CHARACTERS)
    return {
        "block_key": block.key,
        "start": start,
        "end": end,
        "quote": quote,
        "prefix": prefix,
        "suffix": suffix,
        "placement": Placement.EXACT.value,
        "earlier_quote": "",
    }


def _reads_the_same(first: str, second: str) -> bool:
    return fold(first).text.strip() == fold(second).text.strip()
