"""From figures to a total: tables worked out by hand, and a slow recount of whatever comes."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from gradebook.book import Loaded
from gradebook.columns import ColumnSource
from gradebook.models import ColumnKind, GivenMark, Gradebook, GradeColumn
from gradebook.scheme import Category, ColumnSettings, Scheme
from gradebook.weighing import (
    WeighedShare,
    percent,
    plain,
    rounded,
    weigh_category,
    weigh_total,
)
from seminars.models import Membership


def shares(*points: str | None, of: int = 10) -> list[WeighedShare]:
    """Figures of ten points each, None where there is none."""
    return [
        WeighedShare(place, Fraction(Decimal(one)) / of, Fraction(of))
        for place, one in enumerate(points)
        if one is not None
    ]


# The sketch of the design: its rows, its figures.
@pytest.mark.parametrize(
    ("checkpoints", "quizzes", "participation", "total"),
    [
        (("9", "8", "9"), ("17", "11"), "9", "84.0"),
        (("10", "8", None), ("17", "14"), "7", "82.6"),
        ((None, None, "7"), (None, None), None, "70.0"),
        (("7", "10", None), ("19", "16"), "5", "80.1"),
        (("8", "7", "9"), ("11", "13"), "7", "73.6"),
    ],
)
def test_the_rows_of_the_sketch(
    checkpoints: tuple[str | None, ...],
    quizzes: tuple[str | None, ...],
    participation: str | None,
    total: str,
) -> None:
    found = [
        weigh_category(shares(*checkpoints), drop_lowest=1, drop_from=3).share,
        weigh_category(shares(*quizzes, of=20)).share,
        weigh_category(shares(participation, of=9)).share,
    ]
    whole = weigh_total(zip(found, map(Fraction, (30, 30, 15)), strict=True))
    assert whole is not None
    assert percent(whole) == total


def test_columns_weigh_as_they_are_told_to() -> None:
    figures = [
        WeighedShare("a", Fraction(1, 2), Fraction(1)),
        WeighedShare("b", Fraction(1), Fraction(3)),
    ]
    assert weigh_category(figures).share == Fraction(7, 8)
    free = [WeighedShare("a", Fraction(1, 2), Fraction(0))]
    assert weigh_category(free).share is None


def test_of_equals_the_heavier_goes_then_the_later_and_one_always_stays() -> None:
    figures = [
        WeighedShare("a", Fraction(1, 2), Fraction(1)),
        WeighedShare("b", Fraction(1, 2), Fraction(3)),
        WeighedShare("c", Fraction(1, 2), Fraction(3)),
    ]
    assert weigh_category(figures, drop_lowest=1).dropped == {"c"}
    assert weigh_category(figures, drop_lowest=2).dropped == {"b", "c"}
    assert weigh_category(figures, drop_lowest=9).dropped == {"b", "c"}
    assert not weigh_category(figures[:1], drop_lowest=9).dropped
    assert not weigh_category(figures, drop_lowest=1, drop_from=4).dropped


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(1, 8), "12.5"),
        (Fraction(2449, 20000), "12.2"),
        (Fraction(245, 2000), "12.3"),  # 12.25: half up, and not to the even one
        (Fraction(2, 3), "66.7"),
        (Fraction(0), "0.0"),
        (Fraction(1), "100.0"),
        (Fraction(11, 10), "110.0"),
    ],
)
def test_percents_are_rounded_once_half_up(value: Fraction, shown: str) -> None:
    assert percent(value) == shown


def test_points_have_no_more_places_than_they_need() -> None:
    assert [plain(Fraction(one)) for one in ("7", "7.5", "0", "10", "0.05")] == [
        *("7", "7.5", "0", "10", "0.05")
    ]
    assert plain(Fraction(20, 3)) == "6.67"
    assert plain(Fraction(1, 200)) == "0.01"
    assert rounded(Fraction(-41, 10), 1) == "-4.1"


@given(st.fractions(min_value=-1000, max_value=1000, max_denominator=10**6), st.integers(0, 4))
def test_rounding_is_that_of_decimals(value: Fraction, places: int) -> None:
    whole = abs(value) * 10**places
    nearest = min((abs(whole - one), -one) for one in (int(whole), int(whole) + 1))
    if value >= 0:
        assert Fraction(rounded(value, places)) == Fraction(-nearest[1], 10**places)


# --- Whatever comes ------------------------------------------------------------------------------
points_of = st.none() | st.decimals(0, 12, places=2, allow_nan=False)
column_settings = st.builds(
    ColumnSettings,
    category=st.sampled_from([None, 1, 2, 3, 99]),
    counts=st.booleans(),
    weight=st.none() | st.decimals(0, 9, places=2),
    maximum=st.none() | st.decimals("0.5", 20, places=2),
)
category_settings = st.tuples(st.decimals(0, 60, places=2), st.integers(0, 3), st.integers(1, 5))


def slow_total(
    columns: list[tuple[ColumnSettings, bool, Decimal | None]],
    categories: list[tuple[Decimal, int, int]],
) -> Fraction | None:
    """The total once more, with nothing of the package's own: by hand, as one would on paper."""
    above, below = Fraction(0), Fraction(0)
    for number, (weight, drop, once) in enumerate(categories, start=1):
        figures = []
        for place, (settled, is_released, points) in enumerate(columns):
            if settled.category != number or not settled.counts or not is_released:
                continue
            if points is None:
                continue
            most = settled.maximum or Decimal(10)
            weighs = most if settled.weight is None else settled.weight
            figures.append((Fraction(points) / Fraction(most), -Fraction(weighs), -place))
        figures.sort()
        if len(figures) >= once:
            for _ in range(drop):
                if len(figures) > 1:
                    figures.pop(0)
        whole = -sum((one[1] for one in figures), Fraction(0))
        if whole:
            share = -sum((one[0] * one[1] for one in figures), Fraction(0)) / whole
            above += share * Fraction(weight)
            below += Fraction(weight)
    return above / below if below else None


