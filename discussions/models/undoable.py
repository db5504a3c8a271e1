"""What somebody says about a thread or a comment, and may take back: a row with a time."""

from typing import Any, Self, TypeVar

from django.db import models
from django.utils import timezone

from seminars.models import Membership, Seminar

S = TypeVar("S", bound="Undoable")


class UndoableQuerySet(models.QuerySet[S]):
    def standing(self) -> Self:
        """Those that nobody has taken back."""
        return self.filter(undone_at=None)


class Undoable(models.Model):
    """A row that stands until it is undone; who did either, and when, stays to be read."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects: Any = models.Manager.from_queryset(UndoableQuerySet)()

    class Meta:
        abstract = True

    def undo(self, *, by: Membership) -> bool:
        """Take it back; False where that has been done."""
        standing = type(self).objects.standing().filter(pk=self.pk)
        return bool(standing.update(undone_at=timezone.now(), undone_by=by))
