"""Rows of cells that stand below each other."""

from __future__ import annotations

import re
from html import escape

from documents.document import NoteRef
from documents.readers.pdf.lines import TextLine, rich_of
from documents.readers.pdf.measures import Measures, TextColumn
from documents.readers.pdf.paragraphs import ITEM
from documents.readers.pdf.runs import TextSpan
from documents.rich import Rich

# Cells of one column begin, end or have their middle at the same place, in points.
_ALIGNED = 4.0
_WIDE_GAP = 0.95
# Rows stand this far apart at most, in lines.
_MOST_APART = 3.2

Cell = tuple[float, float, list[TextSpan]]
PageRow = list[Cell]


def cells_of(line: TextLine) -> PageRow:
    """A line's cells: its parts with wide gaps between."""
    places = [at for at, _, _ in line.cells]
    out: PageRow = []
    for (at, x0, x1), end in zip(line.cells, [*places[1:], len(line.text)], strict=True):
        spans = _cut(line.spans, at, end)
        if out and x0 - out[-1][1] < _WIDE_GAP * line.size:
            out[-1] = (out[-1][0], x1, [*out[-1][2], *spans])
        else:
            out.append((x0, x1, spans))
    return out


def _cut(spans: list[TextSpan], start: int, end: int) -> list[TextSpan]:
    out: list[TextSpan] = []
    at = 0
    for span in spans:
        text = span.text[max(start - at, 0) : max(end - at, 0)]
        if text:
            out.append(span._replace(text=text))
        at += len(span.text)
    return out


def tables_in(column: TextColumn, measures: Measures) -> list[tuple[int, int]]:
    """Where tables stand among a column's lines: from which to before which."""
    rows = [_row(line) for line in column.lines]
    found: list[tuple[int, int]] = []
    n = 0
    while n < len(rows):
        if len(rows[n]) < 2:
            n += 1
            continue
        end = n + 1
        shared = 0
        while end < len(rows) and _near(column, end, measures):
            if len(rows[end]) >= 2 and _alike(rows[n:end], rows[end]):
                shared += 1
            elif not (_continues(rows[n:end], rows[end], column) and _close(column, end, measures)):
                break
            end += 1
        if shared >= 2 or (shared == 1 and max(len(row) for row in rows[n:end]) >= 3):
            free = n and (not found or found[-1][1] < n) and _close(column, n, measures)
            head = measures.sizeless and free and _head_cells(column.lines[n - 1], rows[n:end])
            if head:
                column.lines[n - 1].cells = head
                n -= 1
            found.append((n, end))
            n = end
        else:
            n += 1
    return found


def _head_cells(line: TextLine, rows: list[PageRow]) -> list[tuple[int, float, float]]:
    """The cells of a table's head whose words stand close, in letters in rows.

    It holds a word for each column, and begins where the rows begin.
    """
    words = list(re.finditer(r"\S+", line.text))
    counts = {len(row) for row in rows}
    if counts != {len(words)} or len(words) < 3 or abs(line.x0 - rows[0][0][0]) > _ALIGNED:
        return []
    # Cells are told by place: each word stands where its column does.
    return [(word.start(), cell[0], cell[1]) for word, cell in zip(words, rows[0], strict=True)]


def _row(line: TextLine) -> PageRow:
    row = cells_of(line)
    item = ITEM.match(line.text)
    label = "".join(span.text for span in row[0][2]).strip()
    # A list's marker, a note's or a heading's number is no cell.
    number = label.strip("().[]")
    marker = len(number) == 1 or (len(number) <= 3 and number.isdigit())
    if len(row) == 2 and (item or (marker and line.cells[1][0] <= 6)):
        return [row[0]] if not item or item.end() >= line.cells[1][0] else row
    return row


def _near(column: TextColumn, n: int, measures: Measures) -> bool:
    above, line = column.lines[n - 1], column.lines[n]
    return above.y - line.y <= _MOST_APART * measures.distance(line.size)


def _close(column: TextColumn, n: int, measures: Measures) -> bool:
    above, line = column.lines[n - 1], column.lines[n]
    return above.y - line.y <= 1.25 * measures.distance(line.size)


def _alike(rows: list[PageRow], row: PageRow) -> bool:
    """Whether cells after the first stand where such cells stood before."""
    places = [cell for other in rows[-4:] for cell in other[1:]]
    return any(_same_place(cell, other) for cell in row[1:] for other in places)


def _same_place(cell: Cell, other: Cell) -> bool:
    return (
        abs(cell[0] - other[0]) <= _ALIGNED
        or abs(cell[1] - other[1]) <= _ALIGNED
        or abs(cell[0] + cell[1] - other[0] - other[1]) <= _ALIGNED
    )


def _continues(rows: list[PageRow], row: PageRow, column: TextColumn) -> bool:
    """A single cell below one of the columns: the rest of its words."""
    if len(row) != 1 or row[0][1] - row[0][0] > 0.6 * column.width:
        return False
    places = [cell for other in rows[-4:] if len(other) > 1 for cell in other]
    return any(_same_place(row[0], other) for other in places)


def table_of(lines: list[TextLine], size: float) -> tuple[Rich, str]:
    """The words in reading order, a line to a row, and the rows as HTML."""
    rows = [cells_of(line) for line in lines]
    merged: list[list[list[TextSpan]]] = []
    starts: list[PageRow] = []
    for n, row in enumerate(rows):
        if (
            starts
            and len(row) < len(starts[-1])
            and not _same_place(row[0], starts[-1][0])
            and (lines[n - 1].y - lines[n].y <= 1.35 * size)
        ):
            for cell in row:
                at = min(range(len(starts[-1])), key=lambda k: abs(starts[-1][k][0] - cell[0]))
                merged[-1][at] += [TextSpan(" ", 0), *cell[2]]
            continue
        starts.append(row)
        merged.append([list(cell[2]) for cell in row])
    columns = _columns(starts)
    text: list[str] = []
    html = ["<table><tbody>"]
    refs: list[NoteRef] = []
    for row, words in zip(starts, merged, strict=True):
        html.append("<tr>")
        at = 0
        for k, (cell, spans) in enumerate(zip(row, words, strict=True)):
            place = min(range(len(columns)), key=lambda c: abs(columns[c] - cell[0]))
            html.extend("<td></td>" for _ in range(place - at))
            at = max(at, place) + 1
            rich = rich_of(spans)
            glue = (" " if k else "\n") if text else ""
            text += [glue, rich.text]
            html.append(f"{escape(glue)}<td>{rich.html()}</td>")
        html.append("</tr>")
    html.append("</tbody></table>")
    return Rich("".join(text), (), tuple(refs)), "".join(html)


def _columns(rows: list[PageRow]) -> list[float]:
    """Where the columns of a table begin."""
    starts: list[float] = []
    for x in sorted(cell[0] for row in rows for cell in row):
        if not starts or x - starts[-1] > 3 * _ALIGNED:
            starts.append(x)
    most = max(len(row) for row in rows)
    return starts if len(starts) >= most else sorted({cell[0] for row in rows for cell in row})
