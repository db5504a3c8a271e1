"""Taking a backup while the app is in use."""

import os
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from hosting.backups.errors import BackupRefused, told_plainly
from hosting.backups.folders import (
    clear_unfinished,
    hash_of,
    locked,
    name_of,
    remove_folder,
    sync,
    unfinished,
)
from hosting.backups.manifest import FORMAT, Manifest, StoredFile, read_manifest, whole_backups
from hosting.backups.media import copy_media
from hosting.backups.snapshots import Snapshot, take_snapshot

# Each time a file was deleted between the moment of the database and its copying.
TRIES = 5
OWNER_ONLY = 0o077


@dataclass(frozen=True)
class Backup:
    """A backup that is whole, and those that were removed for it."""

    folder: Path
    manifest: Manifest
    removed: list[Path]


def take_backup(
    destination: Path, *, keep: int | None = None, secret_key: Path | None = None
) -> Backup:
    """Write a new backup into the folder `destination`, and keep only the newest `keep` of ours.

    `secret_key` is a file outside of it, for the key. Raises BackupRefused; then nothing is there
    that was not before.
    """
    destination = destination.absolute()
    if secret_key is not None and secret_key.absolute().is_relative_to(destination):
        raise BackupRefused(
            f"{secret_key} is beside the backups: keep the secret key where they are not."
        )
    with told_plainly(destination), _for_the_owner_alone():
        destination.mkdir(parents=True, exist_ok=True)
        with locked(destination):
            clear_unfinished(destination)
            if secret_key is not None:
                write_secret_key(secret_key)
            earlier = whole_backups(destination, settings.SITE_URL)
            folder, manifest = _take(destination, earlier[-1][1] if earlier else None)
            removed = _too_old([path for _, path in earlier], keep)
            for path in removed:
                remove_folder(path)
    return Backup(folder, manifest, removed)


def _too_old(earlier: list[Path], keep: int | None) -> list[Path]:
    """Of the earlier ones, the oldest first, those that a new one makes too many."""
    return earlier[: max(0, len(earlier) + 1 - keep)] if keep else []


def _take(destination: Path, before: Path | None) -> tuple[Path, Manifest]:
    previous = (before, read_manifest(before)) if before else None
    taken_at = timezone.now().astimezone(UTC)
    folder = _free_name(destination, taken_at)
    with unfinished(folder) as place:
        known_missing = set(previous[1].missing) if previous else set()
        for _ in range(TRIES):
            snapshot = take_snapshot(place)
            copied, missing = copy_media(snapshot.media, place, previous)
            if missing <= known_missing:
                break
            # Somebody removed them meanwhile; the next moment of the database names them no more.
            known_missing = missing
        manifest = _manifest(snapshot, copied, missing, taken_at)
        _remove_unnamed(place, manifest)
        manifest.write(place)
    return folder, manifest


def _free_name(destination: Path, taken_at: datetime) -> Path:
    name, number = name_of(taken_at), 1
    while (folder := destination / (name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    return folder


def _remove_unnamed(place: Path, manifest: Manifest) -> None:
    """Remove what an earlier try copied and the last moment names no more."""
    for path in [one for one in place.rglob("*") if one.is_file()]:
        if path.relative_to(place).as_posix() not in manifest.files:
            path.unlink()


def _manifest(
    snapshot: Snapshot, copied: dict[str, StoredFile], missing: set[str], taken_at: datetime
) -> Manifest:
    database = StoredFile(snapshot.path.stat().st_size, hash_of(snapshot.path))
    return Manifest(
        format=FORMAT,
        app=app_version(),
        instance=settings.SITE_URL,
        taken_at=taken_at.isoformat(),
        engine=snapshot.engine,
        engine_version=snapshot.engine_version,
        database=snapshot.path.name,
        secret_key=key_fingerprint(),
        migrations=snapshot.migrations,
        tables=snapshot.tables,
        files={snapshot.path.name: database, **copied},
        missing=sorted(missing),
    )


def app_version() -> str:
    """The version of Colloquy, of pyproject.toml."""
    text = (settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


# --- The secret key ------------------------------------------------------------------------------
def key_fingerprint() -> str:
    """What tells one secret key from another, and tells nothing of it."""
    return salted_hmac("hosting.backups", "fingerprint", algorithm="sha256").hexdigest()[:16]


def write_secret_key(path: Path) -> None:
    """Write the key to a file of its own, which may have it already. Raises BackupRefused."""
    line = f"{settings.SECRET_KEY}\n"
    if path.exists():
        if path.read_text(encoding="utf-8") != line:
            raise BackupRefused(f"{path} is there, with something else in it: name another file.")
        return
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(line)
    sync(path)


@contextmanager
def _for_the_owner_alone() -> Iterator[None]:
    """Let nobody else on the machine read what is written: it has people's words."""
    before = os.umask(OWNER_ONLY)
    try:
        yield
    finally:
        os.umask(before)
