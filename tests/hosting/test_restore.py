"""`manage.py restore`: into an empty place only, whole or not at all."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from hosting.backups import BackupRefused, restore_backup, take_backup
from hosting.backups.manifest import Manifest, StoredFile
from hosting.backups.restore import is_older, refuse_full_place
from hosting.backups.snapshots import POSTGRESQL
from readings.models import Reading
from tests.base import People
from tests.hosting.instances import ESSAY, SITE, empty_place, manage, put_source

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def backup(people: People, reading: Reading, tmp_path: Path, settings: Any) -> Path:
    settings.SITE_URL = SITE
    put_source(reading)
    return take_backup(tmp_path / "backups").folder


def test_restored_instance_is_the_one_that_was_kept(backup: Path, tmp_path: Path) -> None:
    """In processes of their own, on the same kind of database; a second time it is refused."""
    place = tmp_path / "place"
    with empty_place(place) as environment:
        done = manage(environment, "restore", str(backup))
        assert done.returncode == 0, done.stderr
        assert "6 people, 1 seminars, 1 readings, 0 threads, 0 comments, 1 files" in done.stdout
        (source,) = (path for path in (place / "media").rglob("*") if path.is_file())
        assert source.read_bytes() == ESSAY
        code = (
            "from accounts.models import User; from hosting.models import BackupRun;"
            "print(User.objects.get(email='carol@example.org'), BackupRun.objects.exists())"
        )
        asked = manage(environment, "shell", "--verbosity", "0", "-c", code)
        assert asked.stdout.split() == ["Carol", "False"], asked.stderr
        again = manage(environment, "restore", str(backup))
        assert again.returncode == 1
        assert "has tables: a backup is restored into an empty one only" in again.stderr


def test_full_place_is_refused(backup: Path) -> None:
    with pytest.raises(CommandError, match="has tables"):
        call_command("restore", str(backup))
    with pytest.raises(BackupRefused, match="has tables"):
        refuse_full_place()


# --- Into an empty file, in this process ----------------------------------------------------------
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="The same on every database")


@pytest.fixture
def place(backup: Path, settings: Any, tmp_path: Path) -> Iterator[Path]:
    """The backup is taken; from here on the settings name a place that has nothing."""
    place = tmp_path / "place"
    settings.VAR_DIR, settings.MEDIA_ROOT = place, place / "media"
    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = place / "colloquy.sqlite3"
    yield place
    connection.settings_dict["NAME"] = before


def left_in(place: Path) -> list[str]:
    files = [path for path in place.rglob("*") if path.is_file()]
    return [path.name for path in files if path.name != ".backup.lock"]


@on_sqlite
def test_media_that_are_there(backup: Path, place: Path) -> None:
    (place / "media" / "sources").mkdir(parents=True)
    (place / "media" / "sources" / "mine.md").write_text("mine")
    with pytest.raises(BackupRefused, match="media has files"):
        restore_backup(backup)
    assert left_in(place) == ["mine.md"]


@on_sqlite
def test_damaged_backup(backup: Path, place: Path) -> None:
    with (backup / "database.sqlite3").open("r+b") as file:
        file.truncate(4096)
    with pytest.raises(BackupRefused, match=r"expected \d+ bytes, found 4096"):
        restore_backup(backup)
    assert left_in(place) == []


@on_sqlite
def test_what_it_refuses_by_its_manifest(backup: Path, place: Path) -> None:
    """Whole, and not for this instance."""
    as_it_was = json.loads((backup / "manifest.json").read_bytes())
    for fields, words in (
        ({"migrations": [["seminars", "9999_ahead"]]}, r"newer version .* seminars\.9999_ahead"),
        ({"engine": POSTGRESQL}, "a backup of PostgreSQL.*move_database"),
        ({"files": {"media/../../x": {"size": 0, "sha256": ""}}}, "outside of the backup"),
        ({"format": 2}, "has the format 2, and this version reads 1"),
    ):
        rewrite(backup, as_it_was | fields)
        with pytest.raises(BackupRefused, match=words):
            restore_backup(backup)
    left = backup.rename(backup.with_name(f"{backup.name}.unfinished"))
    with pytest.raises(BackupRefused, match="was never finished"):
        restore_backup(left)
    assert left_in(place) == []


def rewrite(folder: Path, fields: dict[str, Any]) -> None:
    """Let the manifest say something else, with hashes that fit."""
    files = {path: StoredFile(**file) for path, file in fields["files"].items()}
    Manifest(**fields | {"files": files}).write(folder)


@on_sqlite
def test_older_version_is_told(backup: Path, place: Path) -> None:
    manifest = restore_backup(backup)
    assert not is_older(manifest)
    assert is_older(replace(manifest, migrations=manifest.migrations[:5]))
