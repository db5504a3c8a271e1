"""Threads that staff have pinned."""

from django.db import models
from django.db.models import Q

from discussions.models.threads import Thread
from discussions.models.undoable import Undoable


class Pin(Undoable):
    """Staff's word that a thread is to be seen first; it stands until it is undone."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="pins")

    class Meta:
        ordering = ["thread_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["thread"], condition=Q(undone_at=None), name="pin_one_standing"
            )
        ]

    def __str__(self) -> str:
        return f"Pin of {self.thread}"
