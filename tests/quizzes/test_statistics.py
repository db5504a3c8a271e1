"""The figures: their definitions, and when they say nothing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.statistics import MIN_ATTEMPTS, facility, percent


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(0, 0, 0), (0, 7, 0), (7, 7, 100), (1, 3, 33), (2, 3, 67), (1, 8, 13), (1, 200, 1)],
)
def test_percent_is_rounded_half_up(part: int, whole: int, expected: int) -> None:
    assert percent(part, whole) == expected


def test_facility_is_the_mean_mark() -> None:
    assert facility([Decimal(1)] * 6 + [Decimal(0)] * 4, 1) == 60
    assert facility([Decimal("0.5")] * 10, 1) == 50
    assert facility([Decimal(2)] * 10, 4) == 50


def test_too_few_attempts_have_no_facility() -> None:
    assert facility([Decimal(1)] * (MIN_ATTEMPTS - 1), 1) is None
    assert facility([], 1) is None


@given(st.lists(st.decimals(0, 3, places=2), min_size=10, max_size=40))
def test_facility_is_a_percentage(marks: list[Decimal]) -> None:
    found = facility(marks, 3)
    assert found is not None
    assert 0 <= found <= 100
