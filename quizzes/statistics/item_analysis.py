"""What a table of marks says of each question and of the whole: classical item analysis.

The definitions are Moodle's (https://docs.moodle.org/dev/Quiz_statistics_calculations). For the
attempts i of S and a question k with the marks x, the maximum M, the totals T and the rests
r = T − x, with V and C the variance and covariance whose divisor is S − 1:

    facility                     100 · mean(x) / M
    standard deviation           √V(x), in points
    discrimination index         100 · C(x, r) / √(V(x) · V(r))
    discriminative efficiency    100 · C(x, r) / C(sorted x, sorted r)
    effective weight             100 · √C(x, T) / Σ √C(x_j, T)
    internal consistency         100 · K / (K − 1) · (1 − Σ V(x_j) / V(T))
    error ratio                  100 · √(1 − internal consistency / 100)

Sums are exact fractions, so that a variance is 0 where it is, and not by a rounding away from it.

Where each attempt was asked some of a pool, a column is a position, the j-th question that an
attempt was asked, whichever that was: so the figures of the whole and the effective weights are
Moodle's of random questions. A question itself has the figures of those attempts that were asked
it. There Moodle sets x against the whole total T, which has x in it: of three questions that alone
is a high correlation. We set it against the rest r = T − x, as everywhere else.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import sqrt

Marks = Sequence[Fraction]


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """Of one question, in percent but for the deviation; None where a figure has no meaning.

    `weight` is None for a question whose marks run against the total: `is_negative` says so; and
    for one of a pool, where positions have weights.
    """

    attempts: int  # of which these figures are
    facility: float
    deviation: float
    discrimination: float | None
    efficiency: float | None
    weight: float | None
    is_negative: bool


@dataclass(frozen=True, slots=True)
class QuizFigures:
    """Of a whole quiz: means in points, `consistency` and `error_ratio` in percent."""

    attempts: int
    mean: float
    median: float
    deviation: float
    consistency: float | None
    error_ratio: float | None
    standard_error: float | None  # in points


@dataclass(frozen=True, slots=True)
class ItemAnalysis:
    quiz: QuizFigures
    items: Sequence[ItemFigures]  # in the order of the questions


@dataclass(frozen=True, slots=True)
class PoolAnalysis:
    """`positions` in the order of asking; `items` by question, of those that were asked it."""

    quiz: QuizFigures
    positions: Sequence[ItemFigures]
    items: Mapping[int, ItemFigures]


def analyse(table: Sequence[Sequence[Decimal | None]], maxima: Sequence[int]) -> ItemAnalysis:
    """Return the figures of a table with a row for each attempt and a column for each question.

    A mark that is None is a question that the attempt gave no answer to: it counts as 0, as it
    does in the attempt's total. Raises ValueError for fewer than two attempts, which have no
    variance, and for a row that has not one mark for each question.
    """
    if len(table) < 2:
        raise ValueError("fewer than two attempts have no variance")
    rows = [[Fraction(mark or 0) for mark in row] for row in table]
    columns = [list(column) for column in zip(*rows, strict=True)]
    if len(columns) != len(maxima):
        raise ValueError("a mark is needed for each question of each attempt")
    totals = [sum(row, Fraction(0)) for row in rows]
    with_total = [_covariance(column, totals) for column in columns]
    roots = sum(sqrt(one) for one in with_total if one > 0)
    items = [
        _item(column, totals, maximum, covariance, roots)
        for column, maximum, covariance in zip(columns, maxima, with_total, strict=True)
    ]
    return ItemAnalysis(_quiz(columns, totals), items)


def analyse_pool(
    attempts: Sequence[Sequence[tuple[int, Decimal | None]]], maximum: int, *, at_least: int
) -> PoolAnalysis:
    """Return the figures of attempts that were asked as many questions each, drawn from a pool.

    `attempts` have for each question, by a number, its mark, in the order of asking; `maximum` is
    that of each. A question that fewer than `at_least` were asked has no figures. Raises ValueError
    as `analyse` does.
    """
    whole = analyse([[mark for _, mark in one] for one in attempts], [maximum] * len(attempts[0]))
    marks: defaultdict[int, list[Fraction]] = defaultdict(list)
    totals: defaultdict[int, list[Fraction]] = defaultdict(list)
    for one in attempts:
        total = sum((Fraction(mark or 0) for _, mark in one), Fraction(0))
        for question, mark in one:
            marks[question].append(Fraction(mark or 0))
            totals[question].append(total)
    items = {
        question: _item(
            found, totals[question], maximum, _covariance(found, totals[question]), roots=0
        )
        for question, found in marks.items()
        if len(found) >= at_least
    }
    return PoolAnalysis(whole.quiz, whole.items, items)


def marks_alone(marks: Sequence[Decimal | None], maximum: int) -> ItemFigures:
    """Return what a question's own marks say, where there are no totals to set them against.
    Raises ValueError for fewer than two."""
    if len(marks) < 2:
        raise ValueError("fewer than two attempts have no variance")
    exact = [Fraction(mark or 0) for mark in marks]
    return ItemFigures(
        attempts=len(exact),
        facility=float(100 * _mean(exact) / maximum),
        deviation=sqrt(_variance(exact)),
        discrimination=None,
        efficiency=None,
        weight=None,
        is_negative=False,
    )


def _item(
    marks: Marks, totals: Marks, maximum: int, with_total: Fraction, roots: float
) -> ItemFigures:
    rests = [total - mark for total, mark in zip(totals, marks, strict=True)]
    variance, of_rests = _variance(marks), _variance(rests)
    covariance = _covariance(marks, rests)
    most = _covariance(sorted(marks), sorted(rests))
    return ItemFigures(
        attempts=len(marks),
        facility=float(100 * _mean(marks) / maximum),
        deviation=sqrt(variance),
        discrimination=(
            100 * float(covariance) / sqrt(variance * of_rests) if variance and of_rests else None
        ),
        efficiency=float(100 * covariance / most) if most else None,
        weight=100 * sqrt(with_total) / roots if with_total >= 0 and roots else None,
        is_negative=with_total < 0,
    )


def _quiz(columns: Sequence[Marks], totals: Marks) -> QuizFigures:
    variance, count = _variance(totals), len(columns)
    consistency = error_ratio = standard_error = None
    if variance and count > 1:
        spread = sum((_variance(column) for column in columns), Fraction(0))
        exact = 100 * Fraction(count, count - 1) * (1 - spread / variance)
        consistency = float(exact)
        error_ratio = 100 * sqrt(1 - exact / 100)
        standard_error = error_ratio / 100 * sqrt(variance)
    ordered = sorted(totals)
    middle = ordered[(len(ordered) - 1) // 2 : len(ordered) // 2 + 1]
    return QuizFigures(
        attempts=len(totals),
        mean=float(_mean(totals)),
        median=float(_mean(middle)),
        deviation=sqrt(variance),
        consistency=consistency,
        error_ratio=error_ratio,
        standard_error=standard_error,
    )


def _mean(values: Marks) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _variance(values: Marks) -> Fraction:
    return _covariance(values, values)


def _covariance(some: Marks, others: Marks) -> Fraction:
    """Return the covariance of a sample, with the divisor S − 1."""
    if _is_constant(some) or _is_constant(others):
        return Fraction(0)
    mean, of_others = _mean(some), _mean(others)
    products = ((x - mean) * (y - of_others) for x, y in zip(some, others, strict=True))
    return sum(products, Fraction(0)) / (len(some) - 1)


def _is_constant(values: Marks) -> bool:
    return all(one == other for one, other in pairwise(values))
