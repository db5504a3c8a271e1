"""Which of somebody's tries count, and what they come to: the one place that says so.

Pure. Nothing of it is kept, so that it is true whatever a guide or a date is changed to
(docs/adr/0039-what-counts-is-worked-out.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from quizzes.marking.points import CENT

FIRST, BEST, LAST, MEAN = "first", "best", "last", "mean"


class MadeTry(NamedTuple):
    """A try that was handed in, as far as counting goes; without a score it waits for one."""

    number: int
    score: Decimal | None
    max_score: Decimal
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class CountedTries:
    """The numbers of the tries that count, and their points together: None as long as one of
    them waits for a mark."""

    numbers: tuple[int, ...]
    score: Decimal | None
    max_score: Decimal
    is_reduced: bool = False  # a penalty has taken some of them


def counted(
    tries: Sequence[MadeTry], *, grade_by: str, penalty: int = 0, until: datetime | None = None
) -> CountedTries:
    """Return which of one person's `tries` at one quiz count; there is one at the least.

    The first, whenever it came. Of the others no try that came after `until`, the last moment
    at which something counts, takes the place of one that came in time. Each further try loses
    `penalty` percent of what it earned. Of two that are equally good the earlier is the best.
    """
    ordered = sorted(tries, key=lambda one: one.number)
    if grade_by == FIRST:
        return _sum(ordered[:1], 0)
    in_time = [one for one in ordered if not _is_after(one, until)] or ordered[:1]
    if grade_by == LAST:
        return _sum(in_time[-1:], penalty)
    if grade_by == MEAN:
        return _sum(in_time, penalty)
    marked = [one for one in in_time if one.score is not None]
    best = max(marked, key=lambda one: (_share(one, penalty), -one.number), default=in_time[0])
    return _sum([best], penalty)


def earned(one: MadeTry, penalty: int) -> Decimal | None:
    """What a try earned, less the penalty for those before it."""
    if one.score is None:
        return None
    left = max(0, 100 - penalty * (one.number - 1))
    return (one.score * left / 100).quantize(CENT, ROUND_HALF_UP)


def _is_after(one: MadeTry, until: datetime | None) -> bool:
    return until is not None and one.submitted_at is not None and one.submitted_at > until


def _share(one: MadeTry, penalty: int) -> Decimal:
    return (earned(one, penalty) or Decimal(0)) / (one.max_score or 1)


def _sum(tries: Sequence[MadeTry], penalty: int) -> CountedTries:
    """Return the mean of what these tries earned, out of the points of the last of them."""
    most = tries[-1].max_score
    numbers = tuple(one.number for one in tries)
    if any(one.score is None for one in tries):
        return CountedTries(numbers, None, most)
    shares = sum((_share(one, penalty) for one in tries), Decimal(0)) / len(tries)
    score = (shares * most).quantize(CENT, ROUND_HALF_UP)
    is_reduced = any(earned(one, penalty) != one.score for one in tries)
    return CountedTries(numbers, score, most, is_reduced)
