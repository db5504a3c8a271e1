"""The measures of a document: the usual size, the distances of lines, the indent."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise, permutations

from documents.readers.pdf.characters import BOLD, ITALIC, MONO, Box
from documents.readers.pdf.lines import TextLine

# Indents of a first line, as a part of the size.
_LEAST_INDENT, _MOST_INDENT = 0.6, 5.0
# Of fewer lines nothing is known but that they stand no further apart than this.
_FEWEST_DISTANCES, _MOST_LEADING = 4, 1.6
# Columns of so many lines show where the text's sides are, on so many pages around.
_USUAL_LINES, _NEAR_PAGES = 5, 30
_WIDER = 1.35
# So many letters on a page are text; so many pages of one size have measures of their own.
_FEWEST_LETTERS, _FEWEST_PAGES = 400, 2
# How much of the usual distance parts two paragraphs.
PARTED = 1.22


@dataclass(slots=True)
class TextColumn:
    """Lines below each other, and the sides that they keep to."""

    page: int
    lines: list[TextLine]
    left: float
    right: float
    rules: tuple[Box, ...] = ()
    # Lines end at one place, and begin at many.
    ragged_start: bool = False

    @property
    def width(self) -> float:
        return max(self.right - self.left, 1.0)


@dataclass(slots=True)
class Measures:
    """`size` in points; `leading` by size; `indent` in parts of the size."""

    size: float = 10.0
    style: int = 0
    indent: float = 0.0
    leading: dict[float, float] = field(default_factory=dict)
    sizeless: bool = False

    def distance(self, size: float) -> float:
        """From baseline to baseline, for lines of this size."""
        known = self.leading.get(round(size, 1))
        if known:
            return known
        if self.size in self.leading:
            return max(self.leading[self.size] / self.size * size, 1.1 * size)
        return 1.2 * size


def columns_with_sides(
    parts: list[tuple[int, list[TextLine], tuple[Box, ...]]],
) -> list[TextColumn]:
    """Columns with the sides of their text, as this and other pages have them."""
    columns = [TextColumn(page, lines, *_sides(lines), rules) for page, lines, rules in parts]
    # A column of a few lines keeps to the sides of the column that others have there.
    usual: dict[int, list[TextColumn]] = defaultdict(list)
    for column in columns:
        if len(column.lines) >= _USUAL_LINES:
            usual[column.page].append(column)
    for column in columns:
        near = _alike(column, usual)
        if near is not None:
            column.left, column.right = min(column.left, near.left), max(column.right, near.right)
    _keep_apart(columns)
    for column in columns:
        column.ragged_start = _ragged_start(column.lines, column.left, column.right)
    for column in columns:
        if column.ragged_start:
            # No side is shared by many lines: the longest of them all shows it.
            alike = [one for one in columns if one.ragged_start and one.right == column.right]
            column.left = min(line.x0 for one in alike for line in one.lines)
    return columns


def _keep_apart(columns: list[TextColumn]) -> None:
    """Lines that stand beside a box end where it begins, however wide the text is elsewhere."""
    by_page: dict[int, list[TextColumn]] = defaultdict(list)
    for column in columns:
        if column.lines:
            by_page[column.page].append(column)
    for beside in by_page.values():
        for column, other in permutations(beside, 2):
            if column.lines[-1].y > other.lines[0].y or other.lines[-1].y > column.lines[0].y:
                continue
            left, right = _ends(column)
            begins, ends = _ends(other)
            # The sides of wider text lie beyond what stands here: they are another column's.
            if right <= begins < column.right or left >= ends > column.left:
                column.left, column.right = left, right


def _ends(column: TextColumn) -> tuple[float, float]:
    """How far its own lines reach."""
    return min(line.x0 for line in column.lines), max(line.x1 for line in column.lines)


def _alike(column: TextColumn, usual: dict[int, list[TextColumn]]) -> TextColumn | None:
    """The nearest page's column around this one; best on a page of the same side."""
    pages = range(column.page - _NEAR_PAGES, column.page + _NEAR_PAGES + 1)
    fits = [
        other
        for page in pages
        for other in usual.get(page, ())
        if other.left <= column.left + 3 and other.right >= column.right - 3
    ]
    if not fits:
        return None

    def distance(other: TextColumn) -> tuple[bool, int, int, bool]:
        apart = other.page - column.page
        wider = other.width > _WIDER * column.width
        return wider, apart % 2, abs(apart), other is not column

    best = min(fits, key=distance)
    if len(column.lines) >= _USUAL_LINES and best.width >= _WIDER * column.width:
        return None
    return best


