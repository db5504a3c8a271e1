"""One quotation looked for in one text: whether its words stand there, and whether they are it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from anchoring.folding import WORD, Folded, fold, is_unspaced
from anchoring.similarity import (
    INSERTED,
    Needle,
    Similarity,
    agreement,
    most_similar_places,
    needle,
    weigh,
)

Status = Literal["exact", "moved", "changed", "unanchored"]


@dataclass(frozen=True, slots=True)
class QuotationMatch:
    """Where a quotation stands in a text, or that it stands nowhere for certain.

    `start` and `end` are code points of the original text, None when unanchored.
    `score` is from 0 (nothing like it) to 1 (the words and what is around them).
    """

    status: Status
    start: int | None
    end: int | None
    score: float


def joined_quotes(quotes: Iterable[str]) -> str:
    """The words of a passage over several blocks as people read them; nothing for whole blocks."""
    return " … ".join(filter(None, quotes))


UNANCHORED = QuotationMatch("unanchored", None, None, 0.0)

# Of what stood on one side of a quotation, by weight, that must stand there still.
AGREES = 0.6
AGREES_FULLY = 0.9
AGREES_WHOLLY = 0.95
AGREES_TOGETHER = 0.7  # both sides, for a quotation that is not short
SHORT_WORDS = 2  # a quotation of so few words is known by what is around it alone
SHORT_WEIGHT = 14.0
TELLING = 10.0  # weight of a context that can tell one place from another: two or three words
TELLING_RUN = 18  # characters right beside a short quotation that can tell its place, too
SENTENCE_WORDS = 6  # of whole sentences that can be known by themselves
OWN_WORDS = 12  # of any run that can
CLEAR = 0.25  # of agreement between the best place and the next
CLEAR_BOTH = 0.1  # the same where the best agrees wholly on both sides
NEARER = 8  # times nearer than the next to where it stood, where nothing else tells them apart
MANY_PLACES = 200  # of the same words: those with other neighbours are not looked at further
ADDED_CHARACTERS = 40  # that may have come in before the mark that ends a quotation
CHANGED_BOTH = 0.35  # similarity of a changed quotation whose both sides agree fully
CHANGED_ONE = 0.6  # and of one with one side
CHANGED_OWN = 0.9  # and of one with neither, which must be long
CHANGED_SHORT = 0.6  # and of a short one, which needs both

_ENDS = re.compile(r"""[.!?…。！？]["')\]]*$""")
_STARTS = re.compile(r"""^["')\]]*[.!?…。！？]""")
_DASH = re.compile(" ?- ?")


class Quotation:
    """Words as they were chosen, with what stood on either side, folded."""

    def __init__(self, exact: str, prefix: str = "", suffix: str = "", start: int = 0) -> None:
        self.folded = fold(exact).text.strip()
        self.prefix, self.suffix = fold(prefix).text, fold(suffix).text
        self.start = start
        self.needle = needle(exact, prefix, suffix)
        self.words = self.needle.quoted
        self.before = self.needle.words[: self.needle.first]
        self.after = self.needle.words[self.needle.last :]

    @cached_property
    def is_short(self) -> bool:
        return len(self.words) <= SHORT_WORDS or weigh(self.words) < SHORT_WEIGHT

    def is_likely(self, one: Similarity) -> bool:
        """Whether its neighbours vouch for words that are no longer quite its own."""
        if one.first == one.last:
            return False
        sides = sorted(
            side for side, words in ((one.before, self.before), (one.after, self.after)) if words
        )
        if self.is_short:
            return len(sides) == 2 and sides[0] >= AGREES and one.similarity >= CHANGED_SHORT
        if len(sides) == 2 and sides[0] >= AGREES_FULLY and one.similarity >= CHANGED_BOTH:
            return True
        if sides and sides[-1] >= AGREES and one.similarity >= CHANGED_ONE:
            return True
        return len(self.words) >= OWN_WORDS and one.similarity >= CHANGED_OWN

    def is_same(self, words: str) -> bool:
        """Whether folded words differ from it by the space around dashes at most."""
        return _DASH.sub("-", words) == _DASH.sub("-", self.folded)

    def with_marks(self, text: str, start: int, end: int) -> tuple[int, int]:
        """The stretch with the marks that the quotation began and ended with, if they are there."""
        spans = [match.span() for match in WORD.finditer(self.folded)]
        lead, tail = self.folded[: spans[0][0]], self.folded[spans[-1][1] :]
        if lead and text.endswith(lead, 0, start):
            start -= len(lead)
        if tail and text.startswith(tail, end):
            end += len(tail)
        elif tail and _first_word(text, end) not in self.after[:1]:
            # Words may have come in between its last word and its full stop.
            at = text.find(tail, end, end + ADDED_CHARACTERS)
            if at != -1 and _first_word(text, at + len(tail)) in [*self.after[:1], ""]:
                end = at + len(tail)
        return start, end


