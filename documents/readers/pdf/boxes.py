"""Boxes that stand beside the text: pictures with captions, and tables at its side.

Text flows around them, so that its lines are shorter as long as one stands there. A box is
told by that: above or below it lines reach from side to side, beside it they end, or begin,
where it stands; and its own lines are on baselines of their own, as no table's cells are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from documents.readers.pdf.box_lines import (
    AROUND,
    SAME_BASELINE,
    TextMeasure,
    alike,
    is_box,
    is_text,
    lines_beside,
    measure_around,
    rows_of,
    widen_left,
    widen_right,
    without_text_lines,
)
from documents.readers.pdf.characters import Box
from documents.readers.pdf.runs import TextRun

# Between a box and the text there is at least this much white, as a part of the size.
_WHITE = 0.4
# Lines beside each other are closer than two lines of a text are.
_BESIDE = 0.95
# What stands further below is another box.
_APART = 3.0
# The longest of a few whole lines may end this far short of the column's side.
_SLACK = 1.5
_MOST_BOXES = 40


@dataclass(slots=True)
class FloatingBox:
    """A box, where it stands, and the run of the text beside its top.

    `runs` are empty where a picture has no words.
    """

    runs: list[TextRun]
    beside: TextRun
    page: int
    place: Box
    pictures: list[Box]

    def holds(self, rule: Box) -> bool:
        """Whether a rule is drawn within or around it; its frame may reach to the column's side."""
        white = 2 * AROUND * self.beside.size
        place = self.place
        beside = rule.x1 < place.x0 or rule.x0 > place.x1
        if beside or not place.y0 - white <= rule.y0 <= place.y1 + white:
            return False
        return rule.x0 >= place.x0 - white or rule.x1 <= place.x1 + white


def without_boxes(
    runs: list[TextRun], page: int, pictures: Iterable[Box] = ()
) -> tuple[list[TextRun], list[FloatingBox]]:
    """A page's runs but for those of boxes beside the text, and the boxes.

    The sides of the lines beside a box become those that they would have without it: what
    is known of a line's end by the column's then holds for them too.
    """
    boxes: list[FloatingBox] = []
    finder = _BoxFinder(runs, page, list(pictures))
    while len(boxes) < _MOST_BOXES:
        # On the right first: then what is left of the text ends where its lines do.
        found = finder.next_box("right") or finder.next_box("left")
        if found is None:
            break
        boxes.append(found)
    taken = {id(run): box for box in boxes for run in box.runs}
    for box in boxes:
        # What it stood beside was itself found to be a box, later.
        while id(box.beside) in taken:
            box.beside = taken[id(box.beside)].beside
    return [run for run in runs if id(run) not in taken], boxes


def beside_each_other(box: FloatingBox) -> list[FloatingBox]:
    """The boxes that stand in a row where one was found, from left to right.

    Each has its own picture, or lines of its own; a table's columns share theirs.
    """
    things: list[TextRun | Box] = [*box.runs, *box.pictures]
    groups: list[tuple[list[TextRun], list[Box]]] = []
    end = float("-inf")
    for thing in sorted(things, key=lambda one: one.x0):
        if thing.x0 > end:
            groups.append(([], []))
        if isinstance(thing, TextRun):
            groups[-1][0].append(thing)
        else:
            groups[-1][1].append(thing)
        end = max(end, thing.x1)
    pictured = all(pictures for _, pictures in groups)
    rows = [[row[0].y for row in rows_of(runs)] for runs, _ in groups]
    shared = any(
        abs(y - other) <= SAME_BASELINE * box.beside.size
        for ys, others in pairwise(rows)
        for y in ys
        for other in others
    )
    if len(groups) < 2 or (shared and not pictured):
        return [box]
    return [replace(box, runs=runs, pictures=pictures) for runs, pictures in groups]


