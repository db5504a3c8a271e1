"""Marking answers: pure functions of a question's key and what was answered.

A mark is a share of the question's points, from 0 to 1, as an exact fraction.
"""

import unicodedata
from collections.abc import Collection
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

CENT = Decimal("0.01")  # marks are kept to two places


def mark_choice(picked: Collection[str], right: Collection[str]) -> Fraction:
    """One choice, or true and false: all or nothing."""
    return Fraction(set(picked) == set(right) and len(right) == 1)


def mark_several(picked: Collection[str], right: Collection[str]) -> Fraction:
    """Several choices: (right picks - wrong picks) / number of right ones, never below 0.

    So picking all earns nothing where half are wrong, and missing one of three
    leaves two thirds. `right` is not empty.
    """
    chosen, rights = set(picked), set(right)
    hits, misses = len(chosen & rights), len(chosen - rights)
    return max(Fraction(0), Fraction(hits - misses, len(rights)))


def mark_words(words: str, accepted: Collection[str], *, case_matters: bool = False) -> Fraction:
    """A short answer: right if it is one of the accepted forms, both folded alike."""
    given = fold_answer(words, case_matters=case_matters)
    forms = {fold_answer(form, case_matters=case_matters) for form in accepted}
    return Fraction(bool(given) and given in forms)


def fold_answer(words: str, *, case_matters: bool = False) -> str:
    """Make answers that a reader would call the same the same string.

    White space is squashed and compatibility forms (NFKC: ligatures, full-width
    letters) are resolved. Unless `case_matters`, capitals and accents count for
    nothing. Quotation marks, apostrophes and dashes are made plain, for keyboards
    write them differently.
    """
    text = unicodedata.normalize("NFKC", words).translate(_PLAIN)
    if not case_matters:
        text = unicodedata.normalize("NFKD", text.casefold())
        text = "".join(one for one in text if one in _VOICED or not unicodedata.combining(one))
        # Folding can make new compatibility forms: fold what came of it once more.
        text = unicodedata.normalize("NFKC", text.casefold())
    return " ".join(text.split())


# In Japanese these marks make another letter: が is not か with an accent.
_VOICED = "\u3099\u309a"
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)


def points_for(share: Fraction, points: int) -> Decimal:
    """Return the mark for `share` of `points`, rounded half up to two places."""
    exact = share * points
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(CENT, ROUND_HALF_UP)
