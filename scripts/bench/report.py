"""How the figures are told: a table of rates, lines of ratios, and which goals were missed."""

from collections.abc import Iterator
from dataclasses import dataclass

from scripts.bench.wrk import Timing

SPREAD_GOAL = 4.0  # p99 at most so many times p50


@dataclass(frozen=True)
class Row:
    """One line of the table, compared with R0 in the same minute: by rate, and by processor time.

    On a quiet machine the two are alike; where they differ, other work had a part of it.
    """

    name: str
    timing: Timing
    of_r0: float
    by_processor: float | None
    goal: float | None = None  # of R0, at least
    is_bare: bool = False  # R0 itself and R: their spread is the server's


@dataclass(frozen=True)
class Figure:
    """One line below the table, and whether its goal was reached (None: it has no goal)."""

    text: str
    met: bool | None = None


def at_most(name: str, value: float, goal: float, unit: str = "", detail: str = "") -> Figure:
    """A figure that is good when it is small."""
    more = f"; {detail}" if detail else ""
    text = f"{name}: {_number(value)}{unit} (goal at most {_number(goal)}{unit}{more})"
    return Figure(text, value <= goal)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.2f}"


def table(rows: list[Row], of_r: float) -> Iterator[str]:
    """Yield the table; `of_r` is R's own part of R0."""
    yield (
        "| page | answers/s | of R0 | of R | by processor time | goal "
        "| p50 ms | p99 ms | p99/p50 | errors |"
    )
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    for row in rows:
        timing = row.timing
        by_processor = "" if row.by_processor is None else f"{row.by_processor:.1%}"
        compared = f"{row.of_r0 / of_r:.0%}" if row.of_r0 <= of_r else ""
        yield (
            f"| {row.name} | {timing.rate:,.0f} | {row.of_r0:.1%} | {compared} | {by_processor} "
            f"| {_goal(row)} | {timing.p50:.2f} | {timing.p99:.2f} | {timing.spread:.1f} "
            f"| {timing.errors} |"
        )


def _goal(row: Row) -> str:
    if row.goal is None:
        return ""
    return f"{row.goal:.0%} of R0{'' if row.of_r0 >= row.goal else ', missed'}"


def missed(rows: list[Row], figures: list[Figure]) -> list[str]:
    """Return the names of what did not reach its goal."""
    found = []
    for row in rows:
        if row.goal and row.of_r0 < row.goal:
            found.append(f"{row.name}: {row.of_r0:.1%} of R0 (goal {row.goal:.0%})")
        if row.timing.errors:
            found.append(f"{row.name}: {row.timing.errors} errors (goal 0)")
        spread = row.timing.spread
        if not row.is_bare and spread > SPREAD_GOAL:
            found.append(f"{row.name}: p99 is {spread:.1f} times p50 (goal {SPREAD_GOAL:.0f})")
    return found + [figure.text for figure in figures if figure.met is False]
