"""Figures about answers: pure functions of marks. The definitions are Moodle's."""

from collections.abc import Sequence
from decimal import Decimal

# Below this a figure says more about who happened to answer than about the question.
MIN_ATTEMPTS = 10


def facility(marks: Sequence[Decimal], maximum: int) -> int | None:
    """Return the mean mark in percent of `maximum`, rounded; None for too few marks."""
    if len(marks) < MIN_ATTEMPTS:
        return None
    return percent(sum(marks, Decimal(0)), len(marks) * maximum)


def percent(part: Decimal | int, whole: int) -> int:
    """Return `part` of `whole` in percent, rounded half up; 0 of nothing."""
    if not whole:
        return 0
    return int(Decimal(part) * 100 / whole + Decimal("0.5"))
