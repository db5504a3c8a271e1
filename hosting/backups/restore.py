"""Restoring a backup, into an empty place only."""

import shutil
import sqlite3
from contextlib import ExitStack
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from hosting.backups import postgresql
from hosting.backups.errors import BackupRefused, told_plainly
from hosting.backups.folders import UNFINISHED, copy_hashed, locked, sync, sync_all
from hosting.backups.manifest import MEDIA, Manifest, check_files, read_manifest
from hosting.backups.snapshots import SQLITE

ENGINES = {SQLITE: "SQLite", "postgresql": "PostgreSQL"}
PART = ".restore" + UNFINISHED


def check_backup(source: Path) -> Manifest:
    """Read a backup whole; raises BackupRefused where anything is not as it was written."""
    with told_plainly(source):
        manifest = read_manifest(source)
        check_files(source, manifest)
    return manifest


def restore_backup(source: Path) -> Manifest:
    """Put a backup in the empty place of this instance's database and media.

    Raises BackupRefused; then nothing is there that was not before.
    """
    source = source.absolute()
    with told_plainly(settings.VAR_DIR):
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        with locked(settings.VAR_DIR):
            refuse_full_place()
            manifest = check_backup(source)
            _refuse_another_kind(manifest)
            with ExitStack() as undo:
                _bring_media(source, manifest, undo)
                _bring_database(source, manifest)
                undo.pop_all()
    return manifest


def _refuse_another_kind(manifest: Manifest) -> None:
    if manifest.engine != connection.vendor:
        its, ours = ENGINES[manifest.engine], ENGINES[connection.vendor]
        raise BackupRefused(
            f"This is a backup of {its}, and DATABASE_URL names {ours}: restore it into {its},"
            " and then move it with manage.py move_database."
        )
    if unknown := unknown_migrations(manifest):
        raise BackupRefused(
            f"This backup was made by a newer version of Colloquy than this one: its database has"
            f" {unknown[0]}, which this version does not know. Restore it with that version."
        )


def unknown_migrations(manifest: Manifest) -> list[str]:
    """The migrations that the backup has and this code has not."""
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    replaced = {key for migration in known.values() for key in migration.replaces}
    have = {*known, *replaced}
    return [".".join(key) for key in manifest.migrations if tuple(key) not in have]


def is_older(manifest: Manifest) -> bool:
    """Whether this code has migrations that the backup has not."""
    leaves = MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes()
    return not set(leaves) <= {(app, name) for app, name in manifest.migrations}


# --- What is there -------------------------------------------------------------------------------
def refuse_full_place() -> None:
    """Raise BackupRefused where the database has tables, or the media folder has files."""
    refuse_full_database()
    media = Path(settings.MEDIA_ROOT)
    for path in media.rglob("*"):
        if path.is_file() and PART not in path.relative_to(media).parts:
            raise BackupRefused(
                f"{media} has files: a backup is restored into an empty place only."
                " Move the folder away, or set VAR_DIR to a new one."
            )


def refuse_full_database() -> None:
    """Raise BackupRefused where the database has anything."""
    if connection.vendor == SQLITE:
        path = Path(connection.settings_dict["NAME"])
        is_empty = not path.exists() or _has_no_table(path)
        name = str(path)
    else:
        is_empty, name = postgresql.is_empty(), str(connection.settings_dict["NAME"])
    if not is_empty:
        raise BackupRefused(
            f"The database {name} has tables: a backup is restored into an empty one only."
            " Move it away, or make a new one and name it in DATABASE_URL."
        )


def _has_no_table(path: Path) -> bool:
    database = sqlite3.connect(path)
    try:
        return not database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.DatabaseError:
        return False
    finally:
        database.close()


# --- The parts -----------------------------------------------------------------------------------
def _bring_media(source: Path, manifest: Manifest, undo: ExitStack) -> None:
    """Copy the files beside their place, inside of the folder: it may be a disk of its own."""
    media = Path(settings.MEDIA_ROOT)
    media.mkdir(parents=True, exist_ok=True)
    part = media / PART
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    undo.callback(shutil.rmtree, part, ignore_errors=True)
    for name in manifest.media:
        target = part / name
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy(source, f"{MEDIA}{name}", target, manifest)
    sync_all(part)
    for each in sorted(part.iterdir()):
        place = media / each.name
        if place.is_dir():
            shutil.rmtree(place)  # folders without a file: they were looked through
        each.rename(place)
        undo.callback(_remove, place)
    part.rmdir()
    sync(media)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _bring_database(source: Path, manifest: Manifest) -> None:
    if connection.vendor != SQLITE:
        postgresql.restore(source / manifest.database)
        return
    place = Path(connection.settings_dict["NAME"])
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(place.name + UNFINISHED)
    part.unlink(missing_ok=True)
    try:
        _copy(source, manifest.database, part, manifest)
        sync(part)
        connection.close()
        for ending in ("-wal", "-shm"):  # of an empty database that was there
            place.with_name(place.name + ending).unlink(missing_ok=True)
        part.rename(place)
    finally:
        part.unlink(missing_ok=True)
    sync(place.parent)


def _copy(source: Path, path: str, target: Path, manifest: Manifest) -> None:
    """Copy one file, and see that what was written is what the manifest says."""
    with (source / path).open("rb") as file:
        size, sha256 = copy_hashed(file, target)
    expected = manifest.files[path]
    if (size, sha256) != (expected.size, expected.sha256):
        raise BackupRefused(f"{source / path} was changed while it was restored.")


# --- What it was ---------------------------------------------------------------------------------
WORDS = {
    "accounts_user": "people",
    "seminars_seminar": "seminars",
    "readings_reading": "readings",
    "discussions_thread": "threads",
    "discussions_comment": "comments",
}


def told(manifest: Manifest) -> str:
    """What a backup holds, in a line."""
    counts = [f"{manifest.rows(table)} {word}" for table, word in WORDS.items()]
    return ", ".join([*counts, f"{len(manifest.media)} files"])
