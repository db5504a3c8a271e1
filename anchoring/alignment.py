"""Which block of an old text became which block of a new one: pure, on keys, kinds and texts.

Equal blocks are matched first, in order and then out of it. What is left is
matched by the runs of words that blocks share, which finds the few candidates of
each without comparing every block with every other.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import pairwise
from typing import Any, Literal, Protocol, Self

from rapidfuzz.distance import LCSseq

from anchoring.folding import Folded, fold
from anchoring.similarity import weigh

KEY_CHARACTERS = 24  # as readings.models.Block.key holds
SHINGLE = 3  # words that stand together: common in kin, rare in strangers
COMMON_SHINGLE = 20  # a run of words in more blocks than this tells none of them apart
CANDIDATES = 6  # blocks that one is compared with: its twin shares far more than the next
SAME_BLOCK = 0.5  # of the words of both, by weight: less is another block on the same subject
SAME_PLACE = 0.35  # the same for two blocks that stand between the same neighbours
PART = 0.6  # of a block's runs that must stand in the block it was cut from or put into
# Neighbours of a block are looked at too where a run is in too many blocks to be looked up.
NEIGHBOURS = 2

BlockChange = Literal["same", "changed", "moved", "added", "removed", "split", "merged"]
Shingle = tuple[str, ...]


class AlignedBlock(Protocol):
    """What alignment needs of a block; rows and plain dataclasses both have it."""

    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Pair:
    """A place in both texts, by index; None on the side where there is none.

    A block that was split comes once with each of its parts, and each block that
    was merged comes once with the whole. A block that was moved may be changed too.
    """

    old: int | None
    new: int | None
    change: BlockChange


# What is kept of an alignment is worked out anew where this is another: change it with the rules.
ALIGNMENT_VERSION = 1


@dataclass(frozen=True, slots=True)
class Alignment:
    """`pairs` in reading order of the new text, what was removed after what it followed.

    `keys` are those that the new blocks take: the old one where they are aligned.
    """

    pairs: tuple[Pair, ...]
    keys: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return plain lists, pairs as [old, new, change]; `from_json` reads them."""
        pairs = [[pair.old, pair.new, pair.change] for pair in self.pairs]
        return {"pairs": pairs, "keys": list(self.keys)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(tuple(Pair(*pair) for pair in data["pairs"]), tuple(data["keys"]))

    def new_of(self) -> dict[int, list[int]]:
        """Old index → the new blocks that hold its text now, in reading order."""
        found: dict[int, list[int]] = {}
        for pair in self.pairs:
            if pair.old is not None and pair.new is not None:
                found.setdefault(pair.old, []).append(pair.new)
        return found


def align(old: Sequence[AlignedBlock], new: Sequence[AlignedBlock]) -> Alignment:
    """Align two revisions: equal blocks first, in order and then out of it, then alike ones."""
    matcher = _Matcher(old, new)
    matcher.match_equal()
    matcher.match_parts()
    matcher.match_alike()
    matcher.match_in_place()
    return Alignment(tuple(_in_reading_order(matcher)), tuple(_keys(matcher)))


class _Side:
    """The blocks of one revision, each folded and cut into runs of words once, when needed."""

    def __init__(self, blocks: Sequence[AlignedBlock]) -> None:
        self.blocks = blocks
        self.texts = [fold(block.text) for block in blocks]
        self.free = set(range(len(blocks)))
        self._shingles: dict[int, set[Shingle]] = {}

    def names(self, known: dict[tuple[str, str], int]) -> list[int]:
        """A number for each block, the same for the same kind and folded text."""
        return [
            known.setdefault((block.kind, text.text.strip()), len(known))
            for block, text in zip(self.blocks, self.texts, strict=True)
        ]

    def shingles(self, index: int) -> set[Shingle]:
        if index not in self._shingles:
            self._shingles[index] = _shingles(self.texts[index])
        return self._shingles[index]


class _Matcher:
    """The state of one alignment: what is matched, and what of either text is still free."""

    def __init__(self, old: Sequence[AlignedBlock], new: Sequence[AlignedBlock]) -> None:
        self.old, self.new = _Side(old), _Side(new)
        self.links: dict[tuple[int, int], BlockChange] = {}
        # Of each link the share of the smaller text in the larger one, for who takes the key.
        self.shares: dict[tuple[int, int], float] = {}

    def link(self, old: int, new: int, change: BlockChange, share: float = 1.0) -> None:
        self.links[old, new] = change
        self.shares[old, new] = share
        self.old.free.discard(old)
        self.new.free.discard(new)

    def match_equal(self) -> None:
        """Blocks of the same text: those in the same order, then those that were moved."""
        known: dict[tuple[str, str], int] = {}
        first, second = self.old.names(known), self.new.names(known)
        for step in LCSseq.opcodes(first, second):
            if step.tag == "equal":
                for offset in range(step.src_end - step.src_start):
                    self.link(step.src_start + offset, step.dest_start + offset, "same")
        waiting: dict[int, list[int]] = defaultdict(list)
        for index in sorted(self.old.free, reverse=True):
            waiting[first[index]].append(index)
        for index in sorted(self.new.free):
            # A rule or an empty block has no words to be known by: it does not move.
            if waiting[second[index]] and self.new.texts[index].words:
                self.link(waiting[second[index]].pop(), index, "moved")

    def match_parts(self) -> None:
        """One block that became several neighbours, and neighbours that became one."""
        into: dict[int, list[tuple[int, float]]] = defaultdict(list)
        out_of: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for (old, new), count in self._common().items():
            size_old, size_new = len(self.old.shingles(old)), len(self.new.shingles(new))
            if count / size_new >= PART:
                into[old].append((new, count / size_old))
            if count / size_old >= PART:
                out_of[new].append((old, count / size_new))
        for old, parts in sorted(into.items()):
            for run in _runs(parts):
                self._link_all([(old, new, share) for new, share in run], "split")
        for new, parts in sorted(out_of.items()):
            for run in _runs(parts):
                self._link_all([(old, new, share) for old, share in run], "merged")

    def _link_all(self, found: list[tuple[int, int, float]], change: BlockChange) -> None:
        """Link what belongs together, if all of it is still free."""
        olds, news = {old for old, _, _ in found}, {new for _, new, _ in found}
        if self.old.free >= olds and self.new.free >= news:
            for old, new, share in found:
                self.link(old, new, change, share)

    def match_alike(self) -> None:
        """Blocks whose words are mostly the same, the most alike first; order breaks ties."""
        in_order = _Order(link for link, change in self.links.items() if change != "moved")
        candidates = []
        for old, new in self._candidates():
            ratio = self._ratio(old, new)
            if ratio >= SAME_BLOCK:
                candidates.append((-ratio, not in_order(old, new), abs(old - new), old, new))
        chosen = []
        for _, _, _, old, new in sorted(candidates):
            if old in self.old.free and new in self.new.free:
                self.link(old, new, "changed")
                chosen.append((old, new))
        for old, new in set(chosen) - _longest_in_order(chosen, in_order):
            self.links[old, new] = "moved"

    def match_in_place(self) -> None:
        """A block alone between two matched neighbours, in both texts, and of the same kind."""
        after = {new: old for old, new in self.links}
        for new in sorted(self.new.free):
            before = after.get(new - 1, -1 if new == 0 else None)
            behind = after.get(
                new + 1, len(self.old.blocks) if new == len(self.new.blocks) - 1 else None
            )
            if before is None or behind != before + 2 or before + 1 not in self.old.free:
                continue
            old = before + 1
            same_kind = self.old.blocks[old].kind == self.new.blocks[new].kind
            if same_kind and self._ratio(old, new) >= SAME_PLACE:
                self.link(old, new, "changed")

    def _common(self) -> Counter[tuple[int, int]]:
        """(old, new) → how many runs of words they share, of the blocks that are still free."""
        where: dict[Shingle, list[int]] = defaultdict(list)
        for index in sorted(self.new.free):
            for shingle in self.new.shingles(index):
                where[shingle].append(index)
        common: Counter[tuple[int, int]] = Counter()
        for index in sorted(self.old.free):
            for shingle in self.old.shingles(index):
                places = where.get(shingle, ())
                if len(places) <= COMMON_SHINGLE:
                    common.update((index, place) for place in places)
        return common

    def _candidates(self) -> Iterator[tuple[int, int]]:
        """The pairs of free blocks worth comparing: a few for each."""
        by_old: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for (old, new), count in self._common().items():
            by_old[old].append((count, new))
        place_of = _Order(self.links)
        for old in sorted(self.old.free):
            found = {new for _, new in nlargest(CANDIDATES, by_old[old])}
            expected = place_of.expected(old)
            around = range(expected - NEIGHBOURS, expected + NEIGHBOURS + 1)
            yield from ((old, new) for new in sorted(found | self.new.free.intersection(around)))

    def _ratio(self, old: int, new: int) -> float:
        """The share of both blocks' words, by weight, that they have in common in one order."""
        first, second = self.old.texts[old].words, self.new.texts[new].words
        if not first or not second:
            return 0.0
        matched = 0.0
        for step in LCSseq.opcodes(first, second):
            if step.tag == "equal":
                matched += weigh(first[step.src_start : step.src_end])
        return 2 * matched / (weigh(first) + weigh(second))


class _Order:
    """Where a block is to be expected, by those around it that are matched already."""

    def __init__(self, links: Iterable[tuple[int, int]]) -> None:
        self.links = sorted(links)
        self.olds = [old for old, _ in self.links]

    def __call__(self, old: int, new: int) -> bool:
        """Whether a pair keeps the order of its neighbours."""
        at = bisect_left(self.olds, old)
        before = self.links[at - 1][1] if at else -1
        behind = self.links[at][1] if at < len(self.links) else new + 1
        return before <= new <= behind

    def expected(self, old: int) -> int:
        at = bisect_left(self.olds, old)
        if not at:
            return old
        return self.links[at - 1][1] + old - self.links[at - 1][0]


def _longest_in_order(pairs: list[tuple[int, int]], in_order: _Order) -> set[tuple[int, int]]:
    """The most pairs that are in order, with those matched before and with each other."""
    kept = sorted(pair for pair in pairs if in_order(*pair))
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for index, (_, new) in enumerate(kept):
        at = bisect_left(tails, new)
        previous.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [new]
        ends[at : at + 1] = [index]
    found: set[tuple[int, int]] = set()
    index = ends[-1] if ends else -1
    while index != -1:
        found.add(kept[index])
        index = previous[index]
    return found


def _shingles(text: Folded) -> set[Shingle]:
    words = text.words
    if len(words) < SHINGLE:
        return {tuple(words)} if words else set()
    return set(zip(*(words[offset:] for offset in range(SHINGLE)), strict=False))


def _runs(parts: list[tuple[int, float]]) -> Iterator[list[tuple[int, float]]]:
    """Neighbours among `parts` (index, share) that together are most of the whole."""
    parts = sorted(parts)
    run = parts[:1]
    for before, part in pairwise([*parts, (-2, 0.0)]):
        if part[0] == before[0] + 1:
            run.append(part)
            continue
        if len(run) > 1 and sum(share for _, share in run) >= PART:
            yield run
        run = [part]


def _in_reading_order(matcher: _Matcher) -> Iterator[Pair]:
    olds: dict[int, list[int]] = defaultdict(list)
    moved: set[int] = set()
    for (old, new), change in sorted(matcher.links.items()):
        olds[new].append(old)
        if change == "moved":
            moved.add(old)
    # What was removed is shown after the block before it that kept its place.
    removed: dict[int, list[int]] = defaultdict(list)
    last = -1
    for old in range(len(matcher.old.blocks)):
        if old in matcher.old.free:
            removed[last].append(old)
        elif old not in moved:
            last = old
    last_part = dict(sorted(matcher.links))
    yield from (Pair(gone, None, "removed") for gone in removed[-1])
    for new in range(len(matcher.new.blocks)):
        if not olds[new]:
            yield Pair(None, new, "added")
        for old in olds[new]:
            yield Pair(old, new, _change(matcher, old, new))
            if last_part[old] == new:
                yield from (Pair(gone, None, "removed") for gone in removed[old])


def _change(matcher: _Matcher, old: int, new: int) -> BlockChange:
    change = matcher.links[old, new]
    if change == "same" and matcher.old.blocks[old].text != matcher.new.blocks[new].text:
        return "changed"  # in its typography alone, which the page can show
    return change


def _keys(matcher: _Matcher) -> list[str]:
    """Old keys where blocks are aligned (the largest part has it), else their own, made unique."""
    kept: dict[int, str] = {}
    used: set[str] = set()
    for (old, new), _ in sorted(matcher.shares.items(), key=lambda item: (-item[1], item[0])):
        key = matcher.old.blocks[old].key
        if new not in kept and key not in used:
            kept[new] = key
            used.add(key)
    keys: list[str] = []
    for index, block in enumerate(matcher.new.blocks):
        key = kept.get(index) or _unique(block.key, used)
        used.add(key)
        keys.append(key)
    return keys


def _unique(key: str, used: set[str]) -> str:
    number, tried = 1, key[:KEY_CHARACTERS]
    while tried in used:
        number += 1
        tried = f"{key[: KEY_CHARACTERS - 1 - len(str(number))]}-{number}"
    return tried
