"""Checkpoints: quizzes at the places in a reading where understanding is won or lost."""

import uuid
from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from readings.models import Block, Passage, Reading
from seminars.models import Membership, Seminar


class QuizQuerySet(models.QuerySet["Quiz"]):
    def of(self, reading: Reading) -> Self:
        """The quizzes that lie on this reading now, in order, with the ¶ they stand after."""
        return self.filter(reading=reading, retired_at=None).annotate(
            after_number=_paragraph_number(reading)
        )

    def one_of(self, reading: Reading, pk: int) -> Self:
        """One quiz of the reading, whether it lies there still or not."""
        return self.filter(reading=reading, pk=pk).annotate(after_number=_paragraph_number(reading))

    def with_results(self, reading: Reading) -> Self:
        """Those that lie on the reading now, then those that a later guide replaced."""
        answered = Attempt.objects.filter(quiz=OuterRef("pk"))
        return (
            self.filter(Q(retired_at=None) | Exists(answered), reading=reading)
            .annotate(after_number=_paragraph_number(reading))
            .select_related("passage")
            .order_by(F("retired_at").asc(nulls_first=True), "position", "pk")
        )


class Quiz(models.Model):
    """A checkpoint: it stands after the block of its passage."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    reading = models.ForeignKey(Reading, models.CASCADE, related_name="quizzes")
    passage = models.ForeignKey(Passage, models.PROTECT, related_name="quizzes")
    title = models.CharField(max_length=300)
    position = models.PositiveIntegerField()
    # A new guide replaces a quiz that has attempts by setting it aside, never by deleting it.
    retired_at = models.DateTimeField(null=True)
    # Of its questions as the guide has them: the same again is the same quiz, with its attempts.
    fingerprint = models.CharField(max_length=64, blank=True)
    after_number: int | None  # the ¶ of its passage, as the querysets annotate it

    objects: ClassVar[models.Manager["Quiz"]] = models.Manager.from_queryset(QuizQuerySet)()

    class Meta:
        ordering = ["reading_id", "position"]
        verbose_name_plural = "quizzes"

    def __str__(self) -> str:
        return self.title


class QuestionKind(models.TextChoices):
    ONE_CHOICE = "one_choice", "One choice"
    SEVERAL = "several", "Several choices"
    TRUE_FALSE = "true_false", "True or false"
    SHORT_ANSWER = "short_answer", "Short answer"


class QuestionQuerySet(models.QuerySet["Question"]):
    def of(self, quizzes: models.QuerySet[Quiz], reading: Reading) -> Self:
        """The questions of these quizzes, with the passage and the ¶ where to read the answer."""
        return (
            self.filter(quiz__in=quizzes.order_by().values("pk"))
            .select_related("passage")
            .annotate(source_number=_paragraph_number(reading))
        )


class Question(models.Model):
    """One question; its `passage` is where the answer can be read."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="questions")
    passage = models.ForeignKey(Passage, models.PROTECT, null=True, related_name="questions")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=QuestionKind)
    html = models.TextField(help_text="The question, one line, rendered and sanitised.")
    detail_html = models.TextField(blank=True, help_text="Further paragraphs below it.")
    feedback_html = models.TextField(blank=True, help_text="Shown after answering.")
    # Of a short answer: a list of accepted forms. Of true/false: ["true"] or ["false"].
    accepted = models.JSONField(default=list)
    case_matters = models.BooleanField(default=False)
    points = models.PositiveSmallIntegerField(default=1)
    source_number: int | None  # the ¶ of its passage, as the queryset annotates it

    objects: ClassVar[models.Manager["Question"]] = models.Manager.from_queryset(QuestionQuerySet)()

    class Meta:
        ordering = ["quiz_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "position"], name="question_position_unique"),
            models.CheckConstraint(
                condition=Q(kind__in=QuestionKind.values), name="question_kind_known"
            ),
            models.CheckConstraint(condition=Q(points__gte=1), name="question_points"),
        ]

    def __str__(self) -> str:
        return f"Question {self.position} of {self.quiz}"


class Choice(models.Model):
    """One of a question's choices. Its `key` is random: nothing about it tells which is right."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="choices")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveIntegerField()
    html = models.TextField()
    is_correct = models.BooleanField()
    feedback_html = models.TextField(blank=True)

    class Meta:
        ordering = ["question_id", "position"]

    def __str__(self) -> str:
        return f"Choice {self.position} of {self.question}"


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def latest_of(self, membership: Membership) -> Self:
        """This member's latest try at each quiz."""
        later = Attempt.objects.filter(
            quiz=OuterRef("quiz"), membership=OuterRef("membership"), number__gt=OuterRef("number")
        )
        return self.filter(~Exists(later), membership=membership)

    def first_tries(self, members: Iterable[Membership]) -> Self:
        """The tries that count: the first of each of these members."""
        return self.filter(number=1, membership__in=members)


class Attempt(models.Model):
    """One member's answers to one quiz, given together and marked at once."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="attempts")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField(help_text="1 is the first try, the one that counts.")
    submitted_at = models.DateTimeField(default=timezone.now)
    score = models.DecimalField(max_digits=6, decimal_places=2)
    max_score = models.DecimalField(max_digits=6, decimal_places=2)
    client_key = models.UUIDField(null=True)

    objects: ClassVar[models.Manager["Attempt"]] = models.Manager.from_queryset(AttemptQuerySet)()

    class Meta:
        ordering = ["quiz_id", "membership_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "membership", "number"], name="attempt_number_unique"
            ),
            models.UniqueConstraint(
                fields=["membership", "client_key"], name="attempt_client_key_unique"
            ),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=F("max_score")), name="attempt_score"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.quiz}, try {self.number}"


class Answer(models.Model):
    """What was answered to one question: choice keys, `true`/`false`, or the words typed."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    response = models.JSONField(default=list, help_text="A list of strings.")
    score = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        ordering = ["attempt_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "question"], name="answer_unique")
        ]

    def __str__(self) -> str:
        return f"Answer to {self.question}"

    @property
    def is_right(self) -> bool:
        return self.score == self.question.points


def _paragraph_number(reading: Reading) -> Subquery:
    """The ¶ number of the block that the row's passage is in; null where it has none."""
    blocks = Block.objects.filter(
        revision_id=reading.revision_id, key=OuterRef("passage__block_key")
    )
    return Subquery(blocks.values("number")[:1])
