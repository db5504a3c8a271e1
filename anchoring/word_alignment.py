"""Where each word of an old text went in the new one, block by block, worked out when asked."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from anchoring.alignment import AlignedBlock, Alignment
from anchoring.folding import Folded, fold
from anchoring.similarity import matches, weigh

# Indexes of a block and of a word in it.
Word = tuple[int, int]


class BlockWordAlignment:
    """One old block's words among those of the blocks that hold its text now, laid end to end."""

    def __init__(self, old: Folded, homes: Sequence[int], texts: Sequence[Folded]) -> None:
        self.words = old.words
        self.window: list[str] = []
        self.places: list[Word] = []
        for home, text in zip(homes, texts, strict=True):
            self.window.extend(text.words)
            self.places.extend((home, index) for index in range(len(text.words)))
        self.found = matches(self.words, self.window)


class FoldedRevision:
    """The blocks of one revision, folded one by one and as a whole, each once and when asked."""

    def __init__(self, blocks: Sequence[AlignedBlock]) -> None:
        self.blocks = blocks
        self.numbers = {block.key: number for number, block in enumerate(blocks)}
        self._folded: dict[int, Folded] = {}

    def folded(self, number: int) -> Folded:
        if number not in self._folded:
            self._folded[number] = fold(self.blocks[number].text)
        return self._folded[number]

    @cached_property
    def joined(self) -> str:
        return "\n".join(block.text for block in self.blocks)

    @cached_property
    def whole(self) -> Folded:
        return fold(self.joined)

    @cached_property
    def starts(self) -> list[int]:
        """Where each block begins in the whole, in code points."""
        starts, at = [], 0
        for block in self.blocks:
            starts.append(at)
            at += len(block.text) + 1
        return starts

    def pieces(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """A stretch of the whole as (block, start, end) in each block, without empty ones."""
        found = []
        number = bisect_right(self.starts, start) - 1
        while number < len(self.blocks) and self.starts[number] < end:
            at, text = self.starts[number], self.blocks[number].text
            low, high = max(0, start - at), min(len(text), end - at)
            if text[low:high].strip():
                found.append((number, low, high))
            number += 1
        return found

    def words_between(self, number: int, start: int, end: int) -> range:
        """The indexes of the words of a block that stand, in part at least, in `start` to `end`."""
        folded = self.folded(number)
        first = bisect_right(folded.spans, start, key=lambda span: folded.ends[span[1] - 1])
        last = first
        while last < len(folded.spans) and folded.starts[folded.spans[last][0]] < end:
            last += 1
        return range(first, last)


class WordAlignment:
    """The words of all old blocks, and of each new word the old one that it is."""

    def __init__(self, old: FoldedRevision, new: FoldedRevision, alignment: Alignment) -> None:
        self.old, self.new = old, new
        self.homes = alignment.new_of()
        self.origins: dict[int, list[int]] = {}
        self.changes: dict[tuple[int, int], str] = {}
        for pair in alignment.pairs:
            if pair.old is not None and pair.new is not None:
                self.origins.setdefault(pair.new, []).append(pair.old)
                self.changes[pair.old, pair.new] = pair.change
        self._aligned: dict[int, BlockWordAlignment] = {}
        self._claims: dict[int, dict[int, Word]] = {}

    def of(self, old: int) -> BlockWordAlignment:
        if old not in self._aligned:
            homes = self.homes.get(old, [])
            texts = [self.new.folded(home) for home in homes]
            self._aligned[old] = BlockWordAlignment(self.old.folded(old), homes, texts)
        return self._aligned[old]

    def _claimed(self, new: int) -> dict[int, Word]:
        """Word of a new block → the old word that it is."""
        if new not in self._claims:
            claims: dict[int, Word] = {}
            for old in self.origins.get(new, []):
                aligned = self.of(old)
                for word, (place, credit) in aligned.found.items():
                    home, index = aligned.places[place]
                    if home == new and credit == 1.0:
                        claims[index] = (old, word)
            self._claims[new] = claims
        return self._claims[new]

    def is_free(self, start: int, end: int, own: tuple[int, range]) -> bool:
        """Whether a stretch of the new whole is not, for the most part, other old words.

        `own` are the words of the passage itself, as the old block and its words.
        """
        claimed: list[str] = []
        every: list[str] = []
        block, words = own
        for number, low, high in self.new.pieces(start, end):
            claims = self._claimed(number)
            for index in self.new.words_between(number, low, high):
                word = self.new.folded(number).words[index]
                every.append(word)
                origin = claims.get(index)
                if origin and not (origin[0] == block and origin[1] in words):
                    claimed.append(word)
        return 2 * weigh(claimed) < weigh(every)
