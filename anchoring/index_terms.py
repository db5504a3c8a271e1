"""Words as a search index keeps them, and what somebody typed as what is looked for in it.

Pure functions on strings; positions are Unicode code points of the original text. A *term* is a
word without capitals, accents and strokes (anchoring.folding). In scripts that are written
without spaces, and in Korean, whose words end in particles, a term is a pair of neighbouring
characters, as search engines do (Lucene's CJKBigramFilter): 国际合作 is 国际, 际合, 合作 and, where
the run ends, 作, so that any part of a run is found, one character too.

Both databases are given these same terms, so that they find the same.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from anchoring.folding import UNSPACED, fold

MAX_TERM = 64  # characters: longer ones are cut, in the index and in what is looked for
MIN_PREFIX = 3  # letters from which a word finds longer ones; of fewer, half the dictionary
MAX_TYPED = 200  # characters of what is looked for: a sentence
MAX_PHRASES = 16

# With 々, 〆 and 〇, which stand among Chinese characters, and with Korean.
_PAIRED = f"{UNSPACED}\u3005-\u3007\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"
_RUN = re.compile(f"[{_PAIRED}]+|[^ {_PAIRED}]+")
_IS_PAIRED = re.compile(f"[{_PAIRED}]")
_CHUNK = re.compile(r"\S+")
_KEPT_CHUNK = 24  # characters: words come again and again, long runs do not
# What Arabic, Persian and Urdu keyboards write for the same letter, and the stretching of one.
_ALIKE = str.maketrans({"ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ۀ": "ه", "ک": "ك", "ـ": None})


@dataclass(frozen=True, slots=True)
class IndexTerm:
    """A term, and where it stands in its text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms that stand beside each other; with `is_prefix`, the last may go on."""

    terms: tuple[str, ...]
    is_prefix: bool

    def stands_at(self, place: int, terms: Sequence[str]) -> bool:
        """Whether it begins with the term at `place`."""
        there = terms[place : place + len(self.terms)]
        if len(there) < len(self.terms) or tuple(there[:-1]) != self.terms[:-1]:
            return False
        last = self.terms[-1]
        return there[-1] == last or (self.is_prefix and there[-1].startswith(last))


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What somebody looks for: all of these phrases, in any order."""

    phrases: tuple[Phrase, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is no word in it."""
        return not self.phrases

    @property
    def is_too_short(self) -> bool:
        """Whether it is single letters of an alphabet alone: nearly every text has each."""
        return all(
            len(one.terms) == 1 and len(one.terms[0]) == 1 and not _IS_PAIRED.match(one.terms[0])
            for one in self.phrases
        )


def terms_of(text: str) -> list[IndexTerm]:
    """Return the terms of `text` in their order."""
    return [
        IndexTerm(term, chunk.start() + start, chunk.start() + end)
        for chunk in _CHUNK.finditer(text)
        for term, start, end in _terms(chunk[0])
    ]


def index_terms(text: str) -> str:
    """Return the terms of `text` with a space between: letters, digits and marks, no other sign."""
    return " ".join(term for chunk in text.split() for term, _start, _end in _terms(chunk))


def parse_query(typed: str) -> SearchQuery:
    """Return what is looked for by these words.

    Words within double quotation marks, of any language, stand so; another word finds longer
    ones that begin with it.
    """
    phrases: list[Phrase] = []
    parts = fold(typed).text.split('"')
    for place, part in enumerate(parts):
        # A mark that was not closed yet quotes nothing.
        is_quoted = place % 2 == 1 and place < len(parts) - 1
        for unit in [part] if is_quoted else part.split():
            terms = [term for chunk in unit.split() for term, _start, _end in _terms(chunk)]
            if terms:
                phrases.append(_phrase(terms, is_quoted=is_quoted))
    return SearchQuery(tuple(dict.fromkeys(phrases))[:MAX_PHRASES])


def find_phrases(text: str, query: SearchQuery) -> list[list[tuple[int, int]]]:
    """Return, for each phrase of `query`, its places in `text` as (start, end)."""
    terms = terms_of(text)
    words = [one.text for one in terms]
    return [
        [
            (terms[place].start, _end(terms[place + len(phrase.terms) - 1], phrase))
            for place in range(len(words))
            if phrase.stands_at(place, words)
        ]
        for phrase in query.phrases
    ]


def _phrase(terms: list[str], *, is_quoted: bool) -> Phrase:
    *before, last = terms
    if not _IS_PAIRED.match(last):
        return Phrase(tuple(terms), is_prefix=not is_quoted and len(last) >= MIN_PREFIX)
    # The run may go on in the text: its last character stands alone only where a run ends.
    if before and _IS_PAIRED.match(before[-1]) and before[-1][1:] == last:
        return Phrase(tuple(before), is_prefix=False)
    return Phrase(tuple(terms), is_prefix=True)


def _end(last: IndexTerm, phrase: Phrase) -> int:
    """Where a phrase ends: of a pair of which one character was looked for, behind that."""
    wanted = phrase.terms[-1]
    if phrase.is_prefix and _IS_PAIRED.match(wanted) and len(last.text) > len(wanted):
        return last.start + 1
    return last.end


# --- Words ---------------------------------------------------------------------------------------
def _terms(chunk: str) -> Sequence[tuple[str, int, int]]:
    """The terms of what stands between two spaces, each with its start and end there."""
    return _kept_terms(chunk) if len(chunk) <= _KEPT_CHUNK else tuple(_found_terms(chunk))


@lru_cache(1 << 15)
def _kept_terms(chunk: str) -> Sequence[tuple[str, int, int]]:
    return tuple(_found_terms(chunk))


def _found_terms(chunk: str) -> Iterator[tuple[str, int, int]]:
    folded = fold(chunk, letters=True)
    signs = {ord(one): " " for one in set(folded.text) if unicodedata.category(one)[0] not in "LMN"}
    for run in _RUN.finditer(folded.text.translate(signs)):
        start, end = run.span()
        if not _IS_PAIRED.match(run[0]):
            word = run[0].translate(_ALIKE)[:MAX_TERM]
            if word:
                yield word, *folded.original(start, end)
            continue
        for place in range(start, end):
            last = min(place + 2, end)
            yield folded.text[place:last], *folded.original(place, last)
