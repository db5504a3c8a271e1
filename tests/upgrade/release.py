"""The database of the last release, as scripts/release_database.py keeps it."""

import lzma
import sqlite3
from pathlib import Path

from scripts.release_database import KEPT


def unpack(folder: Path) -> Path:
    """Write it into `folder`; return its path."""
    path = folder / "release.sqlite3"
    path.write_bytes(lzma.decompress(KEPT.read_bytes()))
    return path


def migrations_of(path: Path) -> set[tuple[str, str]]:
    database = sqlite3.connect(path)
    try:
        return set(database.execute("SELECT app, name FROM django_migrations").fetchall())
    finally:
        database.close()
