"""Which item of a guide is which, when the guide is applied again: pure, on words and places.

The rule, in this order; each item is taken once, and the kinds of notes are one kind:

1. the same words at the same place are the same item;
2. the same words at another place are that item, moved;
3. the words that an item had before are that item, as it was;
4. of what is left, the most alike are the same first: at the same place from a third of
   the words in the same order on, elsewhere from half of them on.

What has parts, as a checkpoint has questions, may also be as alike as the parts of the shorter
one are to those of the longer, so that it stays what it is when most of them are taken off,
and when they come back.

So an order of its own, a corrected or rewritten text and another place keep an item what
it is, and so does taking it off and adding it again; another text in its place is another
item. The two limits are measured on the guides of demo/: two different items have at most
29 % of their words in common, in order, and 25 % of those of their parts, while an item has
40 % left where 60 % of it was written anew, and 45 % where two thirds were cut
(tests/readings/test_guide_identity.py).
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from rapidfuzz.distance import Indel

from anchoring import fold
from readings.models import NOTE_KINDS

SAME_PLACE = 1 / 3
ELSEWHERE = 1 / 2
COMMON = 60  # a word that more items have than this tells none of them
MOST_CANDIDATES = 6  # by words, and by place, that are held against one item

Words = tuple[str, ...]
Place = tuple[str, int | None, int | None]  # block key, start, end


@dataclass(frozen=True, slots=True)
class ItemState:
    """An item as it was, or as the guide has it now; `wordings` name what it said before that."""

    kind: str
    place: Place
    body: str
    parts: tuple[str, ...] = ()
    wordings: frozenset[str] = frozenset()
    words: Words = field(init=False)
    words_of_parts: tuple[Words, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", _words(self.body))
        object.__setattr__(self, "words_of_parts", tuple(map(_words, self.parts)))

    @property
    def wording(self) -> str:
        """Names its words."""
        return sha256(" ".join(self.words).encode()).hexdigest()[:16]

    @property
    def family(self) -> str:
        return "note" if self.kind in NOTE_KINDS else self.kind


def _words(text: str) -> Words:
    return tuple(word.lower() for word in fold(text).words)


def likeness(one: ItemState, other: ItemState) -> float:
    """How much of two items is the same words in the same order, from 0 to 1."""
    whole = Indel.normalized_similarity(one.words, other.words)
    fewer, more = sorted(
        (one.words_of_parts, other.words_of_parts), key=lambda parts: sum(map(len, parts))
    )
    size = sum(map(len, fewer))
    if not size:
        return whole
    found = (
        len(part) * max(Indel.normalized_similarity(part, each) for each in more) for part in fewer
    )
    return max(whole, sum(found) / size)


def match_items(earlier: Sequence[ItemState], later: Sequence[ItemState]) -> dict[int, int]:
    """Return index in `later` → index in `earlier` of what is the same item.

    Where two earlier ones would do, the first is taken.
    """
    matching = Matching(earlier, later)
    matching.match_exactly(with_place=True)
    matching.match_exactly(with_place=False)
    matching.match_wordings()
    matching.match_alike()
    return matching.found


class Matching:
    """Earlier items that are left to be matched, and what was found so far."""

    def __init__(self, earlier: Sequence[ItemState], later: Sequence[ItemState]) -> None:
        self.earlier, self.later = earlier, later
        self.found: dict[int, int] = {}
        self.left = dict.fromkeys(range(len(earlier)))  # in order

    def _take(self, i: int, j: int) -> None:
        self.found[i] = j
        del self.left[j]

    def _open(self) -> list[int]:
        return [i for i in range(len(self.later)) if i not in self.found]

    def match_exactly(self, *, with_place: bool) -> None:
        def key(one: ItemState) -> tuple[object, ...]:
            return (one.family, one.words, one.place if with_place else None)

        waiting: defaultdict[tuple[object, ...], deque[int]] = defaultdict(deque)
        for j in self.left:
            waiting[key(self.earlier[j])].append(j)
        for i in self._open():
            if queue := waiting[key(self.later[i])]:
                self._take(i, queue.popleft())

    def match_wordings(self) -> None:
        having: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for j in self.left:
            for wording in self.earlier[j].wordings:
                having[self.earlier[j].family, wording].append(j)
        for i in self._open() if having else ():
            one = self.later[i]
            found = [j for j in having[one.family, one.wording] if j in self.left]
            if found:
                self._take(i, min(found, key=lambda j: self.earlier[j].place != one.place))

    def match_alike(self) -> None:
        scored = []
        for i, j in self.candidates():
            one, other = self.later[i], self.earlier[j]
            is_here = one.place == other.place
            score = likeness(one, other)
            if score >= (SAME_PLACE if is_here else ELSEWHERE):
                scored.append((-score, not is_here, abs(i - j), i, j))
        for *_, i, j in sorted(scored):
            if i not in self.found and j in self.left:
                self._take(i, j)

    def candidates(self) -> Iterator[tuple[int, int]]:
        """Pairs worth holding against each other: of a thousand items, a few for each."""
        having: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        standing: defaultdict[tuple[str, Place], list[int]] = defaultdict(list)
        for j in self.left:
            one = self.earlier[j]
            standing[one.family, one.place].append(j)
            for word in set(one.words):
                having[one.family, word].append(j)
        for i in self._open():
            one = self.later[i]
            votes: Counter[int] = Counter()
            for word in set(one.words):
                if len(having[one.family, word]) <= COMMON:
                    votes.update(having[one.family, word])
            near = sorted(standing[one.family, one.place], key=lambda j: (abs(i - j), j))
            likely = [j for j, _ in votes.most_common(MOST_CANDIDATES)]
            for j in dict.fromkeys([*likely, *near[:MOST_CANDIDATES]]):
                yield i, j
