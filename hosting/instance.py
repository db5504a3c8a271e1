"""How this instance stands, for whoever hosts it: what is wrong first, then the figures."""

import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import django
from django.conf import settings
from django.db import connection
from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult, get_date_max

from accounts.models import QueuedMail, User
from config.health import free_bytes, worker_is_late
from hosting.models import BackupRun
from personal_data.models import Erasure
from seminars.models import Seminar

BACKUP_IS_OLD = timedelta(days=2)
PROOF_IS_OLD = timedelta(days=15)
# Enough for the uploads of a term, and for SQLite to write a database anew.
LITTLE_ROOM = 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class InstanceState:
    """The figures; sizes in bytes, times None where there was no such thing."""

    versions: Sequence[tuple[str, str]]
    free: int
    database_size: int
    media_size: int
    tasks_waiting: int
    tasks_failed: int
    worker_is_late: bool
    mails_waiting: int
    mails_refused: int
    oldest_mail: datetime | None
    last_backup: BackupRun | None
    last_proof: BackupRun | None
    failures: Sequence[BackupRun]
    people: int
    seminars: int
    erasures_late: int

    def warnings(self) -> Iterator[str]:
        """What is wrong, each in a sentence, with what to do."""
        now = timezone.now()
        if self.worker_is_late:
            yield _(
                "Tasks wait, and nobody does them: start the worker (manage.py db_worker). Until "
                "then no mail goes out and no file is read."
            )
        if self.free < LITTLE_ROOM:
            yield _("The disk is nearly full. Make room, or people can soon only read.")
        if self.mails_refused:
            yield _(
                "The mail server does not take what is sent. Look at EMAIL_URL and at its log; "
                "each mail is tried again for a day."
            )
        if self.last_backup is None or self.last_backup.started_at < now - BACKUP_IS_OLD:
            yield _("There is no backup of the last two days: run manage.py backup.")
        elif self.last_proof is None or self.last_proof.started_at < now - PROOF_IS_OLD:
            yield _("No backup was proven in the last two weeks: run manage.py backup --prove.")
        for run in self.failures:
            yield _("The last run failed. %(kind)s: %(why)s") % {
                "kind": run.get_kind_display(),
                "why": run.error,
            }
        if self.erasures_late:
            yield (
                ngettext(
                    "%d person who wants to be erased alone instructs a seminar: it needs another "
                    "instructor.",
                    "%d people who want to be erased alone instruct a seminar: each needs another "
                    "instructor.",
                    self.erasures_late,
                )
                % self.erasures_late
            )
        if self.tasks_failed:
            yield (
                ngettext(
                    "%d task failed in the last week. The worker’s log says why.",
                    "%d tasks failed in the last week. The worker’s log says why.",
                    self.tasks_failed,
                )
                % self.tasks_failed
            )


def instance_now() -> InstanceState:
    """Return how it stands. Eleven queries, whatever there is."""
    now = timezone.now()
    # What is put off to a time is waiting from then on.
    due = Q(run_after=get_date_max()) | Q(run_after__lte=now)
    ready = Q(status="READY") & due
    tasks = DBTaskResult.objects.aggregate(
        waiting=Count("pk", filter=ready),
        failed=Count("pk", filter=Q(status="FAILED", finished_at__gt=now - timedelta(days=7))),
    )
    mails = QueuedMail.objects.aggregate(
        waiting=Count("pk"),
        refused=Count("pk", filter=Q(failed_at__isnull=False)),
        oldest=Min("created_at"),
    )
    people = User.objects.filter(erased_at=None, is_active=True)
    return InstanceState(
        versions=_versions(),
        free=free_bytes(),
        database_size=_database_size(),
        media_size=_size_of(Path(settings.MEDIA_ROOT)),
        tasks_waiting=tasks["waiting"],
        tasks_failed=tasks["failed"],
        worker_is_late=worker_is_late(),
        mails_waiting=mails["waiting"],
        mails_refused=mails["refused"],
        oldest_mail=mails["oldest"],
        last_backup=BackupRun.objects.latest_backup(),
        last_proof=BackupRun.objects.latest_proof(),
        failures=BackupRun.objects.standing_failures(),
        people=people.count(),
        seminars=Seminar.objects.count(),
        erasures_late=Erasure.objects.due(now - timedelta(days=1)).count(),
    )


def _versions() -> Sequence[tuple[str, str]]:
    server = ".".join(str(one) for one in connection.get_database_version())
    return [
        (_("Python"), platform.python_version()),
        (_("Django"), django.get_version()),
        (connection.display_name, server),
    ]


def _database_size() -> int:
    """In bytes, with its indexes."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return int(cursor.fetchone()[0])


def _size_of(folder: Path) -> int:
    """What the files in it have together: a file that goes meanwhile counts for nothing."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:
            continue
    return total