@dataclass(frozen=True, slots=True)
class _Place:
    """The quotation's own words at one place: `before` and `after` say how its neighbours agree.

    None is a side of which nothing was known.
    """

    start: int
    end: int
    before: float | None
    after: float | None
    run: int  # characters around it that are the same without a gap

    @property
    def agreement(self) -> float:
        return sum(0.5 if side is None else side for side in (self.before, self.after))


class Search:
    """A quotation looked for in one text, where `is_free` says of folded offsets that it may be."""

    def __init__(
        self,
        text: Folded,
        quotation: Quotation,
        is_free: Callable[[int, int], bool] = lambda _start, _end: True,
    ) -> None:
        self.text = text
        self.quotation = quotation
        self.is_free = is_free

    def same_words(self) -> QuotationMatch | None:
        """The quotation's own words, where what is around them is enough to know them by."""
        places = [self._place(start) for start in self._starts()]
        status = {place: self._status(place) for place in places}
        good = [place for place in places if status[place]]
        best = self._clearly_best(good)
        if best is None:
            return UNANCHORED if good else None
        if status[best] == "moved" and self.quotation.is_short and self._was_taken_out():
            return UNANCHORED
        score = 0.5 + 0.25 * best.agreement
        return self._placement(status[best] or "moved", best.start, best.end, score)

    def _starts(self) -> list[int]:
        """Where the words begin in the folded text, at the borders of words as in the quotation."""
        text = self.text.text
        found: list[int] = []
        at = text.find(self.quotation.folded)
        while at != -1:
            if self._keeps_borders(at, at + len(self.quotation.folded)):
                found.append(at)
            at = text.find(self.quotation.folded, at + 1)
        if len(found) > MANY_PLACES:
            before, after = self.quotation.prefix[-6:], self.quotation.suffix[:6]
            size = len(self.quotation.folded)
            found = [
                at
                for at in found
                if (before and text.startswith(before, max(0, at - len(before))))
                or (after and text.startswith(after, at + size))
            ][:MANY_PLACES]
        return [at for at in found if self.is_free(at, at + len(self.quotation.folded))]

    def _keeps_borders(self, start: int, end: int) -> bool:
        """Whether “us” stands here as a word, and not in “house”, unless it was cut so."""
        text = self.text.text
        if _joined(self.quotation.folded[:1], text[max(0, start - 1) : start]) and not _joined(
            self.quotation.folded[:1], self.quotation.prefix[-1:]
        ):
            return False
        return not _joined(self.quotation.folded[-1:], text[end : end + 1]) or _joined(
            self.quotation.folded[-1:], self.quotation.suffix[:1]
        )

    def _place(self, start: int) -> _Place:
        text, end = self.text.text, start + len(self.quotation.folded)
        before = text[max(0, start - len(self.quotation.prefix) - 60) : start]
        after = text[end : end + len(self.quotation.suffix) + 60]
        return _Place(
            start,
            end,
            _side(self.quotation.before[::-1], WORD.findall(before)[::-1]),
            _side(self.quotation.after, WORD.findall(after)),
            _common_start(self.quotation.prefix[::-1], before[::-1])
            + _common_start(self.quotation.suffix, after),
        )

    def _status(self, place: _Place) -> Status | None:
        """exact or moved where the surroundings are enough, None where they are not."""
        known = [side for side in (place.before, place.after) if side is not None]
        if known and min(known) >= AGREES and self._tells(place):
            return "exact"
        if not known:
            return "moved" if not self.quotation.is_short else self._at_its_start(place)
        if self.quotation.is_short:
            enough = self._tells(place) and max(known) >= AGREES_FULLY
            return "moved" if enough or place.run >= TELLING_RUN else None
        if (
            max(known) >= AGREES
            or sum(known) >= AGREES_TOGETHER
            or len(self.quotation.words) >= OWN_WORDS
        ):
            return "moved"
        return (
            "moved"
            if len(self.quotation.words) >= SENTENCE_WORDS and self._is_sentence(place)
            else None
        )

    def _at_its_start(self, place: _Place) -> Status | None:
        return "exact" if self.text.starts[place.start] == self.quotation.start else None

    def _tells(self, place: _Place) -> bool:
        """Whether the neighbours that agree are more than a word or two that stand anywhere."""
        weight = 0.0
        for side, words in (
            (place.before, self.quotation.before),
            (place.after, self.quotation.after),
        ):
            if side is not None and side >= AGREES:
                weight += side * weigh(words) if words else TELLING
        return weight >= TELLING or not self.quotation.is_short

    def _is_sentence(self, place: _Place) -> bool:
        """Whether it is of whole sentences, then and now: these move without their neighbours."""
        text = self.text.text
        return _stands_alone(
            self.quotation.folded, self.quotation.prefix, self.quotation.suffix
        ) and _stands_alone(
            self.quotation.folded,
            text[max(0, place.start - 8) : place.start],
            text[place.end : place.end + 8],
        )

    def _clearly_best(self, places: list[_Place]) -> _Place | None:
        """The one place that agrees far better than the next, or is far nearer its old start."""
        if len(places) <= 1:
            return places[0] if places else None
        top = max(place.agreement for place in places)
        places = [place for place in places if place.agreement > top - CLEAR]
        if len(places) == 1:
            return places[0]
        places.sort(key=lambda place: -place.run)
        if places[0].run >= 2 * places[1].run + 8:
            return places[0]
        far = sorted(
            (abs(self.text.starts[one.start] - self.quotation.start), one.start) for one in places
        )
        if far[0][0] * NEARER <= far[1][0]:
            return next(one for one in places if one.start == far[0][1])
        return None

    def _placement(self, status: Status, start: int, end: int, score: float) -> QuotationMatch:
        return QuotationMatch(status, *self.text.original(start, end), round(min(score, 1.0), 3))

    def changed_words(self) -> QuotationMatch | None:
        """The one place most like the quotation, if clearly so and if its neighbours vouch."""
        likely = [
            one for one in self.most_similar_places if one.first < one.last and self._may_be(one)
        ]
        best = next(iter(likely), None)
        if best is None or not self.quotation.is_likely(best):
            return None
        others = (one for one in likely if one.first >= best.last or one.last <= best.first)
        clear = CLEAR_BOTH if min(best.before, best.after) >= AGREES_WHOLLY else CLEAR
        if self._was_taken_out() or any(one.total > best.total - clear for one in others):
            return None
        start, end = self.text.spans[best.first][0], self.text.spans[best.last - 1][1]
        start, end = self.quotation.with_marks(self.text.text, start, end)
        status: Status = "changed"
        if self.quotation.is_same(self.text.text[start:end]):
            status = "exact" if min(best.before, best.after) >= AGREES else "moved"
        return self._placement(status, start, end, best.total)

    def _may_be(self, one: Similarity) -> bool:
        return self.is_free(self.text.spans[one.first][0], self.text.spans[one.last - 1][1])

    def _was_taken_out(self) -> bool:
        """Whether its neighbours stand somewhere side by side, without the quotation."""
        before, after, text = self.quotation.before, self.quotation.after, self.text.words
        if not before or not after:
            # It began or ended the text, or what stood there is not known.
            at_the_end = bool(before) and text[-len(before) :] == before
            return at_the_end or (bool(after) and text[: len(after)] == after)
        without = Needle([*before, *after], len(before), len(before))
        return any(
            one.first == one.last and min(one.before, one.after) >= AGREES_FULLY
            for one in most_similar_places(self.text, without)
        )

    @cached_property
    def most_similar_places(self) -> list[Similarity]:
        return most_similar_places(self.text, self.quotation.needle)


def _first_word(text: str, start: int) -> str:
    match = WORD.search(text, start)
    return match[0] if match else ""


def _joined(one: str, other: str) -> bool:
    """Whether two neighbouring characters belong to one word."""
    match = WORD.match(one + other)
    return len(one + other) == 2 and match is not None and match.end() == 2


def _stands_alone(words: str, before: str, after: str) -> bool:
    before, after = before.strip(), after.strip()
    return (not before or bool(_ENDS.search(before))) and (
        not after or bool(_ENDS.search(words)) or bool(_STARTS.search(after))
    )


def _side(expected: list[str], found: list[str]) -> float | None:
    if expected:
        return agreement(expected, found[: len(expected) + INSERTED])
    return None if found else 1.0


def _common_start(one: str, other: str) -> int:
    """How many characters are the same; one that is a word by itself counts as three."""
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        count += 3 if is_unspaced(first) else 1
    return count
