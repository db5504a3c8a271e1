"""A database that cannot be written now: the disk is full, or too many write at once.

Such errors are no fault of the app's. Who reads goes on reading; who writes is told why.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, transaction

# As SQLite says it: no page, no log and no file beside them can be written or made.
_SQLITE_FULL = (
    "database or disk is full",
    "disk I/O error",
    "unable to open the write lock",
    "attempt to write a readonly database",
)
_POSTGRESQL_FULL = {"53100", "25006"}  # disk full; a server that takes no writes
_BUSY = ("database is locked",)
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}


def has_no_room(error: BaseException | None) -> bool:
    """Whether this error, or one that it came from, says that nothing can be written."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            return True
        if getattr(error, "sqlstate", None) in _POSTGRESQL_FULL:
            return True
        if isinstance(error, DatabaseError) and _says(error, _SQLITE_FULL):
            return True
        error = error.__cause__ or error.__context__
    return False


def is_busy(error: BaseException | None) -> bool:
    """Whether others wrote for so long that this one's turn did not come."""
    return isinstance(error, DatabaseError) and _says(error, _BUSY)


def _says(error: BaseException, words: tuple[str, ...]) -> bool:
    return any(word in str(error) for word in words)


@contextmanager
def if_there_is_room() -> Iterator[None]:
    """Write what reading can do without: on a full disk it is left out.

    The block is a transaction of its own.
    """
    try:
        with transaction.atomic():
            yield
    except DatabaseError as error:
        if not has_no_room(error):
            raise
