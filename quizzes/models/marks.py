"""Marks that people give: a draft until it is released, and what stood there before."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from database.versions import Versioned
from quizzes.models.quizzes import Answer
from seminars.models import Membership, Seminar

MAX_REMARK = 4_000  # letters


class AnswerMarkQuerySet(models.QuerySet["AnswerMark"]):
    def drafts(self) -> Self:
        return self.filter(released_at=None)


class AnswerMark(Versioned):
    """The mark of one answer that a person has to mark.

    Until it is released it is a draft: staff alone see it, and the answer has no score. From then
    on the answer's score is `points`, and its author reads both.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    answer = models.OneToOneField(Answer, models.CASCADE, related_name="mark")
    points = models.DecimalField(max_digits=5, decimal_places=2)
    remark = models.TextField(blank=True, max_length=MAX_REMARK)
    # By a rubric: for each criterion its name, the words of the level and its points, and the
    # most it could have; as they were when it was marked.
    levels = models.JSONField(default=list)
    marked_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    marked_at = models.DateTimeField(default=timezone.now)
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[models.Manager["AnswerMark"]] = models.Manager.from_queryset(
        AnswerMarkQuerySet
    )()

    class Meta:
        ordering = ["answer_id"]
        constraints = [
            models.CheckConstraint(condition=Q(points__gte=0), name="mark_points"),
            models.CheckConstraint(
                condition=Q(released_at=None, released_by=None)
                | Q(released_at__isnull=False, released_by__isnull=False),
                name="mark_released",
            ),
        ]

    def __str__(self) -> str:
        return f"Mark of {self.answer}"

    @property
    def is_released(self) -> bool:
        return self.released_at is not None


class EarlierMark(models.Model):
    """What a released mark was before somebody changed it; never changed itself."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    mark = models.ForeignKey(AnswerMark, models.CASCADE, related_name="earlier")
    points = models.DecimalField(max_digits=5, decimal_places=2)
    remark = models.TextField(blank=True)
    levels = models.JSONField(default=list)
    marked_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()
    replaced_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["mark_id", "-pk"]

    def __str__(self) -> str:
        return f"Earlier {self.mark}"

    @property
    def points_in_words(self) -> str:
        return f"{self.points.normalize():f}"
