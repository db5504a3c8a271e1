"""Passages carried from one revision to the next: pure, on the texts of the blocks.

What tells best where words went is how everything around them aligns. So a
passage is followed word by word through its block first; only where its words
are not there are they looked for in the text as a whole, and there never among
words that were other words before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from anchoring.alignment import AlignedBlock, Alignment
from anchoring.folding import fold
from anchoring.quotation import TELLING, UNANCHORED, Quotation, QuotationMatch, Search, Status
from anchoring.search import context, find_words, nearest
from anchoring.similarity import Needle, held_against, weigh, weight
from anchoring.word_alignment import BlockWordAlignment, FoldedRevision, WordAlignment

CONTEXT_CHARACTERS = 32  # as readings.models.Passage keeps
SEARCH_CHARACTERS = 48  # of the old text on either side, where words are looked for anew
RUN_WORDS = (
    8  # on either side that are looked at to see whether the alignment of words can be trusted
)
HARDLY_CHANGED = 0.9  # of a block's words: a comment on the whole stands as it was
ALMOST = 0.98  # the score of the same words with other punctuation
LEFT_OF_CHAIN = 0.5  # of a chain's words that must have been found

_WORSE: dict[Status, int] = {"exact": 0, "moved": 1, "changed": 2, "unanchored": 3}


@dataclass(frozen=True, slots=True)
class QuotedSegment:
    """Words of one block, `start` and `end` in code points of its text; both None: the block."""

    block_key: str
    start: int | None = None
    end: int | None = None
    quote: str = ""
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Reanchored:
    """What became of a passage.

    `segments` name blocks by the keys that the alignment gives them; there are
    none when the passage is unanchored, and `near` is then the block at which
    it can be kept, None where that is gone too.
    """

    placement: Status
    score: float
    segments: tuple[QuotedSegment, ...]
    near: str | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """Where one segment stands now: pieces of new blocks as (block, start, end), None the whole."""

    status: Status
    score: float
    pieces: tuple[tuple[int, int | None, int | None], ...] = ()


_LOST = _Found("unanchored", 0.0)


def reanchor(
    passages: Sequence[Sequence[QuotedSegment]],
    *,
    old: Sequence[AlignedBlock],
    new: Sequence[AlignedBlock],
    alignment: Alignment,
) -> list[Reanchored]:
    """Return what became of each passage, a chain of segments of `old` in reading order.

    A passage is as its worst segment is, and one that lost segments but kept most
    of its words is changed.
    """
    carrier = _Carrier(FoldedRevision(old), FoldedRevision(new), alignment)
    return [carrier.carry(passage) for passage in passages]


class _Carrier:
    """Two texts and how they align: what is worked out for one passage serves the next."""

    def __init__(self, old: FoldedRevision, new: FoldedRevision, alignment: Alignment) -> None:
        self.old, self.new = old, new
        self.keys = alignment.keys
        self.words = WordAlignment(old, new, alignment)

    def carry(self, passage: Sequence[QuotedSegment]) -> Reanchored:
        found = [self._segment(segment) for segment in passage]
        kept = [one for one in found if one.pieces]
        total = sum(_size(segment) for segment in passage)
        left = sum(_size(s) for s, one in zip(passage, found, strict=True) if one.pieces)
        if not kept or left < LEFT_OF_CHAIN * total:
            return Reanchored("unanchored", 0.0, (), self._near(passage))
        status = max((one.status for one in kept), key=_WORSE.__getitem__)
        if len(kept) < len(found):
            status = "changed"
        score = sum(
            one.score * _size(s) for s, one in zip(passage, found, strict=True) if one.pieces
        )
        segments = self._written(piece for one in kept for piece in one.pieces)
        return Reanchored(status, round(score / total, 3), tuple(segments))

    def _near(self, passage: Sequence[QuotedSegment]) -> str | None:
        for segment in passage:
            homes = self.words.homes.get(self.old.numbers.get(segment.block_key, -1))
            if homes:
                return self._main_home(segment.block_key, homes)
        return None

    def _main_home(self, key: str, homes: Sequence[int]) -> str:
        return key if key in {self.keys[home] for home in homes} else self.keys[homes[0]]

    def _segment(self, segment: QuotedSegment) -> _Found:
        number = self.old.numbers.get(segment.block_key)
        if number is None:
            return self._anywhere(segment)
        if segment.start is None:
            return self._whole_block(segment, number)
        place = self._old_place(segment, number)
        if place is None:
            return self._anywhere(segment)
        return self._words(number, *place)

    def _old_place(self, segment: QuotedSegment, number: int) -> tuple[int, int] | None:
        """Where the words stand in the old block; None where its text never held them."""
        text = self.old.blocks[number].text
        if segment.start is not None and segment.end is not None:
            words = text[segment.start : segment.end]
            if words == segment.quote or (words.strip() and not segment.quote):
                return segment.start, segment.start + len(words)
        return nearest(find_words(self.old.folded(number), segment.quote), segment.start or 0)

    def _anywhere(self, segment: QuotedSegment) -> _Found:
        """A segment of which the old text is not known: the words and their context alone."""
        quotation = Quotation(segment.quote, segment.prefix, segment.suffix)
        if not quotation.words:
            return _LOST
        return self._as_found(Search(self.new.whole, quotation).same_words() or UNANCHORED)

    def _whole_block(self, segment: QuotedSegment, number: int) -> _Found:
        """A whole block follows its key, or the block that took it in."""
        homes = self.words.homes.get(number)
        if not homes:
            return _LOST
        key = self._main_home(segment.block_key, homes)
        home = next(home for home in homes if self.keys[home] == key)
        before, after = self.old.folded(number), self.new.folded(home)
        piece = ((home, None, None),)
        moved: Status = "moved" if self.words.changes[number, home] == "moved" else "exact"
        if before.text.strip() == after.text.strip():
            return _Found(moved, 1.0, piece)
        matched = [before.words[word] for word in self._matched(number, home)]
        share = 2 * weigh(matched) / max(1.0, weigh(before.words) + weigh(after.words))
        return _Found(moved if share >= HARDLY_CHANGED else "changed", share, piece)

    def _matched(self, number: int, home: int) -> list[int]:
        aligned = self.words.of(number)
        return [
            word
            for word, (place, credit) in aligned.found.items()
            if credit == 1.0 and aligned.places[place][0] == home
        ]

    def _words(self, number: int, start: int, end: int) -> _Found:
        """Words of a known place: where their block went, elsewhere, or changed where they were."""
        homes = self.words.homes.get(number, [])
        if len(homes) == 1:
            home = homes[0]
            if self.old.blocks[number].text == self.new.blocks[home].text:
                moved: Status = "moved" if self.words.changes[number, home] == "moved" else "exact"
                return _Found(moved, 1.0, ((home, start, end),))
        words = self.old.words_between(number, start, end)
        quotation = self._quotation(number, start, end)
        if not quotation.words:
            return self._marks(number, start, end)
        aligned = self.words.of(number)
        if homes and (found := self._followed(aligned, number, words, quotation)):
            return found
        search = Search(
            self.new.whole,
            quotation,
            lambda low, high: self.words.is_free(
                *self.new.whole.original(low, high), (number, words)
            ),
        )
        same = search.same_words()
        if same:
            return self._as_found(same)
        if homes and (found := self._changed(aligned, number, words, quotation)):
            return found
        return self._as_found(search.changed_words() or UNANCHORED)

    def _quotation(self, number: int, start: int, end: int) -> Quotation:
        at = self.old.starts[number]
        prefix, suffix = context(self.old.joined, at + start, at + end, SEARCH_CHARACTERS)
        return Quotation(self.old.blocks[number].text[start:end], prefix, suffix, at + start)

    def _marks(self, number: int, start: int, end: int) -> _Found:
        """A passage without words, such as “…”: by what stands right beside it, or not at all."""
        text = self.old.blocks[number].text
        before, after = context(text, start, end, SEARCH_CHARACTERS)
        places = find_words(self.new.whole, before + text[start:end] + after)
        if len(places) != 1 or not (before.strip() and after.strip()):
            return _LOST
        marks = find_words(fold(self.new.joined[slice(*places[0])]), text[start:end])
        if len(marks) != 1:
            return _LOST
        at = places[0][0]
        return self._as_found(QuotationMatch("exact", at + marks[0][0], at + marks[0][1], 1.0))

    def _followed(
        self, aligned: BlockWordAlignment, number: int, words: range, quotation: Quotation
    ) -> _Found | None:
        """The same words in a row where its block leads, with neighbours that went with them."""
        places = [aligned.found.get(word, (-1, 0.0)) for word in words]
        first, last = places[0][0], places[-1][0]
        if any(credit < 1.0 for _, credit in places) or last - first != len(words) - 1:
            return None
        if quotation.is_short and not self._is_trusted(aligned, words, first):
            return None
        pieces = self._pieces(aligned, first, last, quotation)
        status = self._status(number, pieces, quotation)
        return _Found(status, 1.0 if status != "changed" else ALMOST, tuple(pieces))

    def _status(
        self, number: int, pieces: Sequence[tuple[int, int, int]], quotation: Quotation
    ) -> Status:
        """exact or moved where the pieces say what was quoted, as their block stayed or went."""
        said = " ".join(
            fold(self.new.blocks[block].text[start:end]).text.strip()
            for block, start, end in pieces
        )
        if not quotation.is_same(said):
            return "changed"
        moved = any(self.words.changes[number, block] == "moved" for block, _, _ in pieces)
        return "moved" if moved else "exact"

    def _is_trusted(self, aligned: BlockWordAlignment, words: range, first: int) -> bool:
        """Whether enough words right beside went the same way, or the block's edges are there."""
        run = 0.0
        for step, old, new in ((-1, words[0], first), (1, words[-1], first + len(words) - 1)):
            for _ in range(RUN_WORDS):
                old += step
                new += step
                if not 0 <= old < len(aligned.words):
                    run += TELLING / 2 if not 0 <= new < len(aligned.window) else 0
                    break
                if aligned.found.get(old) != (new, 1.0):
                    break
                run += weight(aligned.words[old])
        return run >= TELLING

    def _changed(
        self, aligned: BlockWordAlignment, number: int, words: range, quotation: Quotation
    ) -> _Found | None:
        """What the words became where its block leads, if their neighbours vouch for it."""
        wanted = Needle(aligned.words, words[0], words[-1] + 1)
        one = held_against(wanted, aligned.window, aligned.found)
        if one is None or not quotation.is_likely(one):
            return None
        pieces = self._pieces(aligned, one.first, one.last - 1, quotation)
        return _Found(self._status(number, pieces, quotation), one.total, tuple(pieces))

    def _pieces(
        self, aligned: BlockWordAlignment, first: int, last: int, quotation: Quotation
    ) -> list[tuple[int, int, int]]:
        """The words `first` to `last` of a block's window as stretches of the new blocks."""
        pieces: list[tuple[int, int, int]] = []
        homes = list(dict.fromkeys(home for home, _ in aligned.places[first : last + 1]))
        for home in homes:
            indexes = [index for block, index in aligned.places[first : last + 1] if block == home]
            text = self.new.folded(home)
            start, end = text.spans[indexes[0]][0], text.spans[indexes[-1]][1]
            with_marks = quotation.with_marks(text.text, start, end)
            start = with_marks[0] if home == homes[0] else start
            # Where a passage goes on in the next block, the marks at the end of this belong to it.
            end = with_marks[1] if home == homes[-1] else len(text.text.rstrip())
            pieces.append((home, *text.original(start, end)))
        return pieces

    def _as_found(self, placement: QuotationMatch) -> _Found:
        if placement.start is None or placement.end is None:
            return _LOST
        status: Status = "changed" if placement.status == "changed" else "moved"
        pieces = self.new.pieces(placement.start, placement.end)
        return _Found(status, placement.score, tuple(pieces))

    def _written(
        self, pieces: Iterable[tuple[int, int | None, int | None]]
    ) -> Iterable[QuotedSegment]:
        """The segments in reading order; those that meet in one block are one."""
        joined: list[tuple[int, int | None, int | None]] = []
        for block, start, end in sorted(pieces, key=lambda piece: (piece[0], piece[1] or 0)):
            if joined and joined[-1][0] == block:
                _, low, high = joined[-1]
                if low is None or start is None or end is None or high is None:
                    joined[-1] = (block, None, None)
                    continue
                joined[-1] = (block, min(low, start), max(high, end))
                continue
            joined.append((block, start, end))
        for block, start, end in joined:
            segment = QuotedSegment(self.keys[block])
            if start is not None and end is not None:
                text = self.new.blocks[block].text
                prefix, suffix = context(text, start, end, CONTEXT_CHARACTERS)
                segment = replace(
                    segment,
                    start=start,
                    end=end,
                    quote=text[start:end],
                    prefix=prefix,
                    suffix=suffix,
                )
            yield segment


def _size(segment: QuotedSegment) -> int:
    return len(segment.quote) or 1
