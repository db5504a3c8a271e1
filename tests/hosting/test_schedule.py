"""Backups by themselves: what is due each night, by one worker, and who is told that it failed."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from hosting.backups import BackupRefused, take_backup
from hosting.backups.schedule import due_kinds, keep_backing_up, night_of, run_due
from hosting.models import BackupKind, BackupRun
from tests.base import People
from tests.conftest import forget_task_backends
from tests.rules import ROOT

BACKUP, PROOF = BackupKind.BACKUP, BackupKind.PROOF
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def done(kind: str, at: datetime) -> None:
    run = BackupRun.objects.claim(kind, night_of(at))
    assert run is not None
    BackupRun.objects.filter(pk=run.pk).update(started_at=at)
    run.succeed(location="somewhere", size=1)


@pytest.mark.django_db
def test_each_night_a_backup_and_each_week_a_proof() -> None:
    assert due_kinds(NOON) == [BACKUP, PROOF]
    done(BACKUP, NOON)
    done(PROOF, NOON)
    assert due_kinds(NOON + timedelta(hours=3)) == []
    due = {day: due_kinds(NOON + day * DAY) for day in range(1, 9)}
    assert due == {day: [BACKUP, PROOF] if day >= 7 else [BACKUP] for day in range(1, 9)}


def test_the_night_begins_at_the_hour_of_the_host(settings: Any) -> None:
    settings.TIME_ZONE, settings.BACKUP_HOUR = "Europe/Berlin", 3
    at_three = datetime(2026, 11, 30, 2, tzinfo=UTC)
    assert night_of(at_three).day == 30
    assert night_of(at_three - timedelta(minutes=1)).day == 29


@pytest.mark.django_db
def test_one_next_look_is_in_the_queue_where_backups_are_taken(
    settings: Any, tmp_path: Path
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    forget_task_backends()
    settings.BACKUP_DIR = None
    keep_backing_up()
    assert not DBTaskResult.objects.exists()
    settings.BACKUP_DIR = tmp_path
    for _ in range(3):
        keep_backing_up()
    (row,) = DBTaskResult.objects.all()
    assert row.run_after > timezone.now()
    settings.TASKS = {"default": {"BACKEND": "tests.tasks.AtOnce"}}
    forget_task_backends()


@pytest.mark.django_db(transaction=True)
def test_failure_is_told_to_hosts_once(
    people: People, settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    User.objects.filter(pk=people.alice.user_id).update(is_host=True)
    done(PROOF, NOON)
    (tmp_path / "file").write_text("")
    settings.BACKUP_DIR = tmp_path / "file" / "backups"
    for day in range(3):
        with pytest.raises(BackupRefused):
            run_due(NOON + day * DAY)
    (told,) = mail.outbox
    assert told.to == ["alice@example.org"]
    assert "Not a directory" in told.body
    assert settings.SITE_URL in told.body
    (failure,) = BackupRun.objects.standing_failures()
    assert "Not a directory" in failure.error
    assert "A run of backup has failed (BackupRefused)." in caplog.text
    assert "alice" not in caplog.text

    settings.BACKUP_DIR = tmp_path / "backups"
    run_due(NOON + 3 * DAY)
    assert BackupRun.objects.standing_failures() == []
    settings.BACKUP_DIR = tmp_path / "file" / "backups"
    with pytest.raises(BackupRefused):
        run_due(NOON + 4 * DAY)
    assert len(mail.outbox) == 2


@pytest.mark.django_db(transaction=True)
def test_of_several_workers_one_takes_the_nights(people: People, tmp_path: Path) -> None:
    """Each as a worker starts it, in a process of its own, all at once."""
    database = connection.settings_dict
    url = f"sqlite:///{database['NAME']}"
    if connection.vendor == "postgresql":
        user = f"{database['USER']}:{quote(database['PASSWORD'])}".rstrip(":")
        url = f"postgres://{user}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    backups = tmp_path / "backups"
    ours = {"DATABASE_URL": url, "VAR_DIR": str(tmp_path), "BACKUP_DIR": str(backups)}
    command = [sys.executable, "manage.py", "backup", "--scheduled"]
    started = [
        subprocess.Popen(command, cwd=ROOT, env={**os.environ, **ours}, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    said = [process.communicate(timeout=120)[1] for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], said
    assert len(list(backups.glob("*/manifest.json"))) == 1
    runs = BackupRun.objects.order_by("kind")
    assert [(run.kind, run.outcome) for run in runs] == [
        ("backup", "succeeded"),
        ("proof", "succeeded"),
    ]


@pytest.mark.django_db(transaction=True)
def test_backup_that_is_ended_with_its_worker_is_free_again(
    people: People, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BACKUP_DIR = tmp_path / "backups"
    monkeypatch.setattr("hosting.backups.take.copy_media", lambda *_: sys.exit(143))
    with pytest.raises(SystemExit):
        run_due(NOON)
    assert due_kinds(NOON) == [BACKUP, PROOF]
    assert not list(settings.BACKUP_DIR.glob("*unfinished*"))
    monkeypatch.undo()
    assert take_backup(settings.BACKUP_DIR).removed == []
