"""Running headers and footers: rows that belong to a page by their place, and by coming back."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from documents.readers.pdf.runs import TextRun

# A head or foot has so many rows at most.
_MOST_ROWS = 3
_LONGEST = 120
# A row that nothing explains, between two that are of the page, is no longer.
_LONGEST_ODD = 12
# On so many pages, unless there are fewer.
_FEWEST_PAGES = 3
# Rows at the same height, in points.
_SAME_HEIGHT = 4.0
# White between a head and the text, as a part of the larger size or of the
# distance of the page's own lines.
_APART, _APART_LINES = 1.55, 1.3
# Larger than this part of the usual size is a heading.
_LARGEST = 1.15
_NUMBER = re.compile(
    r"(?:[-–—|\[(]\s*)?(?:(?:page|seite|p\.|pág\.|стр\.|第)\s*)?(?P<n>\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:/|of|von|de|sur|из|页|頁)\s*\d{0,4})?(?:\s*[-–—|\])])?",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(slots=True)
class PageRow:
    """All that stands at one height of a page."""

    y: float
    size: float
    runs: list[TextRun] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(run.text for run in sorted(self.runs, key=lambda r: r.x0)).strip()

    @property
    def shape(self) -> str:
        return _shape(self.text)


def _shape(text: str) -> str:
    """The letters of a text alone: page numbers change, and the rest comes back."""
    return re.sub(r"[\W\d_]+", " ", text).strip().casefold()


@dataclass(slots=True)
class RunningHeaders:
    """What was found on a page, above and below its text, and the runs left."""

    head: list[PageRow]
    foot: list[PageRow]
    body: list[TextRun]


@dataclass(slots=True)
class _PageEdge:
    """Rows from a page's edge inwards, and the distance from each to the next."""

    rows: list[PageRow]
    gaps: list[float]
    usual: float
    largest: float

    def apart(self, n: int) -> bool:
        """Whether clear white stands between row `n` and the text beyond it."""
        if self.rows[n].size > self.largest:
            return False
        if n + 1 >= len(self.rows):
            return True
        size = max(self.rows[n].size, min(self.rows[n + 1].size, 1.3 * self.rows[n].size))
        return self.gaps[n] >= max(_APART * size, _APART_LINES * min(self.usual, 2 * size))


