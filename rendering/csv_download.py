"""A table as a CSV file that a browser saves."""

from collections.abc import Iterable
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from documents.csv_cells import csv_lines


def csv_download(name: str, rows: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """Answer with `rows`, the first of them the heads, as the file `name`, in UTF-8."""
    # A lone half of a surrogate pair, which a file may hold, is no character: it becomes "?".
    pieces = (line.encode("utf-8", "replace") for line in csv_lines(rows))
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
