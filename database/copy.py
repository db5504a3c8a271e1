"""A copy of the SQLite database while the app is in use: `python -m database.copy DESTINATION`.

By SQLite's own backup, in the version that the app runs on: the system's `sqlite3` may be one that
can corrupt a database, and a copy of the file alone leaves the write-ahead log out.
"""

import os
import sys
from pathlib import Path

from database.sqlite_version import use_safe_sqlite

use_safe_sqlite()

import sqlite3  # noqa: E402 - the safe one, as of now


def copy_database(source: Path, destination: Path) -> None:
    """Write a whole copy; raises FileNotFoundError, and FileExistsError rather than overwrite."""
    if not source.exists():
        raise FileNotFoundError(source)
    if destination.exists():
        raise FileExistsError(destination)
    unfinished = destination.with_name(f"{destination.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    with sqlite3.connect(source) as database, sqlite3.connect(unfinished) as copy:
        database.backup(copy)
        (state,) = copy.execute("PRAGMA integrity_check").fetchone()
    database.close()
    copy.close()
    if state != "ok":
        raise RuntimeError(f"The copy is not whole: {state}")
    unfinished.rename(destination)


if __name__ == "__main__":
    folder = Path(os.environ.get("VAR_DIR", Path(__file__).resolve().parents[1] / "var"))
    copy_database(folder / "colloquy.sqlite3", Path(sys.argv[1]))
