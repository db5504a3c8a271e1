"""`manage.py backup`: a whole backup of one moment, or an error in words and nothing at all."""

import fcntl
import os
import random
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from hosting.backups import BackupRefused, check_backup, postgresql, prove_backup, take_backup
from hosting.backups.folders import LOCK
from hosting.backups.manifest import MANIFEST, SUMS
from hosting.models import BackupRun
from readings.models import Reading
from tests.base import People
from tests.hosting.instances import ESSAY, SITE, put_source
from tests.rules import ROOT

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place(tmp_path: Path, settings: Any) -> Path:
    settings.SITE_URL = SITE
    return tmp_path / "backups"


@pytest.fixture
def name(reading: Reading) -> str:
    return put_source(reading)


def names(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir() if path.name != LOCK)


def test_backup_has_everything_and_is_proven(
    people: People,
    name: str,
    place: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # As its host has it: whoever is signed in to the copy has no second factor at hand.
    monkeypatch.setenv("REQUIRE_SECOND_FACTOR", "staff")
    call_command("backup", str(place))
    (folder,) = place.glob("read.example.org-*")
    manifest = check_backup(folder)
    assert manifest.rows("accounts_user") == 6
    assert manifest.engine == connection.vendor
    assert set(manifest.media) == {name}
    assert (folder / "media" / name).read_bytes() == ESSAY
    assert ["hosting", "0001_backup_runs"] in manifest.migrations
    assert not stat.S_IMODE(folder.stat().st_mode) & 0o077
    summed = subprocess.run(["sha256sum", "--check", SUMS], cwd=folder, capture_output=True)
    assert summed.returncode == 0
    run = BackupRun.objects.latest_backup()
    assert run is not None
    assert (run.location, run.size) == (str(folder), manifest.size)

    call_command("backup", str(place), prove=str(folder))
    assert "1 files are as they were, and 2 pages opened" in capsys.readouterr().out
    assert BackupRun.objects.latest_proof() is not None
    assert not list(place.glob("proof-*"))


@pytest.mark.once
def test_any_byte_that_is_not_as_it_was_is_told(
    people: People, name: str, place: Path, tmp_path: Path
) -> None:
    """Every file cut, changed, emptied and removed, at places of chance."""
    whole = take_backup(place).folder
    chance = random.Random(5)  # noqa: S311 - the same places in every run
    files = [path.relative_to(whole) for path in whole.rglob("*") if path.is_file()]
    assert len(files) == 4
    for path in files:
        data = (whole / path).read_bytes()
        places = [0, len(data) - 1, *(chance.randrange(len(data)) for _ in range(6))]
        damaged = [data[:at] for at in places]
        damaged += [data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :] for at in places]
        damaged += [data + b"x"]
        for each in damaged:
            copy = tmp_path / "copy"
            shutil.copytree(whole, copy)
            (copy / path).write_bytes(each)
            with pytest.raises(BackupRefused, match=path.name):
                check_backup(copy)
            shutil.rmtree(copy)
    (whole / "media" / name).unlink()
    with pytest.raises(BackupRefused, match="is not there, and the manifest expects it"):
        prove_backup(whole)


@pytest.mark.once
def test_keep_removes_the_oldest_of_this_instance_alone(
    people: People, name: str, place: Path, settings: Any
) -> None:
    settings.SITE_URL = "https://another.example.org"
    another = take_backup(place).folder
    settings.SITE_URL = SITE
    (place / "notes.txt").write_text("mine")
    (place / f"{SITE.removeprefix('https://')}-no-backup").mkdir()
    first, second = take_backup(place).folder, take_backup(place).folder
    broken = take_backup(place).folder
    (broken / MANIFEST).write_text("{}")
    backup = take_backup(place, keep=2)
    assert backup.removed == [first]
    assert not first.exists()
    assert {another.name, second.name, broken.name, backup.folder.name} < set(names(place))
    assert {"notes.txt", "read.example.org-no-backup"} < set(names(place))


@pytest.mark.once
def test_unchanged_files_are_linked_and_damaged_ones_are_not(
    people: People, name: str, place: Path
) -> None:
    first, second = take_backup(place).folder, take_backup(place).folder
    files = [folder / "media" / name for folder in (first, second)]
    assert files[0].samefile(files[1])
    files[1].unlink()
    files[1].write_bytes(ESSAY.upper())
    third = take_backup(place).folder / "media" / name
    assert third.read_bytes() == ESSAY
    # What is kept longest goes first, and takes no file of the others with it.
    take_backup(place, keep=2)
    assert check_backup(third.parents[4]) is not None


