"""What an instance tells its hosts of itself."""

from datetime import date, timedelta
from typing import ClassVar

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

# Whoever runs for longer was ended in the middle: an instance of any size is copied in less.
ABANDONED_AFTER = timedelta(hours=3)
KEPT = timedelta(days=400)
MAX_ERROR = 1000


class BackupKind(models.TextChoices):
    BACKUP = "backup", gettext_lazy("Backup")
    PROOF = "proof", gettext_lazy("Proof that a backup is good")


class BackupOutcome(models.TextChoices):
    RUNNING = "running", gettext_lazy("Running")
    SUCCEEDED = "succeeded", gettext_lazy("Succeeded")
    FAILED = "failed", gettext_lazy("Failed")


class BackupRunQuerySet(models.QuerySet["BackupRun"]):
    def latest_backup(self) -> "BackupRun | None":
        """The newest backup that is whole; None where there is none."""
        return self._latest(BackupKind.BACKUP, BackupOutcome.SUCCEEDED)

    def latest_proof(self) -> "BackupRun | None":
        """The newest proof that a backup is good; None where there is none."""
        return self._latest(BackupKind.PROOF, BackupOutcome.SUCCEEDED)

    def standing_failures(self) -> list["BackupRun"]:
        """Of each kind the newest run, where it failed."""
        newest = [self.finished().filter(kind=kind).first() for kind in BackupKind]
        return [run for run in newest if run and run.outcome == BackupOutcome.FAILED]

    def failed_before(self, run: "BackupRun") -> bool:
        """Whether the run of the same kind that ended before this one failed."""
        before = self.finished().filter(kind=run.kind, started_at__lt=run.started_at).first()
        return before is not None and before.outcome == BackupOutcome.FAILED

    def forget_unfinished(self) -> None:
        """Remove the runs that were at work when this database was copied: that was elsewhere."""
        self.filter(outcome=BackupOutcome.RUNNING).delete()

    def finished(self) -> "BackupRunQuerySet":
        return self.exclude(outcome=BackupOutcome.RUNNING).order_by("-started_at", "-pk")

    def _latest(self, kind: str, outcome: str) -> "BackupRun | None":
        return self.filter(kind=kind, outcome=outcome).order_by("-started_at", "-pk").first()

    def begin(self, kind: str) -> "BackupRun":
        """Write down that somebody has begun a run at a shell."""
        self.filter(started_at__lt=timezone.now() - KEPT).delete()
        return self.create(kind=kind)

    def claim(self, kind: str, night: date) -> "BackupRun | None":
        """Take the run of a night; None where another worker has it, or has done it.

        One that was ended in the middle is taken again.
        """
        now = timezone.now()
        try:
            with transaction.atomic():
                return self.create(kind=kind, night=night)
        except IntegrityError:
            its = self.filter(kind=kind, night=night, outcome=BackupOutcome.RUNNING)
            abandoned = its.filter(started_at__lt=now - ABANDONED_AFTER)
            taken = abandoned.update(started_at=now)
            return self.get(kind=kind, night=night) if taken else None

    def is_at_work(self, kind: str, night: date) -> bool:
        """Whether a worker is at that night's run."""
        since = timezone.now() - ABANDONED_AFTER
        its = self.filter(kind=kind, night=night, outcome=BackupOutcome.RUNNING)
        return its.filter(started_at__gte=since).exists()

    def is_due(self, kind: str, night: date) -> bool:
        """Whether nobody has done that night's run, or is at it."""
        late = timezone.now() - ABANDONED_AFTER
        running = models.Q(outcome=BackupOutcome.RUNNING)
        its = self.filter(kind=kind, night=night)
        return not its.exclude(running & models.Q(started_at__lt=late)).exists()


class BackupRun(models.Model):
    """A backup that was taken, or a proof that one is good: by a host at a shell, or at night."""

    kind = models.CharField(max_length=10, choices=BackupKind.choices)
    outcome = models.CharField(
        max_length=10, choices=BackupOutcome.choices, default=BackupOutcome.RUNNING
    )
    # Of the schedule: the day on whose early morning it was due. One at a shell has none.
    night = models.DateField(null=True)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    location = models.CharField(max_length=1000, blank=True, help_text="The backup's folder.")
    size = models.BigIntegerField(default=0, help_text="Of the backup, in bytes.")
    error = models.TextField(blank=True, help_text="Why it failed, in English, for a host.")

    objects: ClassVar[models.Manager["BackupRun"]] = models.Manager.from_queryset(
        BackupRunQuerySet
    )()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "night"], name="backup_run_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.started_at:%Y-%m-%d %H:%M}"

    def succeed(self, *, location: str, size: int) -> None:
        self.location, self.size = location[:1000], size
        self._finish(BackupOutcome.SUCCEEDED)

    def fail(self, error: str) -> None:
        self.error = error[:MAX_ERROR]
        self._finish(BackupOutcome.FAILED)

    def _finish(self, outcome: str) -> None:
        self.outcome, self.finished_at = outcome, timezone.now()
        self.save(update_fields=["outcome", "finished_at", "location", "size", "error"])
