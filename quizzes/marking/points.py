"""Points: a mark is a share of a question's points, from 0 to 1, as an exact fraction."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from django.utils.translation import gettext as _

CENT = Decimal("0.01")  # points are kept to two places


class Verdict(StrEnum):
    """What came of an answer, as the page and its style sheet name it."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    UNMARKED = "unmarked"


def points_for(share: Fraction, points: int) -> Decimal:
    """Return `share` of `points`, rounded half up to two places."""
    exact = share * points
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(CENT, ROUND_HALF_UP)


def total_of(scores: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of the scores; None as long as one of them is not there."""
    total = Decimal(0)
    for score in scores:
        if score is None:
            return None
        total += score
    return total


def points_in_words(score: Decimal | None, maximum: Decimal) -> str:
    """“2.67 of 3 points”, whatever places the database gives them."""
    if score is None:
        return _("not marked yet")
    return _("%(score)s of %(most)s points") % {
        "score": f"{score.normalize():f}",
        "most": f"{maximum.normalize():f}",
    }


def verdict_of(score: Decimal | None, maximum: Decimal | int) -> Verdict:
    """Return what `score` of `maximum` means; None is a score that is still to be given."""
    if score is None:
        return Verdict.UNMARKED
    if score == maximum:
        return Verdict.RIGHT
    return Verdict.PARTLY if score else Verdict.WRONG
