"""Counting what a page asks of the database."""

from typing import Self

from django.db import connection
from django.test.utils import CaptureQueriesContext

from discussions.notifications.kept_count import forget_counts


class PageQueries(CaptureQueriesContext):
    """The queries of a page that works out the number at the bell, whatever was asked before."""

    def __init__(self) -> None:
        super().__init__(connection)

    def __enter__(self) -> Self:
        forget_counts()
        super().__enter__()
        return self
