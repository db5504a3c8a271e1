"""Scores for participation: whether a seminar has them, which were set by hand, which are told.

Each is a row with its author and time that stands until it is taken back; the score itself is no
row, but counted from what was written (overview.participation).
"""

from django.db import models
from django.db.models import Q

from discussions.models import Undoable
from readings.models import Reading
from seminars.models import Membership

MAX_REASON = 300  # characters: a line that the person reads


class ParticipationScoring(Undoable):
    """That a seminar scores participation."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seminar"], condition=Q(undone_at=None), name="scoring_one_standing"
            )
        ]

    def __str__(self) -> str:
        return f"Scores for participation in {self.seminar}"


class ScoreOverride(Undoable):
    """So many of the posts and replies that a reading asks for, set by hand, and why."""

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    done = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=MAX_REASON)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reading", "membership"],
                condition=Q(undone_at=None),
                name="override_one_standing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership} in {self.reading}: {self.done}"

    @property
    def edit_version(self) -> int:
        """Which one it is: each change is a row of its own, so that is the state of a form."""
        return int(self.pk)


class ScoreRelease(Undoable):
    """That those who take part see their scores of a reading."""

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reading"], condition=Q(undone_at=None), name="release_one_standing"
            )
        ]

    def __str__(self) -> str:
        return f"Scores of {self.reading}"