class _BoxFinder:
    def __init__(self, runs: list[TextRun], page: int, pictures: list[Box]) -> None:
        self.page = page
        self.runs = sorted(runs, key=lambda run: run.y)
        self.pictures = pictures

    def next_box(self, side: str) -> FloatingBox | None:
        """Takes one box out, and widens the lines beside it."""
        self.ys = [run.y for run in self.runs]
        for x, y in self._edges(side):
            found = self._box_at(x, y, side)
            if found is not None:
                return found
        return None

    def _between(self, low: float, high: float) -> list[TextRun]:
        return self.runs[bisect_left(self.ys, low) : bisect_right(self.ys, high)]

    def _edges(self, side: str) -> list[tuple[float, float]]:
        """Where what stands beside something else on other baselines begins, and at what height."""
        found: set[tuple[float, float]] = set()
        for run in self.runs:
            reach = _BESIDE * run.size
            for other in self._between(run.y - reach, run.y + reach):
                white = run.x0 - other.x1
                on_one_line = abs(run.y - other.y) <= SAME_BASELINE * run.size
                if white < _WHITE * run.size or (on_one_line and alike(run.size, other.size)):
                    continue
                found.add((run.x0, run.y))
                # The widest line of a box need not be one of those.
                near = self._between(run.y - _APART * run.size, run.y + _APART * run.size)
                found |= {(r.x0, run.y) for r in near if other.x1 < r.x0 < run.x0}
        for box in self.pictures:
            middle = (box.y0 + box.y1) / 2
            if side == "right":
                found.add((box.x0, middle))
            else:
                rows = self._between(box.y0, box.y1)
                found |= {(r.x0, middle) for r in rows if r.x0 > box.x1}
        return sorted(found)

    def _box_at(self, x: float, y: float, side: str) -> FloatingBox | None:
        """The box whose edge, or that of the text beside it, is at `x`, and which stands at `y`."""
        whole = [run for run in self.runs if run.x0 < x - 1 and run.x1 > x + 1]
        top = min((run.y for run in whole if run.y > y), default=float("inf"))
        bottom = max((run.y for run in whole if run.y <= y), default=float("-inf"))
        band = [run for run in self._between(bottom, top) if bottom < run.y < top]
        left = [run for run in band if run.x1 <= x + 1]
        right = [run for run in band if run.x0 >= x - 1]
        on_right = side == "right"
        measure = measure_around(whole, left if on_right else right, bottom, top)
        if measure is None:
            return None
        slack = _SLACK * measure.size
        left = [run for run in left if run.x0 >= measure.left - slack]
        right = [run for run in right if run.x1 <= measure.right + slack]
        text, other = (left, right) if on_right else (right, left)
        sides = (x, measure.right) if on_right else (measure.left, x)
        place = self._place(other, y, sides, measure.size)
        if place is None:
            return None
        box = self._told(place, text, whole, measure)
        if box is not None:
            widen = widen_right if on_right else widen_left
            widen(text, lines_beside(place[0], text, measure), box.place, measure)
            self._take(box)
        return box

    def _told(
        self,
        place: tuple[Box, list[TextRun], list[Box]],
        text: list[TextRun],
        whole: list[TextRun],
        measure: TextMeasure,
    ) -> FloatingBox | None:
        """What stands beside a text as a box, if it is one and the text is a text."""
        box, runs, pictures = place
        beside = lines_beside(box, text, measure)
        if not is_text(beside, measure):
            return None
        runs = without_text_lines(runs, beside, measure)
        if not pictures and not is_box(runs, beside, text, whole, measure):
            return None
        below = [run for run in beside if run.y < box.y1] or beside
        first = max(below, key=lambda run: (run.y, -run.x0))
        return FloatingBox(runs, first, self.page, box, pictures)

    def _take(self, box: FloatingBox) -> None:
        taken = {id(run) for run in box.runs}
        self.runs = [run for run in self.runs if id(run) not in taken]
        self.pictures = [one for one in self.pictures if one not in box.pictures]

    def _place(
        self, runs: list[TextRun], y: float, sides: tuple[float, float], size: float
    ) -> tuple[Box, list[TextRun], list[Box]] | None:
        """What stands together at `y`: where it is, its runs and its pictures."""
        slack = _SLACK * size
        boxes: list[tuple[Box, TextRun | None]] = [(_around(run), run) for run in runs]
        boxes += [
            (one, None)
            for one in self.pictures
            if one.x0 >= sides[0] - slack and one.x1 <= sides[1] + slack
        ]
        boxes.sort(key=lambda pair: _distance(pair[0], y))
        if not boxes or _distance(boxes[0][0], y) > _APART * size:
            return None
        whole = boxes[0][0]
        taken: list[TextRun] = []
        pictures: list[Box] = []
        for box, run in boxes:
            if box.y1 < whole.y0 - _APART * size or box.y0 > whole.y1 + _APART * size:
                continue
            whole = _around_both(whole, box)
            if run is None:
                pictures.append(box)
            else:
                taken.append(run)
        return whole, taken, pictures


def _around(run: TextRun) -> Box:
    return Box(run.x0, run.y - 0.25 * run.size, run.x1, run.y + 0.75 * run.size)


def _around_both(one: Box, other: Box) -> Box:
    return Box(
        min(one.x0, other.x0),
        min(one.y0, other.y0),
        max(one.x1, other.x1),
        max(one.y1, other.y1),
    )


def _distance(box: Box, y: float) -> float:
    return max(box.y0 - y, y - box.y1, 0.0)
