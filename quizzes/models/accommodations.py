"""What is arranged for one person at checkpoints: more time, and further tries."""

from dataclasses import replace
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from database.versions import Versioned
from quizzes.models.quiz_settings import QuizSettings
from seminars.models import Membership, Seminar

MAX_TIME_PERCENT = 400
MAX_EXTRA_TRIES = 10
REASON_LENGTH = 500  # characters


class AccommodationQuerySet(models.QuerySet["Accommodation"]):
    def of(self, member: Membership) -> "Accommodation | None":
        return self.filter(membership=member).first()


class Accommodation(Versioned):
    """More time and further tries for one person, in every checkpoint of the seminar.

    Staff and the person know of it, and nobody else. Dates are moved by extensions
    (readings.models.extensions).
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    membership = models.OneToOneField(Membership, models.CASCADE, related_name="accommodation")
    # Of a time limit: 150 is half as much again.
    time_percent = models.PositiveSmallIntegerField(default=100)
    extra_tries = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    given_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["Accommodation"]] = models.Manager.from_queryset(
        AccommodationQuerySet
    )()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(time_percent__gte=100, time_percent__lte=MAX_TIME_PERCENT),
                name="accommodation_time",
            ),
            models.CheckConstraint(
                condition=Q(extra_tries__lte=MAX_EXTRA_TRIES), name="accommodation_tries"
            ),
        ]

    def __str__(self) -> str:
        return f"Accommodation of {self.membership}"

    @property
    def time_more(self) -> int:
        """In percent of a limit, on top of it."""
        return self.time_percent - 100

    @property
    def is_none(self) -> bool:
        return self.time_percent == 100 and not self.extra_tries


def adjusted(settings: QuizSettings, arranged: Accommodation | None) -> QuizSettings:
    """Return how a checkpoint behaves to somebody for whom this is arranged."""
    if arranged is None or arranged.is_none:
        return settings
    allowed = settings.tries_allowed
    return replace(
        settings,
        tries=allowed + arranged.extra_tries if allowed else 0,
        minutes=-(-settings.minutes * arranged.time_percent // 100),  # rounded up
    )
