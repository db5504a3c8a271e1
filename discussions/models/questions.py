"""Where a question stands: what its asker and staff say of it, and which answers staff endorse."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from discussions.models.comments import Comment
from discussions.models.threads import Thread
from discussions.models.undoable import Undoable


class Outcome(models.TextChoices):
    RESOLVED = "resolved", gettext_lazy("Resolved")
    STILL_OPEN = "open", gettext_lazy("Still open")


class Resolution(Undoable):
    """The asker's or staff's word that a question is settled, or that it is still open.

    The last one that stands decides. `last_seq` is how far the talk had come: a reply after it
    answers anew a question that was said to be open still.
    """

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="resolutions")
    outcome = models.CharField(max_length=8, choices=Outcome)
    last_seq = models.PositiveIntegerField()

    class Meta:
        ordering = ["thread_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="resolution_outcome_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.thread}"


class Endorsement(Undoable):
    """Staff's word that a comment answers the question of its thread."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="endorsements")

    class Meta:
        ordering = ["comment_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["comment"], condition=Q(undone_at=None), name="endorsement_one_standing"
            )
        ]

    def __str__(self) -> str:
        return f"Endorsement of {self.comment}"
