"""How far a member has read in a thread."""

from typing import ClassVar

from django.db import models

from discussions.models.threads import Thread
from seminars.models import Membership, Seminar


class ThreadRead(models.Model):
    """A member's watermark in a thread: comments numbered up to `seq` are read.

    Written when the thread is opened (discussions.threads.reads), and only where something in it
    was new; and as 0 when a member comes to see one that was there before. Who never opened a
    thread has none there, and what was published since their first visit to the reading is unread.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="reads")
    seq = models.PositiveIntegerField(help_text="Of the last comment that is read.")
    # Of one marked read together with others: by what they can be put back together, and to
    # where; null where there was no watermark before.
    marking = models.UUIDField(null=True)
    seq_before = models.PositiveIntegerField(null=True)

    objects: ClassVar[models.Manager["ThreadRead"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "thread"], name="thread_read_unique")
        ]

    def __str__(self) -> str:
        return f"{self.membership} in {self.thread} up to {self.seq}"
