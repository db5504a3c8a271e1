"""Folders of backups: how they are named, written as a whole, locked, and the oldest removed."""

import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings

from hosting.backups.errors import BackupRefused

UNFINISHED = ".unfinished"
LOCK = ".backup.lock"
CHUNK = 1024 * 1024  # bytes read at once


def prefix() -> str:
    """How the names of this instance's backups begin."""
    return re.sub(r"[^a-z0-9.]+", "-", urlsplit(settings.SITE_URL).netloc.lower())


def name_of(taken_at: datetime) -> str:
    return f"{prefix()}-{taken_at:%Y%m%dT%H%M%SZ}"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let nobody else write into `folder` meanwhile. Raises BackupRefused where somebody does."""
    with (folder / LOCK).open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupRefused(
                f"Another backup or restore is at work in {folder}: try again when it is done."
            ) from None
        yield


@contextmanager
def unfinished(destination: Path) -> Iterator[Path]:
    """Yield a new folder beside `destination`, which gets its name once it is whole and on disk."""
    folder = destination.with_name(destination.name + UNFINISHED)
    folder.mkdir(mode=0o700)
    try:
        yield folder
        sync_all(folder)
        folder.rename(destination)
        sync(destination.parent)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def clear_unfinished(folder: Path) -> None:
    """Remove what a backup of this instance left that was killed; nobody is at it (`locked`)."""
    for path in folder.glob(f"{prefix()}-*{UNFINISHED}"):
        shutil.rmtree(path, ignore_errors=True)


def sync_all(folder: Path) -> None:
    """Wait until all that is in a folder is on the disk; what is linked from elsewhere is."""
    for path in (*folder.rglob("*"), folder):
        if path.is_dir() or path.stat().st_nlink == 1:
            sync(path)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def copy_hashed(source: Readable, target: Path) -> tuple[int, str]:
    """Write a new file; return how many bytes it has, and their SHA-256. `sync_all` flushes it."""
    digest, size = hashlib.sha256(), 0
    with target.open("xb") as file:
        while chunk := source.read(CHUNK):
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


def hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def remove_folder(folder: Path) -> None:
    """Remove a backup: first its name, so that no half of one is taken for a whole."""
    removed = folder.with_name(folder.name + UNFINISHED)
    folder.rename(removed)
    shutil.rmtree(removed)
