"""What goes wrong with a backup, in words for whoever sits at the shell."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from database.full import has_no_room

NOT_WRITABLE = {errno.EACCES, errno.EPERM, errno.EROFS}


class BackupRefused(Exception):
    """It cannot be done, and nothing was; the words say why and what to do."""


@contextmanager
def told_plainly(folder: Path) -> Iterator[None]:
    """Raise BackupRefused for what a disk says no to while `folder` is written."""
    try:
        yield
    except OSError as error:
        raise BackupRefused(_words(error, folder)) from error
    except sqlite3.Error as error:
        words = f"SQLite could not write the copy in {folder}: {error}."
        raise BackupRefused(words) from error


def _words(error: OSError, folder: Path) -> str:
    place = error.filename or folder
    if error.errno in NOT_WRITABLE:
        return f"{place} may not be read or written by whoever runs this command."
    if has_no_room(error):
        return f"There is no room left on the disk of {folder}."
    if isinstance(error, FileNotFoundError):
        return f"{place} is not there."
    return f"{place}: {error.strerror or error}."
