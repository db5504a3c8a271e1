"""Transactions that do not wait for the disk: for what can be made again at any time."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

NORMAL = 1  # SQLite's name for it: in WAL mode, a commit is not flushed by itself


@contextmanager
def asynchronous_commit() -> Iterator[None]:
    """A transaction that a power cut may take back, whole; what others committed stays.

    Within another transaction it is a part of that one, and as durable.
    """
    if connection.in_atomic_block:
        with transaction.atomic():
            yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            _run("SET LOCAL synchronous_commit TO off")
            yield
    else:
        before = int(_run("PRAGMA synchronous")[0][0])
        _run(f"PRAGMA synchronous = {min(before, NORMAL)}")
        try:
            with transaction.atomic():
                yield
        finally:
            # A connection that was lost meanwhile is opened anew, as the settings say.
            _run(f"PRAGMA synchronous = {before}")


def _run(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []
