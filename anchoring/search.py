"""Finding words in a text: pure functions on strings, offsets in Unicode code points.

Matching is on folded texts (anchoring.folding): white space, quotation marks,
dashes, ligatures, invisible characters and normal forms make no difference. Positions
are always those of the original text.
"""

from functools import cached_property

from anchoring.folding import WORD, Folded, fold
from anchoring.quotation import UNANCHORED, Quotation, QuotationMatch, Search, Status

__all__ = [
    "Folded",
    "QuotationMatch",
    "Searchable",
    "Status",
    "context",
    "find",
    "find_typed",
    "find_words",
    "fold",
    "nearest",
]


def find_words(text: str | Folded, words: str) -> list[tuple[int, int]]:
    """Return every place of `words` in `text` as (start, end); none for empty words.

    Who looks for many in one text folds it once: that is what takes the time.
    """
    wanted = fold(words).text.strip()
    if not wanted:
        return []
    folded = text if isinstance(text, Folded) else fold(text)
    places: list[tuple[int, int]] = []
    at = folded.text.find(wanted)
    while at != -1:
        # A part of a character is not there: “1” is none of the words of “¼”.
        if folded.is_border(at) and folded.is_border(at + len(wanted)):
            places.append(folded.original(at, at + len(wanted)))
        at = folded.text.find(wanted, at + 1)
    return places


class Searchable:
    """A text in which typed words are looked for; it is folded once, and when it is needed."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def folded(self) -> Folded:
        return fold(self.text)

    @cached_property
    def letters(self) -> Folded:
        return fold(self.text, letters=True)


def find_typed(text: Searchable, words: str) -> list[tuple[int, int]]:
    """Return the places of words that a person typed, as (start, end).

    Where they do not stand so, capitals and accents count for nothing; and where they do
    not stand so either, nor do quotation marks around them.
    """
    bare = fold(words).text.strip().strip("'\"").strip()
    for wanted in dict.fromkeys([words, bare]):
        places = find_words(text.folded, wanted) or find_words(
            text.letters, fold(wanted, letters=True).text
        )
        if places:
            return places
    return []


def nearest(places: list[tuple[int, int]], start: int) -> tuple[int, int] | None:
    """Return the place that begins nearest to `start`, or None where there is none."""
    return min(places, key=lambda place: abs(place[0] - start), default=None)


def context(text: str, start: int, end: int, length: int) -> tuple[str, str]:
    """Return the `length` characters before `start` and after `end`."""
    return text[max(0, start - length) : start], text[end : end + length]


def find(
    text: str | Folded, *, exact: str, prefix: str = "", suffix: str = "", start: int = 0
) -> QuotationMatch:
    """Return where `exact`, which stood at `start` between `prefix` and `suffix`, stands in `text`.

    - exact: the same words at one place, and what is around them agrees on both sides.
    - moved: the same words with what is around them on one side only, or with neither
      where they are whole sentences, long enough to be known by themselves.
    - changed: the one place whose words and surroundings are clearly most like it.
    - unanchored: none of these for certain. Words that are gone are not found elsewhere.
    """
    folded = text if isinstance(text, Folded) else fold(text)
    if not WORD.search(fold(exact).text):
        return _by_marks(folded, exact, prefix, suffix)
    quotation = Quotation(exact, prefix, suffix, start)
    search = Search(folded, quotation)
    return search.same_words() or search.changed_words() or UNANCHORED


def _by_marks(folded: Folded, exact: str, prefix: str, suffix: str) -> QuotationMatch:
    """A quotation without words, such as “…”, is known by its neighbours alone."""
    places = find_words(folded, prefix + exact + suffix)
    marks = [
        place
        for place in find_words(folded, exact)
        if len(places) == 1 and places[0][0] <= place[0] and place[1] <= places[0][1]
    ]
    if len(marks) != 1 or not (prefix.strip() and suffix.strip()):
        return UNANCHORED
    return QuotationMatch("exact", *marks[0], 1.0)
