"""Deleting so that nothing of what was deleted stays behind in the file.

SQLite frees pages without emptying them, and FTS5 only notes that words are gone, until it merges
what it has. What PostgreSQL leaves behind its vacuum takes away; it is in no dump.
"""

# ruff: noqa: S608 - tables of our own models, and nothing that anybody sent

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.db import OperationalError, connection, transaction

from database.full_text import searched_models

# Pages of an index that are merged at once: a hundredth of a second, and then others may write.
MERGED_AT_ONCE = 500
MOST_STEPS = 100_000
# Bytes of a database that is written anew, without what was ever deleted in it: writers wait for
# that some three seconds, where they wait for ten. docs/hosting.md says what to do with a larger.
LARGEST_WRITTEN_ANEW = 256 * 1024 * 1024


@contextmanager
def thorough_deletion() -> Iterator[None]:
    """Let what is deleted inside be overwritten; afterwards, `leave_no_residue`."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        before = int(cursor.fetchone()[0])
        cursor.execute("PRAGMA secure_delete = ON")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA secure_delete = {before}")


def leave_no_residue() -> None:
    """Take out of the indexes, and of the log of what was written, what is deleted by now.

    In small steps, between which others write. Outside a transaction the log is emptied, too, and
    so are free pages of a database that is not large; where the disk has no room for that, or
    others read at this moment, it stays for the next time.
    """
    if connection.vendor != "sqlite":
        return
    with thorough_deletion():
        for model in searched_models():
            _merge(f"{model._meta.db_table}_index")
    if not connection.in_atomic_block:
        with connection.cursor() as cursor, suppress(OperationalError):
            if _size(cursor) <= LARGEST_WRITTEN_ANEW:
                cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _size(cursor: Any) -> int:
    """Of the database, in bytes."""
    cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
    return int(cursor.fetchone()[0])


def _merge(index: str) -> None:
    """Merge all that the index has, step by step (https://sqlite.org/fts5.html#the_merge_command):
    the first with a minus begins it; one that changes fewer than two rows found nothing to do."""
    pages = -MERGED_AT_ONCE
    for _step in range(MOST_STEPS):
        with transaction.atomic(), connection.cursor() as cursor:
            before = _changes(cursor)
            cursor.execute(f'INSERT INTO "{index}"("{index}", rank) VALUES (\'merge\', {pages})')
            if _changes(cursor) - before < 2:
                return
        pages = MERGED_AT_ONCE


def _changes(cursor: Any) -> int:
    cursor.execute("SELECT total_changes()")
    return int(cursor.fetchone()[0])
