"""Item analysis against figures that were worked out apart from it."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.statistics.item_analysis import ItemFigures, analyse

# Twenty tries at four questions of 1, 2, 1 and 3 points. “.” was not answered; the third
# question is right for those who are wrong otherwise.
TRIES = """
1  2   0  3
1  2   0  2.5
1  2   0  3
1  1.5 0  3
1  2   1  2
1  1   0  3
1  1.5 0  2
1  2   0  1.5
0  2   0  3
1  1   1  2
1  1.5 0  1
0  1   1  2
1  0.5 1  1
0  1   0  1.5
1  0   1  .
0  1   1  1
0  0.5 1  0.5
0  .   1  1
.  0.5 1  0
0  0   1  .
"""
TABLE = [
    [None if mark == "." else Decimal(mark) for mark in row.split()]
    for row in TRIES.strip().splitlines()
]
MAXIMA = [1, 2, 1, 3]

# By hand, from the sums of the columns: C(x, y) = (20·Σxy − Σx·Σy) / (20·19), with
#   x     Σx   Σx²    ΣxT     Σr   Σr²    Σ of sorted x · sorted r
#   1st   12   12     57      66   253    51          T: Σ = 78, Σ² = 355
#   2nd   23   36.5   109.25  55   173    77.5
#   3rd   10   10     30      68   305    51
#   4th   33   76     158.75  45   113.5  89.75
# so that for the first V(x) = 96/380, C(x, T) = 204/380, C(x, r) = C(x, T) − V(x) = 108/380,
# V(r) = 704/380, and sorted 228/380: 100·108/√(96·704) = 41.543378, 100·108/228 = 47.368421.
FIGURES = [
    # facility, deviation, discrimination, efficiency, effective weight
    (60.0, 0.502625, 41.543378, 47.368421, 24.385178),
    (57.5, 0.727288, 64.255594, 66.666667, 33.759751),
    (50.0, 0.512989, -72.881089, -82.352941, None),
    (55.0, 1.064993, 52.315122, 54.838710, 41.855071),
]


def _is_near(found: float | None, expected: float | None) -> bool:
    if found is None or expected is None:
        return found is expected
    return math.isclose(found, expected, abs_tol=1e-6)


@pytest.mark.parametrize("place", range(4))
def test_each_question_is_as_by_hand(place: int) -> None:
    found = analyse(TABLE, MAXIMA).items[place]
    facility, deviation, discrimination, efficiency, weight = FIGURES[place]
    assert _is_near(found.facility, facility)
    assert _is_near(found.deviation, deviation)
    assert _is_near(found.discrimination, discrimination)
    assert _is_near(found.efficiency, efficiency)
    assert _is_near(found.weight, weight)
    assert found.is_negative == (weight is None)


def test_the_whole_is_as_by_hand() -> None:
    """V(T) = 1016/380; ΣV(x) = (96 + 201 + 100 + 431)/380; 100·4/3·(1 − 828/1016)."""
    found = analyse(TABLE, MAXIMA).quiz
    assert found.attempts == 20
    assert _is_near(found.mean, 3.9)
    assert _is_near(found.median, 4.25)
    assert _is_near(found.deviation, 1.635140)
    assert _is_near(found.consistency, 24.671916)
    assert _is_near(found.error_ratio, 86.791753)
    assert _is_near(found.standard_error, 1.419167)


def test_where_nothing_varies_nothing_is_said() -> None:
    """All right, all wrong: neither tells anybody from anybody."""
    found = analyse([[Decimal(1), Decimal(0)]] * 12, [1, 1])
    assert found.items[0] == ItemFigures(12, 100.0, 0.0, None, None, None, is_negative=False)
    assert found.items[1] == ItemFigures(12, 0.0, 0.0, None, None, None, is_negative=False)
    assert (found.quiz.consistency, found.quiz.error_ratio) == (None, None)


def test_one_question_has_no_rest_to_go_with() -> None:
    found = analyse([[Decimal(mark)] for mark in (0, 1) * 6], [1])
    assert found.items[0].discrimination is None
    assert found.items[0].efficiency is None
    assert _is_near(found.items[0].weight, 100.0)
    assert found.quiz.consistency is None


@pytest.mark.parametrize(
    ("table", "maxima"),
    [([], [1]), ([[Decimal(1)]], [1]), ([[Decimal(1)], []], [1]), ([[Decimal(1)]] * 2, [1, 1])],
)
def test_no_table_is_refused(table: list[list[Decimal | None]], maxima: list[int]) -> None:
    with pytest.raises(ValueError, match=r"attempt|argument"):
        analyse(table, maxima)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[list[Decimal | None]], list[int]]:
    maxima = draw(st.lists(st.integers(1, 4), min_size=1, max_size=5))
    marks = [st.none() | st.decimals(0, most, places=2) for most in maxima]
    return draw(st.lists(st.tuples(*marks).map(list), min_size=2, max_size=12)), maxima


@given(tables())
def test_figures_stay_within_their_bounds(
    drawn: tuple[list[list[Decimal | None]], list[int]],
) -> None:
    table, maxima = drawn
    found = analyse(table, maxima)
    weights = [item.weight for item in found.items if item.weight is not None]
    for item in found.items:
        assert 0 <= item.facility <= 100
        for figure in (item.discrimination, item.efficiency):
            assert figure is None or figure <= 100 + 1e-9
        assert item.discrimination is None or item.discrimination >= -100 - 1e-9
    assert not any(weights) or math.isclose(sum(weights), 100)
    assert found.quiz.consistency is None or found.quiz.consistency <= 100


@given(tables())
def test_the_order_of_attempts_says_nothing(
    drawn: tuple[list[list[Decimal | None]], list[int]],
) -> None:
    table, maxima = drawn
    assert analyse(table[::-1], maxima) == analyse(table, maxima)