def _sides(lines: list[TextLine]) -> tuple[float, float]:
    """The left side that several lines share, and the right one that most reach."""
    if not lines:
        return 0.0, 1.0
    lefts = Counter(round(line.x0) for line in lines)
    shared = [x for x, count in lefts.items() if count + lefts[x + 1] + lefts[x - 1] >= 2]
    left = min([x for x in shared if _weight(lefts, x) >= 0.08 * len(lines)] or list(lefts))
    # A heading may be wider than the text; it says nothing of where lines end.
    sizes = sorted(line.size for line in lines for _ in range(1 + len(line.text) // 10))
    usual = 1.06 * sizes[len(sizes) // 2]
    exact = min((line.x0 for line in lines if abs(line.x0 - left) <= 1.5), default=float(left))
    ends = [line.x1 for line in lines if line.size <= usual]
    return exact, max(ends or [line.x1 for line in lines])


def _ragged_start(lines: list[TextLine], left: float, right: float) -> bool:
    if len(lines) < 6:
        return False
    ends = sum(right - line.x1 < 0.5 * line.size for line in lines)
    starts = sum(line.x0 - left < 0.25 * line.size for line in lines)
    return ends > 0.75 * len(lines) and starts < 0.4 * len(lines)


def _weight(counts: Counter[int], x: int) -> int:
    return counts[x - 1] + counts[x] + counts[x + 1]


def measured(columns: list[TextColumn]) -> Measures:
    sizes: Counter[float] = Counter()
    styles: Counter[tuple[float, int]] = Counter()
    for column in columns:
        for line in column.lines:
            size = round(line.size, 1)
            for span in line.spans:
                sizes[size] += len(span.text)
                styles[size, span.style & (BOLD | ITALIC | MONO)] += len(span.text)
    if not sizes:
        return Measures()
    size = sizes.most_common(1)[0][0]
    own = Counter({style: n for (s, style), n in styles.items() if s == size})
    measures = Measures(size, own.most_common(1)[0][0])
    distances: dict[float, Counter[float]] = defaultdict(Counter)
    for column in columns:
        for a, b in pairwise(column.lines):
            if abs(a.size - b.size) < 0.1 and 0 < a.y - b.y < 3.2 * a.size:
                distances[round(a.size, 1)][round((a.y - b.y) * 2) / 2] += 1
    for one, counts in distances.items():
        # The nearest of the distances that come often: paragraphs stand apart.
        often = [d for d, n in counts.items() if n >= 0.25 * max(counts.values())]
        nearest = max(min(often), 0.9 * one)
        few = sum(counts.values()) < _FEWEST_DISTANCES
        measures.leading[one] = min(nearest, _MOST_LEADING * one) if few else nearest
    measures.indent = _indent(columns, measures)
    return measures


def _indent(columns: list[TextColumn], measures: Measures) -> float:
    """The indent of most first lines; 0 where paragraphs have none."""
    found: Counter[float] = Counter()
    for column in columns:
        for above, a, b in zip([None, *column.lines], column.lines, column.lines[1:], strict=False):
            if abs(a.size - measures.size) > 0.1 or abs(b.size - measures.size) > 0.1:
                continue
            if above is not None and abs(above.x0 - a.x0) < 0.3 * a.size:
                continue  # the last line of a quotation
            if above is not None and column.left + 0.3 * a.size < above.x0 < a.x0:
                continue  # what hangs below an item
            indent = (a.x0 - column.left) / a.size
            if _LEAST_INDENT <= indent <= _MOST_INDENT and abs(b.x0 - column.left) < 0.3 * a.size:
                found[round(indent * 4) / 4] += 1
    if not found:
        return 0.0
    best, count = found.most_common(1)[0]
    return best if count >= 2 else 0.0


def measured_by_page(columns: list[TextColumn], whole: Measures) -> dict[int, Measures]:
    """The measures of each page: those of all pages whose text has the same size.

    An appendix or a preface in another size has headings, indents and distances of its own.
    A size of a page or two is a title page's, or a table's, and shares the document's, `whole`.
    """
    letters: dict[int, Counter[float]] = defaultdict(Counter)
    for column in columns:
        for line in column.lines:
            letters[column.page][round(line.size, 1)] += len(line.text)
    usual = {
        page: sizes.most_common(1)[0][0]
        for page, sizes in letters.items()
        if sizes.total() >= _FEWEST_LETTERS
    }
    pages = Counter(usual.values())
    own = {
        size: measured([one for one in columns if usual.get(one.page) == size])
        for size, count in pages.items()
        if count >= _FEWEST_PAGES and size != whole.size
    }
    rest = whole
    if own:
        rest = measured([one for one in columns if usual.get(one.page) not in own])
    return {one.page: own.get(usual.get(one.page, 0.0), rest) for one in columns}
