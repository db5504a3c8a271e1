"""What members answer to comments in one word."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from discussions.models.comments import Comment
from seminars.models import Membership, Seminar
from seminars.reaction_kinds import ReactionKind


class Reaction(models.Model):
    """One member's reaction of one kind to another's comment, until it is taken back."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="reactions")
    member = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=ReactionKind)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["comment_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "member", "kind"], name="reaction_unique"),
            models.CheckConstraint(
                condition=Q(kind__in=ReactionKind.values), name="reaction_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.member}: {self.comment}"
