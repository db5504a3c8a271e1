"""How alike a quotation and a stretch of text are, by their words: pure, on folded texts.

A quotation is looked for with what stood around it. Words vote for the places
where the text runs along it; at each such place the two are aligned word by word,
and what the words before and after the quotation became tells where it begins and
ends now, even where its own first or last word was replaced.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq, Levenshtein

from anchoring.folding import WORD, Folded, fold, is_unspaced

COMMON = 60  # a word that stands in more places than this votes for none of them
MOST_PLACES = 6  # that are aligned: the right one is among the first two or not at all
MARGIN = 6  # words beyond the place on either side that are aligned with it
BESIDE = 10  # words on either side that tell where a quotation is
FADING = 0.85  # what the next word further away says, of what the nearer one does
FADING_CHARACTER = 0.94  # the same where each character counts as a word
INSERTED = 8  # words that may have come between a quotation and what stood beside it
NEAR_WORD = 75.0  # ratio of two spellings or forms of one word; “Linus” and “hines” have 60
STRAY_GAP = 3  # words between a stray match and the rest of the quotation
STRAY_SHARE = 0.25  # of the quotation's weight that a stray match has at most


@lru_cache(maxsize=50_000)
def weight(word: str) -> float:
    """What a word tells of its place: a name or a number more than “the”."""
    if is_unspaced(word):
        return 2.0
    if any(character.isdigit() for character in word):
        return len(word) + 3.0
    if len(word) <= 3:
        return 1.0
    return min(len(word), 9) + (2.0 if word[0].isupper() else 0.0)


def weigh(words: Sequence[str]) -> float:
    return sum(map(weight, words))


@dataclass(frozen=True, slots=True)
class Needle:
    """The words of a quotation (`first` to `last`, the end excluded) among those around it."""

    words: list[str]
    first: int
    last: int

    @property
    def quoted(self) -> list[str]:
        return self.words[self.first : self.last]


def needle(exact: str, prefix: str, suffix: str) -> Needle:
    before, quoted, after = (WORD.findall(fold(text).text) for text in (prefix, exact, suffix))
    before, after = whole_words(before, after)
    return Needle([*before, *quoted, *after], len(before), len(before) + len(quoted))


def whole_words(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    """Without the outermost words, which a context of so many characters may have cut."""
    return before[1:] if len(before) > 2 else before, after[:-1] if len(after) > 2 else after


def agreement(expected: Sequence[str], found: Sequence[str]) -> float:
    """The share of `expected`, by weight, that stands in `found` in the same order.

    Both begin with the word nearest to the quotation: the nearer a word, the more
    it says.
    """
    weights = [weight(word) * _nearness(word, at) for at, word in enumerate(expected)]
    matched = 0.0
    for step in LCSseq.opcodes(expected, found):
        if step.tag == "equal":
            matched += sum(weights[step.src_start : step.src_end])
    return matched / sum(weights) if weights else 0.0


def _nearness(word: str, distance: int) -> float:
    return float((FADING_CHARACTER if is_unspaced(word) else FADING) ** distance)


@dataclass(frozen=True, slots=True)
class Similarity:
    """One place of a text held against a quotation.

    `first` and `last` are indexes of words in the text, equal where nothing of the
    quotation is left between its neighbours. `similarity`, `before` and `after` are
    shares of words by weight, 0 to 1: of the quotation and of what stood around it.
    """

    first: int
    last: int
    similarity: float
    before: float
    after: float

    @property
    def total(self) -> float:
        return 0.5 * self.similarity + 0.25 * (self.before + self.after)


def most_similar_places(text: Folded, wanted: Needle) -> list[Similarity]:
    """The places of `text` most like `wanted`, best first."""
    places: dict[tuple[int, int], Similarity] = {}
    for low, high in _windows(text, wanted):
        one = _held_against(text, wanted, low, high)
        if one is not None:
            place = (one.first, one.last)
            # Two windows may hold the same place, one of them cut off near it.
            places[place] = max(one, places.get(place, one), key=lambda found: found.total)
    return sorted(places.values(), key=lambda one: (-one.total, one.first))


def _windows(text: Folded, wanted: Needle) -> Iterator[tuple[int, int]]:
    """Stretches of the text's words along which the words of `wanted` run, best first."""
    votes: dict[int, float] = defaultdict(float)
    for index, word in enumerate(wanted.words):
        places = text.places.get(word, ())
        if len(places) <= COMMON:
            for place in places:
                votes[place - index] += weight(word) / (1 + len(places) / 8)
    width = max(MARGIN, len(wanted.words) // 3)
    diagonals = sorted(votes)
    sums: list[tuple[float, int, int]] = []
    low = 0
    running = 0.0
    for diagonal in diagonals:
        running += votes[diagonal]
        while diagonals[low] < diagonal - width:
            running -= votes[diagonals[low]]
            low += 1
        sums.append((-running, diagonals[low], diagonal))
    taken: list[tuple[int, int]] = []
    for _, first, last in sorted(sums):
        if any(first <= other_last and last >= other_first for other_first, other_last in taken):
            continue
        taken.append((first, last))
        yield (
            max(0, first - MARGIN),
            min(len(text.words), last + len(wanted.words) + MARGIN),
        )
        if len(taken) == MOST_PLACES:
            return


def _held_against(text: Folded, wanted: Needle, low: int, high: int) -> Similarity | None:
    window = text.words[low:high]
    found = held_against(wanted, window, matches(wanted.words, window))
    return found and replace(found, first=low + found.first, last=low + found.last)


def held_against(
    wanted: Needle, window: Sequence[str], found: dict[int, tuple[int, float]]
) -> Similarity | None:
    """What became of the quotation in `window`, given which words match; None: no telling."""
    before = {i: m for i, m in found.items() if wanted.first - BESIDE <= i < wanted.first}
    after = {i: m for i, m in found.items() if wanted.last <= i < wanted.last + BESIDE}
    inside = {i: found[i] for i in range(wanted.first, wanted.last) if i in found}
    _drop_strays(inside, wanted)
    begin, end = _extent(wanted, before, inside, after)
    if begin is None or end is None:
        return None
    quoted = weigh(wanted.quoted)
    matched = sum(weight(wanted.words[i]) * credit for i, (_, credit) in inside.items())
    now = weigh(window[begin:end])
    low = max(0, wanted.first - BESIDE)
    return Similarity(
        begin,
        end,
        2 * matched / (quoted + now) if quoted + now else 0.0,
        _share(wanted.words[low : wanted.first], before, low, begin, end),
        _share(wanted.words[wanted.last : wanted.last + BESIDE], after, wanted.last, begin, end),
    )


def matches(words: Sequence[str], window: Sequence[str]) -> dict[int, tuple[int, float]]:
    """Index in `words` → (index in `window`, 1 for the same word, less for one alike)."""
    found: dict[int, tuple[int, float]] = {}
    for step in Levenshtein.opcodes(words, window):
        if step.tag in {"equal", "replace"}:
            for offset in range(step.src_end - step.src_start):
                one, other = words[step.src_start + offset], window[step.dest_start + offset]
                credit = 1.0 if step.tag == "equal" else _kinship(one, other)
                if credit:
                    found[step.src_start + offset] = (step.dest_start + offset, credit)
    return found


def _kinship(one: str, other: str) -> float:
    """How alike two spellings or forms of a word are; another number is another number."""
    if any(map(str.isdigit, one + other)):
        return 0.0
    return fuzz.ratio(one.lower(), other.lower(), score_cutoff=NEAR_WORD) / 100


def _drop_strays(inside: dict[int, tuple[int, float]], wanted: Needle) -> None:
    """Take out a light word at either end that matched by chance, far from the rest."""
    total = weigh(wanted.quoted)
    for from_the_end in (False, True):
        stray: list[int] = []
        light = 0.0
        for index, following in pairwise(sorted(inside, reverse=from_the_end)):
            stray.append(index)
            light += weight(wanted.words[index])
            gap = abs(inside[following][0] - inside[index][0]) - abs(following - index)
            if light > STRAY_SHARE * total:
                break
            if gap > STRAY_GAP:
                for one in stray:
                    inside.pop(one, None)
                break


def _extent(
    wanted: Needle,
    before: dict[int, tuple[int, float]],
    inside: dict[int, tuple[int, float]],
    after: dict[int, tuple[int, float]],
) -> tuple[int | None, int | None]:
    """Where the quotation begins and ends in the window, by its own words and its neighbours'."""
    left = max(before, default=None)
    right = min(after, default=None)
    if not inside:
        if left is None or right is None:
            return None, None
        begin = before[left][0] + 1
        return begin, max(begin, after[right][0])
    first, last = min(inside), max(inside)
    begin, end = inside[first][0], inside[last][0] + 1
    lost = first - wanted.first
    if lost and left == wanted.first - 1 and begin - before[left][0] - 1 <= 2 * lost + 2:
        begin = before[left][0] + 1
    lost = wanted.last - 1 - last
    if lost and right == wanted.last and after[right][0] - end <= 2 * lost + 2:
        end = after[right][0]
    return begin, end


def _share(
    words: Sequence[str], found: dict[int, tuple[int, float]], offset: int, begin: int, end: int
) -> float:
    """The share of the neighbours, by weight, that still stand near `begin` to `end`."""
    total = weigh(words)
    near = len(words) + INSERTED
    return (
        sum(
            weight(words[index - offset]) * credit
            for index, (place, credit) in found.items()
            if begin - near <= place <= end + near
        )
        / total
        if total
        else 0.0
    )
