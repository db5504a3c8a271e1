"""Proving that a backup is good: it is restored into a scratch place, compared, and signed in to.

What is done there is done by a process of its own, `hosting.backups.scratch`, whose settings
name the scratch place: this one never touches the instance's own database for it.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from hosting.backups import postgresql
from hosting.backups.errors import BackupRefused, told_plainly
from hosting.backups.folders import UNFINISHED
from hosting.backups.manifest import Manifest, read_manifest, whole_backups
from hosting.backups.restore import ENGINES
from hosting.backups.snapshots import SQLITE

# By it the process knows that what it opens is nobody's instance.
MARK = "scratch-place"
SCRATCH = "proof-"


@dataclass(frozen=True)
class Proof:
    """What was done with a backup, and found right."""

    folder: Path
    size: int
    tables: int
    files: int
    pages: list[str]  # the addresses that were opened; none where the backup has nobody


def newest_backup(folder: Path) -> Path:
    """The newest backup of this instance. Raises BackupRefused where there is none."""
    found = whole_backups(folder, settings.SITE_URL)
    if not found:
        raise BackupRefused(f"{folder} has no backup of {settings.SITE_URL}: take one first.")
    return found[-1][1]


def prove_backup(source: Path) -> Proof:
    """Restore, compare every table and file, sign in. Raises BackupRefused with what is wrong."""
    source = source.absolute()
    with told_plainly(source):
        manifest = read_manifest(source)
        with _scratch_folder(source.parent) as folder, _scratch_url(manifest, folder) as url:
            found = _in_scratch(source, folder, url)
    if "refused" in found:
        raise BackupRefused(found["refused"])
    return Proof(source, manifest.size, **found)


def _in_scratch(source: Path, folder: Path, url: str) -> dict[str, Any]:
    ours = {
        "DATABASE_URL": url,
        "VAR_DIR": str(folder),
        "CACHE_URL": "locmem://",
        "BACKUP_DIR": "off",
        # Also where the settings' file has them.
        "DEMO": "false",
        "DEBUG": "false",
        # Whoever is signed in there has none at hand.
        "REQUIRE_SECOND_FACTOR": "off",
    }
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", "hosting.backups.scratch", str(source)],
        cwd=settings.BASE_DIR,
        env=os.environ | ours,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"])[-1]
        raise BackupRefused(f"The restored backup does not work: {last}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@contextmanager
def _scratch_folder(beside: Path) -> Iterator[Path]:
    """A folder on the disk of the backups, which has room for them; else where others are."""
    place = beside if os.access(beside, os.W_OK) else Path(tempfile.gettempdir())
    clear_scratch(place)
    folder = Path(tempfile.mkdtemp(prefix=SCRATCH, suffix=UNFINISHED, dir=place))
    try:
        with (folder / MARK).open("ab") as mark:
            fcntl.flock(mark, fcntl.LOCK_EX)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def clear_scratch(place: Path) -> None:
    """Remove the scratch folders of proofs that were killed: nobody holds their marks."""
    for folder in place.glob(f"{SCRATCH}*{UNFINISHED}"):
        with suppress(OSError), (folder / MARK).open("rb") as mark:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder)


@contextmanager
def _scratch_url(manifest: Manifest, folder: Path) -> Iterator[str]:
    if manifest.engine == SQLITE:
        yield f"sqlite:///{folder / 'colloquy.sqlite3'}"
    elif connection.vendor == SQLITE:
        raise BackupRefused(
            f"This is a backup of {ENGINES[manifest.engine]}, and DATABASE_URL names no such"
            " server, on which it could be restored."
        )
    else:
        with postgresql.scratch_database() as url:
            yield url