def book_by_hand(columns: list[tuple[ColumnSettings, bool, Decimal | None]]) -> Loaded:
    """A gradebook of marks by hand for one person, with nothing in any database."""
    keys = range(1, len(columns) + 1)
    member = Membership(pk=1, joined_at=timezone.now(), role="participant")
    return Loaded(
        gradebook=Gradebook(),
        members=[member],
        sources=[
            ColumnSource(f"own-{pk}", ColumnKind.BY_HAND, pk, f"Column {pk}", "", Fraction(10))
            for pk in keys
        ],
        rows={f"own-{pk}": GradeColumn(pk=pk, kind="by_hand") for pk in keys},
        work={},
        given={
            (pk, 1): GivenMark(points=points)
            for pk, (_settled, _released, points) in zip(keys, columns, strict=True)
        },
        now=timezone.now(),
    )


@given(
    st.lists(st.tuples(column_settings, st.booleans(), points_of), max_size=9),
    st.lists(category_settings, min_size=3, max_size=3),
)
def test_whatever_comes_the_total_is_that_of_a_slow_recount(
    columns: list[tuple[ColumnSettings, bool, Decimal | None]],
    categories: list[tuple[Decimal, int, int]],
) -> None:
    scheme = Scheme(
        [
            Category(number, f"Category {number}", weight, drop, once)
            for number, (weight, drop, once) in enumerate(categories, start=1)
        ],
        {f"own-{pk}": settled for pk, (settled, _r, _p) in enumerate(columns, start=1)},
    )
    released = {f"own-{pk}" for pk, (_s, told, _p) in enumerate(columns, start=1) if told}
    book = book_by_hand(columns).book(scheme, released)
    assert book.rows[0].total == slow_total(columns, categories)
    for key, figure in book.rows[0].figures.items():
        # What is not released changes nothing of what is.
        category = figure.column.category
        told = {one.category.pk for one in book.rows[0].categories if one.is_released}
        assert not figure.is_dropped or key in released or category not in told
