"""CSV that people open in a spreadsheet: no cell of it is taken for a formula.

The one place for it: whatever writes a file of that kind (notebook, figures, scores) asks here.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

# Without it Excel takes the file for another encoding than UTF-8.
UTF8_MARK = "\ufeff"
# All but the tab and the line break: no program shows them, and some obey them.
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
# What spreadsheets take for the beginning of a formula, by the list of OWASP, full width too.
_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")


def csv_lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Write RFC 4180, a piece for each row, with a mark of UTF-8 at the beginning.

    A cell that a spreadsheet would take for a formula begins with an apostrophe; controls are
    left out. None is empty, a time is in UTC.
    """
    held = io.StringIO()
    writer = csv.writer(held)
    yield UTF8_MARK
    for row in rows:
        writer.writerow([csv_cell(value) for value in row])
        yield held.getvalue()
        held.seek(0)
        held.truncate()


def csv_cell(value: Any) -> str:
    """Return what stands in a cell for this value; numbers stand as they are."""
    if isinstance(value, (int, float)):
        return str(value)
    text = CONTROLS.sub("", _plain(value).replace("\r\n", "\n"))
    return f"'{text}" if _FORMULA.match(text) else text


def utc(moment: datetime) -> str:
    """Write a time of day in UTC, by ISO 8601."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return utc(value)
    return "" if value is None else str(value)
