"""How far a member has put aside what they were told."""

from typing import ClassVar

from django.db import models

from seminars.models import Membership, Seminar


class NewsRead(models.Model):
    """A member's watermark over their news: what came up to `seen_at` is not new to them.

    Without a row, all is since they joined. What is new in a thread is also read by opening it
    (`ThreadRead`).
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    membership = models.OneToOneField(Membership, models.CASCADE, related_name="news_read")
    seen_at = models.DateTimeField()
    # By what the last marking can be taken back, and to when; null where there was no row before.
    marking = models.UUIDField(null=True)
    seen_before = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["NewsRead"]] = models.Manager()

    def __str__(self) -> str:
        return f"News of {self.membership} up to {self.seen_at:%d %B %Y}"


class NewsReceipt(models.Model):
    """That a member has followed a row of their news: what it told up to `seen_to` is seen.

    `source` and `row` name it, as in the news: their rows are of many tables. It is never changed;
    what is told there later is new again, and seen by a receipt of its own.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    source = models.PositiveSmallIntegerField()
    row = models.BigIntegerField()
    seen_to = models.DateTimeField()

    objects: ClassVar[models.Manager["NewsReceipt"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "source", "row", "seen_to"], name="news_receipt_unique"
            )
        ]

    def __str__(self) -> str:
        return f"News {self.source}-{self.row} seen by {self.membership}"
