"""What a question offers to choose from, and the places in the text that are right."""

import uuid

from django.db import models

from quizzes.models.quizzes import Question
from readings.models import Passage
from seminars.models import Seminar


class Choice(models.Model):
    """One of a question's choices. Its `key` is random: nothing about it tells which is right.

    One that was picked and is offered no more has `retired_at`. Where a question has several
    lists of them, `slot` says in which one it is: the two sides of what is matched, the gaps of
    a sentence. `answer` is the text of what it is matched with.
    """

    question = models.ForeignKey(Question, models.CASCADE, related_name="choices")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveIntegerField()
    text = models.TextField(help_text="Markdown, one line.")
    html = models.TextField()
    is_correct = models.BooleanField()
    slot = models.PositiveSmallIntegerField(default=0)
    answer = models.TextField(blank=True, help_text="Markdown, one line.")
    feedback = models.TextField(blank=True)
    feedback_html = models.TextField(blank=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["question_id", "position"]

    def __str__(self) -> str:
        return f"Choice {self.position} of {self.question}"


class KeyPassage(models.Model):
    """A passage that is itself a right answer to a question: words in the text, or a whole block.

    It goes with the text like all others. Where a question has several, each of them is right.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    question = models.ForeignKey(Question, models.CASCADE, related_name="key_passages")
    passage = models.ForeignKey(Passage, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["question_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["question", "position"], name="key_passage_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.passage}: {self.question}"
