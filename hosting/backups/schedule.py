"""Backups by themselves: each night one is taken, and once a week one is proven.

The worker looks every minute whether one is due, and starts `manage.py backup --scheduled` in a
process of its own: mails and files that people wait for are not behind it. Whichever worker
writes the night's row does it (BackupRun.claim).
"""

import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.mail import sends_mail
from accounts.models import User
from database.periodic import keep_in_queue
from hosting.backups.errors import BackupRefused
from hosting.backups.proof import newest_backup, prove_backup
from hosting.backups.recorded import RunResult, recorded
from hosting.backups.take import take_backup
from hosting.models import BackupKind, BackupRun

EVERY = timedelta(minutes=1)
# After what people wait for.
PRIORITY = -5
# A week, but for the time that a proof itself takes: it is due in the same hour again.
PROVEN_FOR = timedelta(days=6, hours=12)


@task(priority=PRIORITY)
def look_for_backup() -> None:
    """Start what is due."""
    keep_backing_up()
    if due_kinds(timezone.now()):
        subprocess.Popen(
            [sys.executable, "manage.py", "backup", "--scheduled"],
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
        )


def keep_backing_up() -> None:
    """See that one next look is in the queue, where backups are taken at all."""
    if settings.BACKUP_DIR is not None:
        keep_in_queue(look_for_backup, EVERY)


# --- What is due ---------------------------------------------------------------------------------
def night_of(now: datetime) -> date:
    """The night whose backup may be due at `now`: it begins at BACKUP_HOUR, by TIME_ZONE."""
    local = now.astimezone(timezone.get_default_timezone())
    return local.date() - timedelta(days=local.hour < settings.BACKUP_HOUR)


def due_kinds(now: datetime) -> list[BackupKind]:
    """What is to be done of this night's; a proof after the backup that it is of."""
    runs, night = BackupRun.objects, night_of(now)
    if runs.is_at_work(BackupKind.BACKUP, night):
        return []
    due = [BackupKind.BACKUP] if runs.is_due(BackupKind.BACKUP, night) else []
    proof = runs.latest_proof()
    is_proven = proof is not None and proof.started_at > now - PROVEN_FOR
    if not is_proven and runs.is_due(BackupKind.PROOF, night):
        due.append(BackupKind.PROOF)
    return due


def run_due(now: datetime) -> None:
    """Do what is due and no other worker does. Raises BackupRefused for the last that failed."""
    work: dict[BackupKind, Callable[[RunResult], None]] = {
        BackupKind.BACKUP: _take,
        BackupKind.PROOF: _prove,
    }
    refused: BackupRefused | None = None
    for kind in due_kinds(now):
        run = BackupRun.objects.claim(kind, night_of(now))
        if run is None:
            break
        try:
            with recorded(kind, run) as result:
                work[kind](result)
        except BackupRefused as error:
            refused = error
            tell_hosts(run)
    if refused is not None:
        raise refused


def _take(result: RunResult) -> None:
    backup = take_backup(_folder(), keep=settings.BACKUP_KEEP)
    result.location, result.size = backup.folder, backup.manifest.size


def _prove(result: RunResult) -> None:
    proof = prove_backup(newest_backup(_folder()))
    result.location, result.size = proof.folder, proof.size


def _folder() -> Path:
    if settings.BACKUP_DIR is None:
        raise BackupRefused("BACKUP_DIR is off.")
    return settings.BACKUP_DIR


# --- Told once -----------------------------------------------------------------------------------
def tell_hosts(run: BackupRun) -> None:
    """Mail every host that a run has failed, unless the one before it had failed, too."""
    if BackupRun.objects.failed_before(run) or not sends_mail():
        return
    body = render_to_string("emails/backup_failed.txt", {"run": run, "site": settings.SITE_URL})
    subject = (
        _("A backup has failed")
        if run.kind == BackupKind.BACKUP
        else _("A backup could not be proven to be good")
    )
    for host in User.objects.filter(is_host=True, is_active=True):
        EmailMessage(
            subject=subject,
            body=body.strip() + "\n",
            to=[host.email],
            headers={"Auto-Submitted": "auto-generated"},
        ).send()
