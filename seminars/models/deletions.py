"""That a seminar is to be deleted, or was."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class SeminarDeletionQuerySet(models.QuerySet["SeminarDeletion"]):
    def standing(self) -> Self:
        """Asked for, and neither done nor taken back."""
        return self.filter(taken_back_at=None, finished_at=None)

    def due(self) -> Self:
        return self.standing().filter(due_at__lte=timezone.now())


class SeminarDeletion(models.Model):
    """A seminar's deletion: asked for, taken back or done.

    It outlasts the seminar, and names it by its key alone: nothing else that was its own stays.
    The triggers that guard the audit log let its rows go only between `begun_at` and `finished_at`
    of such a row, which the same transaction writes (discussions.moderation.audit).
    """

    seminar_key = models.BigIntegerField()
    # For good, whoever asked is told of by their account alone; none is left where that went.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    rows_deleted = models.PositiveIntegerField(null=True)
    # The names of files that nothing else uses, until they are gone from the store.
    files = models.JSONField(default=list)

    objects: ClassVar[models.Manager["SeminarDeletion"]] = models.Manager.from_queryset(
        SeminarDeletionQuerySet
    )()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seminar_key"],
                condition=Q(taken_back_at=None),
                name="seminar_deleted_once",
            )
        ]

    def __str__(self) -> str:
        return f"Deletion of seminar {self.seminar_key}"
