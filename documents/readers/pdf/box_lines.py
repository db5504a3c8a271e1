"""The lines of a text beside a box: told from the box, and given the sides of whole lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from documents.readers.pdf.characters import Box
from documents.readers.pdf.runs import TextRun

# Between the text and a box beside it there is no more white than this, in parts of the size.
_MARGIN = 2.5
# Baselines that are not the same are further apart than this.
SAME_BASELINE = 0.12
# How far a box reaches beyond its words.
AROUND = 1.0
# Lines above and below a box may be parted from those beside it as paragraphs are.
_APART = 3.0
_SAME_SIZE = 0.06
# A full line ends no further than this from where lines end: no word would have fitted.
_FULL = 4.0
_SMALLER = 0.97
# So many whole lines show where the text's sides are; they are this near, in lines.
_WHOLE_LINES, _NEAR = 8, 14.0
_FEWEST_ROWS = 2
# Lines beside a box have so many letters, and so much of the measure.
_FEWEST_LETTERS = 8
_NARROWEST = 0.2
# And lines in a box so many.
_FEWEST_OWN_LETTERS = 4


class TextMeasure(NamedTuple):
    """The sides between which whole lines stand, and their size."""

    left: float
    right: float
    size: float


def _size(runs: Iterable[TextRun]) -> float:
    letters: Counter[float] = Counter()
    for run in runs:
        letters[run.size] += len(run.text)
    return letters.most_common(1)[0][0]


def alike(size: float, other: float) -> bool:
    return abs(size - other) <= _SAME_SIZE * other


def measure_around(
    whole: list[TextRun], text: list[TextRun], bottom: float, top: float
) -> TextMeasure | None:
    """The measure that lines of the text's size have above and below."""
    if not text or not whole:
        return None
    size = _size(text)
    of_size = [run for run in whole if alike(run.size, size)]
    above = sorted((run for run in of_size if run.y >= top), key=lambda run: run.y)
    below = sorted((run for run in of_size if run.y <= bottom), key=lambda run: -run.y)
    lines = [
        run
        for near in (above[:_WHOLE_LINES], below[:_WHOLE_LINES])
        for run in near
        if abs(run.y - near[0].y) < _NEAR * size
    ]
    if not lines:
        return None
    return TextMeasure(min(run.x0 for run in lines), max(run.x1 for run in lines), size)


def lines_beside(box: Box, text: list[TextRun], measure: TextMeasure) -> list[TextRun]:
    """The text's lines, without what is raised, that stand beside a box and its white."""
    white = AROUND * measure.size
    return [
        run
        for run in text
        if run.size >= _SMALLER * measure.size
        and box.y0 - white < run.y + 0.7 * run.size
        and box.y1 + white > run.y
    ]


def rows_of(runs: Iterable[TextRun]) -> Iterator[list[TextRun]]:
    """Runs on one baseline, from the top."""
    row: list[TextRun] = []
    for run in sorted(runs, key=lambda run: (-run.y, run.x0)):
        if row and row[0].y - run.y > SAME_BASELINE * run.size:
            yield row
            row = []
        row.append(run)
    if row:
        yield row


def is_text(beside: list[TextRun], measure: TextMeasure) -> bool:
    """Whether lines beside a box are a text's, and not the marks of a list or a table's cells."""
    rows = [sum(len(run.text) for run in row) for row in rows_of(beside)]
    if len(rows) < _FEWEST_ROWS or not alike(_size(beside), measure.size):
        return False
    wide = max(run.x1 for run in beside) - min(run.x0 for run in beside)
    return median(rows) >= _FEWEST_LETTERS and wide >= _NARROWEST * (measure.right - measure.left)


def _leading(beside: list[TextRun], size: float) -> float:
    ys = [row[0].y for row in rows_of(beside)]
    steps = [a - b for a, b in pairwise(ys) if a - b > 0.9 * size]
    return min(steps, default=1.2 * size)


