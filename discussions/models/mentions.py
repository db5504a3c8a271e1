"""Whom comments speak to by name."""

from django.db import models
from django.utils import timezone

from discussions.models.comments import Comment
from seminars.models import Membership, Seminar


class Mention(models.Model):
    """A member named in a comment as “@Name”, who saw its thread when it was written.

    Whether they see it now is asked again by whatever tells them.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="mentions")
    member = models.ForeignKey(Membership, models.PROTECT, related_name="mentions")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["comment_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "member"], name="mention_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.member} in {self.comment}"
