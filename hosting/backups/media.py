"""The uploaded files of a backup: each that its database names, and no other."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from django.core.files.storage import default_storage

from hosting.backups.folders import copy_hashed, hash_of
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
            with default_storage.open(name) as source:
                size, sha256 = copy_hashed(source, target)
        except FileNotFoundError:
            missing.add(name)
            continue
        copied[path] = StoredFile(size, sha256)
        if previous is not None and previous[1].files.get(path) == copied[path]:
            _link(previous[0] / path, target, sha256)
    return copied, missing


def _link(kept: Path, target: Path, sha256: str) -> None:
    """Put a link to `kept` in the place of the copy, if that one is whole and the disk knows links.

    It is read once more: a backup that was damaged since must not damage the next.
    """
    linked = target.with_name(f"{target.name}.link")
    with suppress(OSError):
        if not kept.is_symlink() and hash_of(kept) == sha256:
            os.link(kept, linked)
            linked.replace(target)