def running_headers_of(
    pages: list[list[TextRun]], heights: list[float], *, keep_title: bool = False
) -> list[RunningHeaders]:
    """Each page's head and foot. `keep_title`: what looks like the head of the first
    page is the title, where no size tells them apart and it is said only once.
    """
    rows = [_page_rows(runs) for runs in pages]
    largest = _LARGEST * _usual_size(pages)
    gaps = sorted(abs(a.y - b.y) for page in rows for a, b in pairwise(page))
    usual = gaps[len(gaps) // 2] if gaps else 14.0
    titles = _first_words(rows[0] if rows else [], largest / _LARGEST)
    taken: list[dict[str, list[PageRow]]] = [{"head": [], "foot": []} for _ in pages]
    for name in ("head", "foot"):
        edges = [_edge(page if name == "head" else page[::-1], largest, usual) for page in rows]
        counts = _counts(edges, name, heights, keep_title=keep_title)
        for index, edge in enumerate(edges):
            if (
                name == "head"
                and index
                and not counts[index]
                and edge.rows
                and _repeats(edge.rows[0], titles)
            ):
                counts[index] = int(len(edge.rows) > 1)
        for index, edge in enumerate(edges):
            taken[index][name] = edge.rows[: counts[index]]
    found = []
    for page, both in zip(rows, taken, strict=True):
        gone = {id(row) for row in (*both["head"], *both["foot"])}
        body = [run for row in page if id(row) not in gone for run in row.runs]
        found.append(RunningHeaders(both["head"], both["foot"][::-1], body))
    if not any(one.body for one in found):
        return [RunningHeaders([], [], runs) for runs in pages]
    return found


def _first_words(rows: list[PageRow], usual: float) -> set[str]:
    """The title and the other short lines that open the first page."""
    found: set[str] = set()
    large: list[str] = []
    for row in rows[:6]:
        if len(row.text) > 90 or (len(row.text) > 45 and row.size <= 1.1 * usual):
            break
        found.add(row.shape)
        if row.size > 1.2 * usual:
            large.append(row.text)
    found.add(_shape(" ".join(large)))
    return {shape for shape in found if len(shape) >= 5}


def _repeats(row: PageRow, titles: set[str]) -> bool:
    """Whether a row, or a part of it that stands apart, is the title or the author."""
    parts = [_shape(run.text) for run in row.runs if run.size <= 1.15 * row.size]
    return len(row.text) <= _LONGEST and any(part in titles for part in (*parts, row.shape))


def _page_rows(runs: list[TextRun]) -> list[PageRow]:
    rows: list[PageRow] = []
    for run in sorted(runs, key=lambda r: -r.y):
        row = rows[-1] if rows else None
        if row and row.y - run.y <= 0.45 * max(row.size, run.size):
            row.runs.append(run)
            if run.size > row.size:
                row.size = run.size
        else:
            rows.append(PageRow(run.y, run.size, [run]))
    return rows


def _usual_size(pages: list[list[TextRun]]) -> float:
    sizes: Counter[float] = Counter()
    for runs in pages:
        for run in runs:
            sizes[round(run.size, 1)] += len(run.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _edge(rows: list[PageRow], largest: float, usual: float) -> _PageEdge:
    gaps = [abs(a.y - b.y) for a, b in pairwise(rows)]
    few = _MOST_ROWS + 5
    return _PageEdge(rows[:few], gaps[: few - 1], usual, largest)


def _repeated_below(edge: _PageEdge, n: int) -> bool:
    """Whether the words of a head stand once more below it: as the title itself."""
    below = {word for row in edge.rows[n + 1 :] for word in row.shape.split()}
    return set(edge.rows[n].shape.split()) <= below


def _counts(
    edges: list[_PageEdge], name: str, heights: list[float], *, keep_title: bool
) -> list[int]:
    """How many rows of each page's edge are running headers."""
    needed = min(_FEWEST_PAGES, max(2, len(edges)))
    by_text: dict[str, set[tuple[int, float]]] = defaultdict(set)
    by_offset: Counter[int] = Counter()
    for page, edge in enumerate(edges):
        for row in edge.rows[:_MOST_ROWS]:
            if len(row.text) <= _LONGEST and row.shape:
                by_text[row.shape].add((page, _from_edge(row, name, heights[page])))
            for value in _page_numbers(row.text):
                by_offset[value - page] += 1
    repeated = {shape for shape, places in by_text.items() if _at_one_height(places) >= needed}
    counted = {offset for offset, count in by_offset.items() if count >= min(needed, 2)}
    counts = []
    for page, edge in enumerate(edges):
        known = [
            row.shape in repeated
            or any(value - page in counted or len(edges) == 1 for value in _page_numbers(row.text))
            for row in edge.rows[:_MOST_ROWS]
        ]
        # In two pages alone, rows below each other may be notes that are alike.
        most = 1 if needed < _FEWEST_PAGES else _MOST_ROWS
        if keep_title and name == "head" and not page:
            most = next((n for n in range(len(known)) if not _repeated_below(edge, n)), most)
        count = _peeled(edge, known[:most], repeated if name == "head" else set())
        if keep_title and name == "foot" and not count and known[:1] == [True]:
            # Without sizes a page's number may stand right below its last line.
            count = int(_NUMBER.fullmatch(edge.rows[0].text) is not None and len(edge.rows) > 1)
        counts.append(count)
    return _with_others(edges, counts, name, heights, needed)


def _peeled(edge: _PageEdge, known: list[bool], heads: set[str]) -> int:
    """How many rows go: up to the last known one with white beyond it.

    Words that come back over the text are a head, however close they stand.
    """
    count = 0
    for n, row in enumerate(edge.rows[: len(known)]):
        close = row.shape in heads and len(row.shape) > 3 and n == count
        if known[n] and (edge.apart(n) or (close and row.size <= edge.largest)):
            count = n + 1
        elif not known[n] and len(row.text) > _LONGEST_ODD:
            break
    return count


def _with_others(
    edges: list[_PageEdge], counts: list[int], name: str, heights: list[float], needed: int
) -> list[int]:
    """Heads that change (a section's title) where other pages have theirs."""
    places: Counter[int] = Counter()
    for page, (edge, count) in enumerate(zip(edges, counts, strict=True)):
        if count:
            places[round(_from_edge(edge.rows[0], name, heights[page]) / _SAME_HEIGHT)] += 1
    out = []
    for page, (edge, count) in enumerate(zip(edges, counts, strict=True)):
        row = edge.rows[0] if edge.rows else None
        if not count and row and len(row.text) <= _LONGEST and edge.apart(0) and len(edge.rows) > 1:
            at = round(_from_edge(row, name, heights[page]) / _SAME_HEIGHT)
            pages = sum(places[at + step] for step in (-1, 0, 1))
            if pages >= max(needed, len(edges) // 4) and row.size <= 1.1 * edge.rows[1].size:
                count = 1
        out.append(count)
    return out


def _from_edge(row: PageRow, name: str, height: float) -> float:
    return height - row.y if name == "head" else row.y


def _at_one_height(places: set[tuple[int, float]]) -> int:
    """On how many pages a row comes back at the height where it most often does."""
    if not places:
        return 0
    heights = sorted(y for _, y in places)
    best = 0
    for y in heights:
        best = max(best, len({page for page, other in places if abs(other - y) <= _SAME_HEIGHT}))
        if best == len(places):
            break
    return best


def _page_numbers(text: str) -> Iterator[int]:
    """The numbers that a row may count its page by."""
    match = _NUMBER.fullmatch(text)
    if match:
        digits = match["n"].lower()
        yield int(digits) if digits.isdigit() else _roman(digits)


def _roman(digits: str) -> int:
    values = [_ROMAN[c] for c in digits]
    return sum(-v if v < w else v for v, w in zip(values, [*values[1:], 0], strict=True))
