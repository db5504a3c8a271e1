"""The manifest of a backup: what it holds, of which versions, with a hash of each file.

`SHA256SUMS` lists the same files and the manifest itself, as `sha256sum --check` reads it. Both
follow from one another: whatever byte of a backup is changed or cut off, one of them says so.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from hosting.backups.errors import BackupRefused
from hosting.backups.folders import UNFINISHED, hash_of

FORMAT = 1
MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
MEDIA = "media/"


@dataclass(frozen=True)
class StoredFile:
    """A file of the backup: its size in bytes, and its SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True)
class TableContents:
    """How many rows a table has, and a hash of them in whatever order."""

    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `files` are by their paths in it, `tables` by their names."""

    format: int
    app: str
    instance: str
    taken_at: str
    engine: str
    engine_version: str
    database: str
    secret_key: str
    migrations: list[list[str]]
    tables: Mapping[str, TableContents]
    files: Mapping[str, StoredFile]
    # Named in the database, and not there when the backup was taken.
    missing: list[str] = field(default_factory=list)

    @property
    def size(self) -> int:
        return sum(one.size for one in self.files.values())

    @property
    def media(self) -> dict[str, StoredFile]:
        """The uploaded files by their names in the storage."""
        return {
            path.removeprefix(MEDIA): file
            for path, file in self.files.items()
            if path.startswith(MEDIA)
        }

    def rows(self, table: str) -> int:
        return self.tables[table].rows if table in self.tables else 0

    def write(self, folder: Path) -> None:
        """Write it, and the sums that have it in them."""
        data = json.dumps(asdict(self), indent=1, ensure_ascii=False).encode() + b"\n"
        (folder / MANIFEST).write_bytes(data)
        (folder / SUMS).write_bytes(self.sums(data))

    def sums(self, written: bytes) -> bytes:
        lines = [f"{file.sha256}  {path}\n" for path, file in self.files.items()]
        lines.append(f"{hashlib.sha256(written).hexdigest()}  {MANIFEST}\n")
        return "".join(lines).encode()


def read_manifest(folder: Path) -> Manifest:
    """Read and check the manifest itself; raises BackupRefused where it is not as written."""
    if folder.name.endswith(UNFINISHED):
        raise BackupRefused(f"{folder} was never finished: restore another one.")
    try:
        data, sums = (folder / MANIFEST).read_bytes(), (folder / SUMS).read_bytes()
    except OSError as error:
        raise BackupRefused(
            f"{folder} is no whole backup: {error.filename} is not there."
        ) from error
    listed = {line[66:]: line[:64] for line in sums.decode(errors="replace").splitlines()}
    found = hashlib.sha256(data).hexdigest()
    if listed.get(MANIFEST) != found:
        raise BackupRefused(
            f"{folder / MANIFEST} is not as it was written: {SUMS} expects the SHA-256"
            f" {listed.get(MANIFEST, 'of no such file')}, found {found}."
        )
    manifest = _parsed(json.loads(data), folder)
    if sums != manifest.sums(data):
        raise BackupRefused(f"{folder / SUMS} is not as it was written: it is not the manifest's.")
    return manifest


def _parsed(fields: dict[str, Any], folder: Path) -> Manifest:
    if fields.get("format") != FORMAT:
        raise BackupRefused(
            f"{folder} has the format {fields.get('format')}, and this version reads {FORMAT}:"
            " restore it with the version that made it."
        )
    files = {path: StoredFile(**file) for path, file in fields.pop("files").items()}
    tables = {name: TableContents(**one) for name, one in fields.pop("tables").items()}
    for path in files:
        parts = PurePosixPath(path).parts
        if ".." in parts or path.startswith("/") or not parts:
            raise BackupRefused(f"{folder / MANIFEST} names a file outside of the backup: {path}.")
    return Manifest(files=files, tables=tables, **fields)


def check_files(folder: Path, manifest: Manifest) -> None:
    """Hash each file; raises BackupRefused for the first that is not as it was written."""
    for path, expected in manifest.files.items():
        file = folder / path
        if file.is_symlink() or not file.is_file():
            raise BackupRefused(f"{file} is not there, and the manifest expects it.")
        size = file.stat().st_size
        if size != expected.size:
            raise BackupRefused(
                f"{file} is not as it was written: expected {expected.size} bytes, found {size}."
            )
        found = hash_of(file)
        if found != expected.sha256:
            raise BackupRefused(
                f"{file} is not as it was written: expected the SHA-256 {expected.sha256},"
                f" found {found}."
            )


def whole_backups(folder: Path, instance: str) -> list[tuple[datetime, Path]]:
    """The backups of an instance that a folder has, the oldest first, with when they were taken.

    By their manifests alone: nothing else is read, and nothing else is taken for one.
    """
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_symlink() or not path.is_dir() or not (path / MANIFEST).is_file():
            continue
        try:
            manifest = read_manifest(path)
        except (BackupRefused, ValueError, TypeError, KeyError):
            continue
        if manifest.instance == instance:
            found.append((datetime.fromisoformat(manifest.taken_at), path))
    return sorted(found)
