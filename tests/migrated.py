"""A migrated SQLite database, kept between runs: a run of a few tests begins with a copy of it.

The first run migrates an empty database, as every run on PostgreSQL does, and leaves a copy in the
folder for temporary files, under a name made of all that the migrations depend on.
"""

import hashlib
import sqlite3
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection

SIDE_FILES = ("", "-wal", "-shm", "-journal", ".write-lock", ".write-lock-turn")


def depended_on() -> list[Path]:
    """The files whose change could change what an empty database becomes."""
    root = Path(settings.BASE_DIR)
    models = [*root.glob("*/models.py"), *root.glob("*/models/*.py")]
    migrations = root.glob("*/migrations/*.py")
    pinned = root / "requirements.lock"
    audit = root / "discussions" / "moderation" / "audit.py"
    return sorted([*migrations, *models, *root.glob("database/**/*.py"), audit, pinned])


def kept_copy() -> Path:
    digest = hashlib.sha256()
    for path in depended_on():
        digest.update(str(path.relative_to(settings.BASE_DIR)).encode() + b"\0" + path.read_bytes())
    return Path(tempfile.gettempdir()) / f"colloquy-migrated-{digest.hexdigest()[:16]}.sqlite3"


def copy_to(name: str) -> bool:
    """Put the copy where the test database is to be; whether there was one."""
    kept = kept_copy()
    if not kept.exists():
        return False
    Path(name).write_bytes(kept.read_bytes())
    return True


def keep_copy() -> None:
    """Keep a copy of the test database as it is now; a run beside this one may do the same."""
    kept = kept_copy()
    with tempfile.NamedTemporaryFile(dir=kept.parent, prefix=kept.name, delete=False) as file:
        made = Path(file.name)
    connection.ensure_connection()
    with sqlite3.connect(made) as target:
        connection.connection.backup(target)
    target.close()
    made.replace(kept)


def remove(name: str) -> None:
    for ending in SIDE_FILES:
        Path(name + ending).unlink(missing_ok=True)
