"""Which tries count, and what they come to."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.marking import CountedTries, MadeTry, counted
from quizzes.models import GradeBy

DAY = datetime(2026, 11, 1, tzinfo=UTC)


def made(*scores: str | None, most: int = 4) -> list[MadeTry]:
    """One try a day, from the first of the month."""
    return [
        MadeTry(at, None if score is None else Decimal(score), Decimal(most), _day(at))
        for at, score in enumerate(scores, start=1)
    ]


def _day(number: int) -> datetime:
    return DAY + timedelta(days=number - 1)


@pytest.mark.parametrize(
    ("grade_by", "scores", "numbers", "score"),
    [
        ("first", ["1", "4", "2"], (1,), "1"),
        ("best", ["1", "4", "2"], (2,), "4"),
        ("best", ["2", "4", "4"], (2,), "4"),
        ("last", ["1", "4", "2"], (3,), "2"),
        ("mean", ["1", "4", "2"], (1, 2, 3), "2.33"),
        ("mean", ["1"], (1,), "1"),
        # What waits for a mark: the best is the best of those that have one.
        ("best", ["1", None], (1,), "1"),
        ("best", [None, None], (1,), None),
        ("last", ["1", None], (2,), None),
        ("mean", ["1", None], (1, 2), None),
        ("first", [None, "4"], (1,), None),
    ],
)
def test_the_tries_that_count(
    grade_by: str, scores: list[str | None], numbers: tuple[int, ...], score: str | None
) -> None:
    found = counted(made(*scores), grade_by=grade_by)
    expected = None if score is None else Decimal(score)
    assert found == CountedTries(numbers, expected, Decimal(4))


@pytest.mark.parametrize(
    ("grade_by", "penalty", "scores", "numbers", "score"),
    [
        ("best", 10, ["3.75", "4"], (1,), "3.75"),  # 4 less 10 % are 3.6
        ("best", 10, ["3.50", "4"], (2,), "3.60"),
        ("last", 25, ["1", "2", "4"], (3,), "2"),
        ("last", 60, ["1", "2", "4"], (3,), "0"),  # and never less than nothing
        ("mean", 50, ["2", "4"], (1, 2), "2"),
        ("last", 10, ["1", "0.25"], (2,), "0.23"),  # 0.225: a half is rounded up
        ("mean", 0, ["0.02", "0.03"], (1, 2), "0.03"),
        ("first", 50, ["2", "4"], (1,), "2"),
    ],
)
def test_each_further_try_costs_the_penalty(
    grade_by: str, penalty: int, scores: list[str], numbers: tuple[int, ...], score: str
) -> None:
    found = counted(made(*scores), grade_by=grade_by, penalty=penalty)
    assert (found.numbers, found.score) == (numbers, Decimal(score))


@pytest.mark.parametrize(
    ("grade_by", "numbers", "score"),
    [("first", (1,), "1"), ("best", (2,), "2"), ("last", (2,), "2"), ("mean", (1, 2), "1.5")],
)
def test_what_comes_too_late_takes_the_place_of_nothing(
    grade_by: str, numbers: tuple[int, ...], score: str
) -> None:
    found = counted(made("1", "2", "4"), grade_by=grade_by, until=_day(2))
    assert (found.numbers, found.score) == (numbers, Decimal(score))
    # Where all of it came too late, the first is what there is.
    assert counted(made("1", "4"), grade_by=grade_by, until=_day(0)).numbers == (1,)


def test_a_mean_is_of_shares_where_tries_were_asked_for_other_points() -> None:
    tries = [MadeTry(1, Decimal(1), Decimal(2), DAY), MadeTry(2, Decimal(4), Decimal(4), DAY)]
    found = counted(tries, grade_by="mean")
    assert (found.score, found.max_score) == (Decimal(3), Decimal(4))


scores = st.lists(st.integers(0, 400).map(lambda cents: str(Decimal(cents) / 100)), min_size=1)


@given(scores, st.integers(0, 100), st.sampled_from(GradeBy.values))
def test_what_counts_is_between_nothing_and_all(
    found: list[str], penalty: int, grade_by: str
) -> None:
    result = counted(made(*found), grade_by=grade_by, penalty=penalty)
    assert result.score is not None
    assert 0 <= result.score <= result.max_score
    best = counted(made(*found), grade_by="best", penalty=penalty)
    assert best.score is not None
    assert best.score >= result.score or grade_by == "first"
    assert penalty or not result.is_reduced


@given(scores)
def test_the_order_in_which_they_are_given_is_none(found: list[str]) -> None:
    tries = made(*found)
    other = list(reversed(tries))
    for grade_by in GradeBy.values:
        assert counted(tries, grade_by=grade_by) == counted(other, grade_by=grade_by)
