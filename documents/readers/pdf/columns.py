"""Which runs of a page stand in one column, and in what order columns are read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from statistics import median

from documents.readers.pdf.lines import TextLine
from documents.readers.pdf.runs import TextRun

# Between columns there is at least this much white, as a part of the size.
_GUTTER = 0.6
_CLOSE = 10.0
_TWO_ROWS = 2.5
# So many lines stand beside each other, at least, where there are columns.
_FEWEST = 3
# Lines of a column hold so many letters, cells of a table fewer.
_FEWEST_LETTERS = 16
_FEWEST_WIDE_LETTERS = 8
# Columns within columns: four in all.
_DEEPEST = 2
_MOST_TRIES = 8


def columns_of(runs: list[TextRun], depth: int = 0) -> list[list[TextRun]]:
    """The runs of each column, in reading order.

    A line across the gutter ends the columns above it and begins new ones below.
    """
    if depth > _DEEPEST or len(runs) < 2 * _FEWEST:
        return [runs] if runs else []
    for x in _gutters(runs):
        bands = _bands(runs, x)
        if not any(_are_columns(left, right) for left, right, _ in bands):
            continue
        out: list[list[TextRun]] = []
        for left, right, across in bands:
            if across:
                out.append(across)
            if left and right and _are_columns(left, right):
                out += [*columns_of(left, depth + 1), *columns_of(right, depth + 1)]
            elif left or right:
                out.append([*left, *right])
        return [part for whole in _rejoined(out) for part in [whole]]
    return [runs]


def close_up(columns: list[list[TextLine]]) -> None:
    """Closes the rows between lines of letters in rows that are another column's.

    Where columns are set apart by part of a line, a program writes them in turn:
    a row of one, a row of the other. Verse and quotations, lines on one indent,
    are pulled apart also by the closer lines of notes beside them.
    """
    rows: Counter[float] = Counter(line.y for lines in columns for line in lines)
    heights = sorted(rows)
    for lines in columns:
        places = [(line.x0, line.y) for line in lines]
        left = min(line.x0 for line in lines)
        step = 0.0
        for line, (x0, above), (x1, y) in zip(lines[1:], places, places[1:], strict=False):
            between = heights[bisect_right(heights, y) : bisect_left(heights, above)]
            one = rows[y] == rows[above] == 1 or x0 == x1 > left + line.size
            if len(between) == 1 and one and above - y <= _TWO_ROWS * line.size:
                step += between[0] - y
            line.y += step


def _rejoined(parts: list[list[TextRun]]) -> list[list[TextRun]]:
    return [part for part in parts if part]


def _gutters(runs: list[TextRun]) -> list[float]:
    """Where most runs have white beside them, best first."""
    rows = sorted(runs, key=lambda r: r.y)
    ys = [run.y for run in rows]
    gaps: list[tuple[float, float]] = []
    for run in rows:
        low = bisect_left(ys, run.y - 0.65 * run.size)
        high = bisect_left(ys, run.y + 0.65 * run.size)
        right = [r.x0 for r in rows[low:high] if r.x0 > run.x1]
        if right and min(right) - run.x1 >= _GUTTER * run.size:
            gaps.append((run.x1, min(right)))
    if len(gaps) < _FEWEST:
        return []
    # The middle of the white that most gaps share.
    edges = sorted([(a, 1) for a, _ in gaps] + [(b, -1) for _, b in gaps])
    found: list[tuple[int, float]] = []
    count = 0
    for (x, step), (after, _) in zip(edges, [*edges[1:], edges[-1]], strict=True):
        count += step
        if step == 1 and count >= _FEWEST and after > x:
            # Lines begin at one place and end at many: close to where they begin.
            found.append((count, max((x + after) / 2, after - _CLOSE)))
    found.sort(reverse=True)
    return [x for _, x in found[:_MOST_TRIES]]


_Band = tuple[list[TextRun], list[TextRun], list[TextRun]]


def _bands(runs: list[TextRun], x: float) -> list[_Band]:
    """From the top: what stands left and right of `x`, below what crosses it."""
    bands: list[_Band] = []
    for run in sorted(runs, key=lambda r: (-r.y, r.x0)):
        crosses = run.x0 < x - 1 and run.x1 > x + 1
        if not bands or (crosses and (bands[-1][0] or bands[-1][1])):
            bands.append(([], [], []))
        left, right, across = bands[-1]
        if crosses or (across and _beside(run, across)):
            across.append(run)
        elif run.x1 <= x + 1:
            left.append(run)
        else:
            right.append(run)
    return [_trimmed(band) for band in bands]


def _beside(run: TextRun, across: Iterable[TextRun]) -> bool:
    return any(abs(run.y - r.y) <= 0.65 * max(run.size, r.size) for r in across)


def _trimmed(band: _Band) -> _Band:
    """What stands left above the first line on the right belongs to what crosses."""
    left, right, across = band
    if not across or not right:
        return (left, right, across) if right else ([], [], [*across, *left])
    top = max(r.y + 0.7 * r.size for r in right)
    return [r for r in left if r.y <= top], right, [*across, *(r for r in left if r.y > top)]


def _are_columns(left: list[TextRun], right: list[TextRun]) -> bool:
    """Whether both sides are lines of text, and not cells of a table."""
    return _is_text(left) and _is_text(right)


def _is_text(runs: list[TextRun]) -> bool:
    rows: list[list[TextRun]] = []
    for run in sorted(runs, key=lambda r: -r.y):
        if rows and abs(rows[-1][0].y - run.y) <= 0.5 * run.size:
            rows[-1].append(run)
        else:
            rows.append([run])
    if len(rows) < 2:
        return False
    letters = median(sum(len(r.text) for r in row) for row in rows)
    wide = sum(c > "\u2e80" for run in runs for c in run.text) > 0.5 * sum(
        len(r.text) for r in runs
    )
    return letters >= (_FEWEST_WIDE_LETTERS if wide else _FEWEST_LETTERS)