@pytest.mark.once
def test_file_that_is_missing_is_told_and_keeps_nobody_from_a_backup(
    people: People, name: str, place: Path
) -> None:
    default_storage.delete(name)
    backup = take_backup(place)
    assert backup.manifest.missing == [name]
    assert check_backup(backup.folder).media == {}


@pytest.mark.once
def test_two_at_once(people: People, place: Path) -> None:
    place.mkdir()
    with (place / LOCK).open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(CommandError, match="Another backup or restore is at work"):
            call_command("backup", str(place))
    assert names(place) == []
    assert [run.outcome for run in BackupRun.objects.all()] == ["failed"]


@pytest.mark.once
def test_what_a_killed_one_left_is_cleared(people: People, place: Path) -> None:
    left = place / "read.example.org-20261130T010203Z.unfinished"
    left.mkdir(parents=True)
    (left / "database.sqlite3").write_bytes(b"half")
    (place / "mine.unfinished").mkdir()
    take_backup(place)
    assert not left.exists()
    assert (place / "mine.unfinished").exists()


@pytest.mark.once
def test_where_nothing_can_be_written(people: People, place: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BackupRefused, match="Not a directory"):
        take_backup(tmp_path / "file" / "backups")
    with pytest.raises(BackupRefused, match="is not there"):
        take_backup(Path("/proc/no/such/place"))


@pytest.mark.once
@pytest.mark.skipif(connection.vendor != "sqlite", reason="pg_dump would be killed by the limit")
def test_full_disk(people: People, place: Path, tmp_path: Path) -> None:
    """No file may grow beyond 400 kB, as on a disk with so much room."""
    variables = {"VAR_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{database_file()}"}
    done = subprocess.run(
        ["bash", "-c", f'ulimit -f 400; exec "{sys.executable}" manage.py backup "{place}"'],
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("CommandError: SQLite could not write the copy")
    assert names(place) == []


def database_file() -> str:
    return str(connection.settings_dict["NAME"])


@pytest.mark.once
def test_secret_key_is_set_apart(
    people: People, place: Path, tmp_path: Path, settings: Any
) -> None:
    kept = tmp_path / "kept" / "key"
    kept.parent.mkdir()
    folder = take_backup(place, secret_key=kept).folder
    assert kept.read_text() == f"{settings.SECRET_KEY}\n"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    for path in folder.rglob("*"):
        assert not path.is_file() or settings.SECRET_KEY.encode() not in path.read_bytes()
    take_backup(place, secret_key=kept)  # the same one is there already
    kept.write_text("another")
    with pytest.raises(BackupRefused, match="something else in it"):
        take_backup(place, secret_key=kept)
    with pytest.raises(BackupRefused, match="beside the backups"):
        take_backup(place, secret_key=place / "key")
    assert len(names(place)) == 2


def test_a_row_is_one_moment_with_its_file(
    people: People, reading: Reading, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that goes between the moment of the database and its copying: a later moment."""
    old, new = put_source(reading, "old.md", b"old"), ""
    storage_open = default_storage.open

    def opened(name: str, mode: str = "rb") -> Any:
        nonlocal new
        if name == old and not new:
            default_storage.delete(old)
            new = put_source(reading, "new.md", b"new")
        return storage_open(name, mode)

    monkeypatch.setattr(default_storage, "open", opened)
    backup = take_backup(place)
    assert set(check_backup(backup.folder).media) == {new}
    assert backup.manifest.missing == []


def test_backup_goes_on_where_its_run_cannot_be_written_down(people: People, place: Path) -> None:
    """On a schema from before there were runs, say: a backup comes before `migrate`."""
    with connection.schema_editor() as editor:
        editor.delete_model(BackupRun)
    try:
        call_command("backup", str(place))
        (folder,) = place.glob("read.example.org-*")
        assert "hosting_backuprun" not in check_backup(folder).tables
    finally:
        with connection.schema_editor() as editor:
            editor.create_model(BackupRun)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite needs no program")
def test_pg_dump_that_is_missing_or_old(
    people: People, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    with pytest.raises(BackupRefused, match="pg_dump is not on this machine: install the Debian"):
        take_backup(place)
    old = programs / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
    old.chmod(0o755)
    with pytest.raises(BackupRefused, match=r"of version 9, older than .* postgresql-client-"):
        take_backup(place)
    assert names(place) == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles")
def test_proof_needs_the_right_to_make_a_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE without_rights")
        cursor.execute("SET ROLE without_rights")
        try:
            with (
                pytest.raises(BackupRefused, match='ALTER ROLE "without_rights" CREATEDB'),
                postgresql.scratch_database(),
            ):
                pass
        finally:
            cursor.execute("RESET ROLE")
            cursor.execute("DROP ROLE without_rights")
