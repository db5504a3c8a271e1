"""Goals that were missed are told, and no others."""

from scripts.bench.report import Figure, Row, at_most, missed, table
from scripts.bench.wrk import Timing

QUICK = Timing(rate=1000, p50=1.0, p99=3.0, requests=5000)
UNEVEN = Timing(rate=100, p50=1.0, p99=5.0, requests=500, errors=2)
R0 = Row("R0", UNEVEN, 1.0, 1.0, is_bare=True)


def test_table() -> None:
    lines = list(
        table([Row("page", QUICK, 0.1, 0.12, goal=0.1), Row("slow", QUICK, 0.05, None)], 0.2)
    )
    assert lines[2:] == [
        "| page | 1,000 | 10.0% | 50% | 12.0% | 10% of R0 | 1.00 | 3.00 | 3.0 | 0 |",
        "| slow | 1,000 | 5.0% | 25% |  |  | 1.00 | 3.00 | 3.0 | 0 |",
    ]


def test_row_below_its_goal_says_so() -> None:
    row = Row("page", QUICK, 0.0994, None, goal=0.1)
    assert "10% of R0, missed" in list(table([row], 0.2))[2]
    assert missed([row], []) == ["page: 9.9% of R0 (goal 10%)"]


def test_errors_and_an_uneven_page_are_missed_goals() -> None:
    assert missed([Row("page", UNEVEN, 1.0, None)], []) == [
        "page: 2 errors (goal 0)",
        "page: p99 is 5.0 times p50 (goal 4)",
    ]


def test_the_bare_views_have_no_goal_of_spread() -> None:
    assert missed([Row("R0", QUICK, 1.0, 1.0, is_bare=True)], []) == []
    assert missed([R0], []) == ["R0: 2 errors (goal 0)"]


def test_figures() -> None:
    good = at_most("queries", 8, 8)
    bad = at_most("its weight", 24.359, 15, " kB", "gzip")
    assert good == Figure("queries: 8 (goal at most 8)", met=True)
    assert bad == Figure("its weight: 24.36 kB (goal at most 15 kB; gzip)", met=False)
    assert missed([], [good, Figure("no goal"), bad]) == [bad.text]
