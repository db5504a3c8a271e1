"""Missed questions that come back to one person: when, and what came of them the last time."""

from datetime import datetime
from typing import ClassVar

from django.db import models

from quizzes.models.quizzes import Question
from seminars.models import Membership, Seminar


class PracticeCard(models.Model):
    """One question in somebody's practice, from their first answer there on. It is theirs alone.

    `stability` (days) and `difficulty` (1 to 10) are those of FSRS. `response`, `version` and
    `score` are of the latest answer, so that what came of it can be shown again.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    question = models.ForeignKey(Question, models.CASCADE, related_name="+")
    stability = models.FloatField()
    difficulty = models.FloatField()
    times = models.PositiveIntegerField(default=0)
    answered_at = models.DateTimeField()
    due_at = models.DateTimeField()
    response = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    score = models.DecimalField(max_digits=5, decimal_places=2)
    client_key = models.UUIDField(null=True)

    objects: ClassVar[models.Manager["PracticeCard"]] = models.Manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["membership", "question"], name="practice_card_unique"),
        ]

    def __str__(self) -> str:
        return f"Practice of {self.membership}: {self.question}"

    def is_due_at(self, moment: datetime) -> bool:
        return self.due_at <= moment
