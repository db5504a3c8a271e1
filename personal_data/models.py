"""What a person has asked for about all that is kept of them."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

# Whoever has got hold of a session of somebody else's erases nothing in secret: its owner signs in
# meanwhile, or reads the mail, and takes it back.
ERASURE_WAITS = timedelta(days=7)


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
