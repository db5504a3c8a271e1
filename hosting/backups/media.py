"""The uploaded files of a backup: each that its database names, and no other."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from django.core.files.storage import default_storage

from hosting.backups.folders import CHUNK, copy_hashed, hash_of
from hosting.backups.manifest import MEDIA, Manifest, StoredFile


def copy_media(
    names: Iterable[str], folder: Path, previous: tuple[Path, Manifest] | None
) -> tuple[dict[str, StoredFile], set[str]]:
    """Copy the files of these names; return what was copied, by path, and what is not there.

    A file that `previous` has with the same bytes is linked to that one, and takes no room twice.
    """
    copied: dict[str, StoredFile] = {}
    missing: set[str] = set()
    for name in sorted(names):
        path = f"{MEDIA}{name}"
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        # An earlier try of the same backup may have copied it.
        target.unlink(missing_ok=True)
        try:
            if previous is not None and path in previous[1].files:
                kept = previous[1].files[path]
                if _link(name, kept, previous[0] / path, target):
                    copied[path] = kept
                    continue
            with default_storage.open(name) as source:
                copied[path] = StoredFile(*copy_hashed(source, target))
        except FileNotFoundError:
            missing.add(name)
    return copied, missing


def _link(name: str, kept: StoredFile, place: Path, target: Path) -> bool:
    """Link the file of the backup before, if it is whole and the same, and the disk knows links.

    Both are read: a backup that was damaged since must not damage the next. Raises
    FileNotFoundError where there is no file of that name any more.
    """
    with default_storage.open(name) as source:
        digest = hashlib.sha256()
        while chunk := source.read(CHUNK):
            digest.update(chunk)
    if digest.hexdigest() != kept.sha256:
        return False
    try:
        if place.is_symlink() or hash_of(place) != kept.sha256:
            return False
        os.link(place, target)
    except OSError:
        return False
    return True
