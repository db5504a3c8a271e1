"""What a host is told of backups, and which worker takes the night's."""

from datetime import date, timedelta

import pytest
from django.db.models import F

from hosting.models import ABANDONED_AFTER, BackupKind, BackupRun

BACKUP, PROOF = BackupKind.BACKUP, BackupKind.PROOF
NIGHT = date(2026, 11, 30)
pytestmark = pytest.mark.django_db


def test_the_latest_is_the_newest_that_succeeded() -> None:
    assert BackupRun.objects.latest_backup() is None
    for name in ("first", "second"):
        BackupRun.objects.begin(BACKUP).succeed(location=name, size=1)
    BackupRun.objects.begin(BACKUP).fail("The disk is full.")
    BackupRun.objects.begin(BACKUP)  # at it still
    latest = BackupRun.objects.latest_backup()
    assert latest is not None
    assert (latest.location, latest.size) == ("second", 1)
    assert BackupRun.objects.latest_proof() is None
    assert [run.error for run in BackupRun.objects.standing_failures()] == ["The disk is full."]
    BackupRun.objects.begin(BACKUP).succeed(location="third", size=1)
    assert BackupRun.objects.standing_failures() == []


def test_one_worker_takes_the_run_of_a_night() -> None:
    assert BackupRun.objects.is_due(BACKUP, NIGHT)
    assert BackupRun.objects.claim(BACKUP, NIGHT)
    assert BackupRun.objects.claim(BACKUP, NIGHT) is None
    assert not BackupRun.objects.is_due(BACKUP, NIGHT)
    assert BackupRun.objects.claim(PROOF, NIGHT)
    assert BackupRun.objects.claim(BACKUP, NIGHT + timedelta(days=1))


def test_a_run_that_was_ended_in_the_middle_is_taken_again_once() -> None:
    BackupRun.objects.claim(BACKUP, NIGHT)
    BackupRun.objects.update(started_at=F("started_at") - ABANDONED_AFTER)
    assert BackupRun.objects.is_due(BACKUP, NIGHT)
    again = BackupRun.objects.claim(BACKUP, NIGHT)
    assert again is not None
    assert BackupRun.objects.claim(BACKUP, NIGHT) is None
    again.fail("The disk is full.")
    assert not BackupRun.objects.is_due(BACKUP, NIGHT)