def without_text_lines(
    runs: list[TextRun], beside: list[TextRun], measure: TextMeasure
) -> list[TextRun]:
    """Without the text's own short lines above and below a box: nothing stands beside them."""
    near = 0.75 * _leading(beside, measure.size)
    return [
        run
        for run in runs
        if not alike(run.size, measure.size)
        or any(abs(run.y - other.y) <= near for other in beside)
    ]


def is_box(
    runs: list[TextRun],
    beside: list[TextRun],
    text: list[TextRun],
    whole: list[TextRun],
    measure: TextMeasure,
) -> bool:
    """Whether runs without a picture are a box: of another type than the text, or on other lines.

    One of both may be by chance; then the box must stand within a paragraph.
    """
    own = list(rows_of(runs))
    letters = [sum(c.isalnum() for run in row for c in run.text) for row in own]
    # The marks of a list and the numbers of verses are no box.
    if len(own) < _FEWEST_ROWS or median(letters) < _FEWEST_OWN_LETTERS:
        return False
    ys = [row[0].y for row in rows_of(beside)]
    apart = sum(min(abs(row[0].y - y) for y in ys) > SAME_BASELINE * measure.size for row in own)
    on_other_lines = apart * 2 > len(own)
    smaller = _size(runs) <= _SMALLER * measure.size
    if on_other_lines and smaller:
        return True
    return (on_other_lines or smaller) and _goes_on(beside, text, whole, measure)


def _goes_on(
    beside: list[TextRun], text: list[TextRun], whole: list[TextRun], measure: TextMeasure
) -> bool:
    """Whether a whole line stands right above or below the lines beside a box."""
    most = 1.1 * _leading(beside, measure.size)
    low, high = min(run.y for run in beside), max(run.y for run in beside)
    # The white around a box makes lines shorter, too.
    low = min((run.y for run in text if 0 < low - run.y <= most), default=low)
    return any(0 < run.y - high <= most or 0 < low - run.y <= most for run in whole)


def widen_right(text: list[TextRun], beside: list[TextRun], box: Box, measure: TextMeasure) -> None:
    """Gives lines the room to the column's side that they have to the box."""
    end = max(max(run.x1 for run in beside), box.x0 - _MARGIN * measure.size)
    by = measure.right - end
    for row in rows_of(_with_narrow(text, beside, end, measure.size)):
        last = max(row, key=lambda run: run.x1)
        last.x1 += by


def _with_narrow(
    text: list[TextRun], beside: list[TextRun], end: float, size: float
) -> list[TextRun]:
    """And the lines above and below them that end there, too: beside a drawing, or its white."""
    taken = {id(run) for run in beside}
    out = list(beside)
    low, high = min(run.y for run in beside), max(run.y for run in beside)
    rest = [run for run in text if id(run) not in taken and alike(run.size, size)]
    for up in (1, -1):
        waiting: list[TextRun] = []
        at = high if up > 0 else low
        for run in sorted(rest, key=lambda run: up * run.y):
            step = up * (run.y - at)
            if step <= 0:
                continue
            if step > _APART * size or run.x1 > end + 1:
                break
            at = run.y
            waiting.append(run)
            # A short line is one of them if a full one follows.
            if run.x1 > end - _FULL * size:
                out += waiting
                waiting = []
    return out


def widen_left(text: list[TextRun], beside: list[TextRun], _box: Box, measure: TextMeasure) -> None:
    """Lets lines begin at the column's side, with the room that they leave."""
    start = min(run.x0 for run in beside)
    by = start - measure.left
    low, high = min(run.y for run in beside), max(run.y for run in beside)
    size = measure.size
    lines = [run for run in text if low - 2 * size < run.y < high + 2 * size]
    for row in rows_of(lines):
        last = max(row, key=lambda run: run.x1)
        for run in row:
            run.x0 -= by
            # A raised number ends no line.
            if run is not last or run.size < _SMALLER * size:
                run.x1 -= by
