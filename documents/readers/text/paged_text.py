"""Text that another program took out of a PDF: pages of letters in rows.

Such a text keeps its page ends, as form feeds, and with them the heads, feet
and notes of its pages. Its rows are read like a PDF's lines, all of one size.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.parsed import ParsedDocument
from documents.readers.pdf.essay import EssayAssembler, PageRuns
from documents.readers.pdf.lines import lines_of, natural_width
from documents.readers.pdf.measures import Measures, TextColumn
from documents.readers.pdf.runs import TextRun, TextSpan
from documents.readers.pdf.tables import table_of, tables_in
from documents.rich import Rich
from documents.words import is_wide

FORM_FEED = "\f"
# Every letter is half as wide as it is high; rows stand as type does.
_SIZE, _WIDE, _ROW = 10.0, 5.0, 12.0
_PART = re.compile(r"\S+(?:\s\S+)*")
_FEWEST_PAGES = 2


def is_paged(text: str) -> bool:
    """Whether a text keeps the pages that it came from."""
    return sum(bool(page.strip()) for page in text.split(FORM_FEED)) >= _FEWEST_PAGES


def read_paged_text(text: str) -> ParsedDocument:
    # TeX sets the dots of an ellipsis apart.
    text = re.sub(r"(?<!\.)(?<!\. )\. \. \.(?! ?\.)", "…", text)
    pages = [page.rstrip() for page in text.split(FORM_FEED)]
    pages = [page for page in pages if page.strip()]
    rows = max(page.count("\n") for page in pages) + 2
    height = rows * _ROW
    found = [PageRuns(_runs(page, height), height) for page in pages]
    blocks, warnings = EssayAssembler(found, sizeless=True).read()
    return ParsedDocument("text", blocks=tuple(blocks), warnings=tuple(warnings))


def _runs(page: str, height: float) -> list[TextRun]:
    """Parts of rows with two spaces between at least."""
    runs: list[TextRun] = []
    for n, row in enumerate(page.expandtabs(8).split("\n"), 1):
        places = _places(row)
        for part in _PART.finditer(row):
            words = part.group()
            first = words.split()[0]
            width = sum(map(natural_width, first[0] if is_wide(first[0]) else first)) * _SIZE
            x0, x1 = places[part.start()] * _WIDE, places[part.end()] * _WIDE
            runs.append(TextRun(x0, x1, height - n * _ROW, _SIZE, [TextSpan(words, 0)], width))
    return runs


def _places(row: str) -> list[int]:
    """Where each letter stands: wide ones take two places."""
    places = [0]
    for c in row:
        places.append(places[-1] + (2 if is_wide(c) else 1))
    return places


def table_of_rows(rows: Sequence[str]) -> tuple[Rich, str]:
    """The words and the HTML of rows whose cells stand below each other; else nothing."""
    height = (len(rows) + 1) * _ROW
    lines = lines_of(_runs("\n".join(rows), height), 0)
    right = max(line.x1 for line in lines)
    column = TextColumn(0, lines, 0.0, right)
    if tables_in(column, Measures(size=_SIZE)) != [(0, len(lines))]:
        return Rich(), ""
    return table_of(lines, _ROW)
