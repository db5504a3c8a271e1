"""What becomes of each passage of a reading when its text changes; nothing is written here."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from anchoring import Alignment, Reanchored, Segment, align, context, fold, reanchor
from readings.models import CONTEXT_CHARACTERS, Block, Passage, Placement
from readings.revisions.passage_rows import Row, rows_of, words_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """One passage before and after: `chain` are its rows as they are, the others columns of rows.

    `placement` and `score` are those of this one change of the text.
    """

    chain: Sequence[Passage]
    before: Sequence[Row]
    after: Sequence[Row]
    placement: str
    score: float


class TextChange:
    """What lies between two revisions, both given by their blocks in reading order.

    `alignment` is theirs, for who has it at hand: it takes long on a long text.
    """

    def __init__(
        self, old: Sequence[Block], new: Sequence[Block], alignment: Alignment | None = None
    ) -> None:
        self.old, self.new = old, new
        self._alignment = alignment
        self.old_by_key = {block.key: block for block in old}
        self.new_by_key = {block.key: block for block in new}
        self.gone = self.old_by_key.keys() - self.new_by_key.keys()

    @cached_property
    def alignment(self) -> Alignment:
        return self._alignment or align(self.old, self.new)

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

    def outcomes(self, chains: Sequence[Sequence[Passage]]) -> list[Outcome]:
        """Re-anchor each chain of rows, in the order given."""
        found = self.reanchored([self._wanted(chain) for chain in chains])
        return [self._outcome(chain, one) for chain, one in zip(chains, found, strict=True)]

    def reanchored(self, chosen: Sequence[Sequence[Segment]]) -> list[Reanchored]:
        return reanchor(chosen, old=self.old, new=self.new, alignment=self.alignment)

    def key_now(self, key: str) -> str:
        """Return the key that a block has where the alignment names it by `key`."""
        return self._written_keys.get(key, "")

    def segment(self, block: Block, start: int | None, end: int | None) -> Segment:
        """Return words of a block of the old text with what is around them."""
        row = words_row(block, start, end)
        return Segment(block.key, start, end, row["quote"], row["prefix"], row["suffix"])

    def _wanted(self, chain: Sequence[Passage]) -> list[Segment]:
        first = chain[0]
        if first.placement == Placement.UNANCHORED and first.earlier_quote:
            # Words that an earlier revision took away may have come back.
            words = first.earlier_quote
            return [Segment(first.block_key, 0, len(words), words, first.prefix, first.suffix)]
        return [
            Segment(row.block_key, row.start, row.end, row.quote, row.prefix, row.suffix)
            for row in chain
        ]

    def _outcome(self, chain: Sequence[Passage], found: Reanchored) -> Outcome:
        before = rows_of(chain)
        if found.placement == "unanchored":
            after = [self._unanchored(before, found)]
        else:
            after = self._placed(before, found)
        return Outcome(chain, before, after, found.placement, found.score)

    def _unanchored(self, before: Sequence[Row], found: Reanchored) -> Row:
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

    def _placed(self, before: Sequence[Row], found: Reanchored) -> list[Row]:
        rows = [self._row(before[0], segment) for segment in found.segments]
        earlier = self._earlier(before)
        placement: str = found.placement
        if before[0]["placement"] == Placement.CHANGED:
            # Changed by an earlier revision: what counts is what people wrote about.
            now = words_of(rows) or self.new_by_key[rows[0]["block_key"]].text
            as_written = _same(now, earlier)
            placement = "exact" if as_written else "changed"
        for row in rows:
            row["placement"] = str(Placement(placement))
        if placement == Placement.CHANGED:
            rows[0]["earlier_quote"] = earlier
        return rows

    def _row(self, first: Row, segment: Segment) -> Row:
        block = self.new_by_key[self.key_now(segment.block_key)]
        start, end = segment.start, segment.end
        # A whole block that was gone kept its words, and nothing around them.
        was_whole = first["placement"] == Placement.UNANCHORED and not (
            first["prefix"] or first["suffix"]
        )
        if was_whole and (start, end) == (0, len(block.text)):
            start = end = None
        return words_row(block, start, end)

    def _earlier(self, before: Sequence[Row]) -> str:
        """The words that people pointed at; of a whole block, its text."""
        if before[0]["earlier_quote"]:
            return str(before[0]["earlier_quote"])
        block = self.old_by_key.get(before[0]["block_key"])
        return words_of(before) or (block.text if block else "")


def words_row(block: Block, start: int | None, end: int | None) -> Row:
    """Return the columns of a row at these words of `block`, or at the whole of it."""
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


def _same(first: str, second: str) -> bool:
    return fold(first).text.strip() == fold(second).text.strip()
