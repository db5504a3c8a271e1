"""What a person has asked for about all that is kept of them."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import User

# Whoever has got hold of a session of somebody else's erases nothing in secret: its owner signs in
# meanwhile, or reads the mail, and takes it back.
ERASURE_WAITS = timedelta(days=7)
# A file with all that one has done is not to lie about.
EXPORT_KEPT = timedelta(days=7)


class Words(models.TextChoices):
    """What becomes of what somebody wrote for others."""

    STAY = "stay", gettext_lazy("My words stay, as those of “A former member”")
    GO = "go", gettext_lazy("My words go, too")


class ErasureQuerySet(models.QuerySet["Erasure"]):
    def waiting(self) -> Self:
        """Those that may still be taken back."""
        return self.filter(done_at=None)

    def due(self, now: datetime) -> Self:
        return self.waiting().filter(due_at__lte=now).order_by("due_at", "pk")


class Erasure(models.Model):
    """That somebody is to be erased from a day on, and how; the row stays, and names nobody."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="erasure")
    words = models.CharField(max_length=4, choices=Words)
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Erasure"]] = models.Manager.from_queryset(ErasureQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["done_at", "due_at"], name="erasure_due")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(words__in=Words.values), name="erasure_words_known"
            )
        ]

    def __str__(self) -> str:
        return f"Erasure of account {self.user_id}"


class PersonalExportQuerySet(models.QuerySet["PersonalExport"]):
    def of_person(self, user: User) -> Self:
        """What they have asked for and is not too old, the newest first."""
        return self.filter(user=user, asked_at__gt=timezone.now() - EXPORT_KEPT).order_by("-pk")

    def expired(self) -> Self:
        return self.filter(asked_at__lte=timezone.now() - EXPORT_KEPT)


class PersonalExport(models.Model):
    """A file with all that is kept of a person, for themselves alone, made by the worker."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    # Neither: the worker has it before it.
    ready_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    # No page leads to the folder: personal_data.export_views sends it to its person.
    file = models.FileField(upload_to="personal/%Y/%m/", blank=True)

    objects: ClassVar[models.Manager["PersonalExport"]] = models.Manager.from_queryset(
        PersonalExportQuerySet
    )()

    def __str__(self) -> str:
        return f"Export {self.pk} of account {self.user_id}"

    @property
    def is_waiting(self) -> bool:
        return self.ready_at is None and self.failed_at is None

    @property
    def until(self) -> datetime:
        return self.asked_at + EXPORT_KEPT
