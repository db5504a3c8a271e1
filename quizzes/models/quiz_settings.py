"""How a checkpoint behaves, apart from what it asks: plain values, as the guide says them."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class GradeBy(models.TextChoices):
    """Which of somebody's tries is the one that counts."""

    FIRST = "first", _("The first try")
    BEST = "best", _("The best try")
    LAST = "last", _("The last try")
    MEAN = "mean", _("The mean of all tries")


class Review(models.TextChoices):
    """What is told when to who has answered."""

    AT_ONCE = "at_once", _("Everything at once")
    RIGHT_OR_WRONG = "right_or_wrong", _("Right or wrong at once, the rest after closing")
    AFTER_CLOSING = "after_closing", _("Nothing until closing")


class Confidence(models.IntegerChoices):
    """How sure somebody was of an answer: theirs alone, and worth nothing."""

    GUESSED = 1, _("Guessed")
    FAIRLY_SURE = 2, _("Fairly sure")
    CERTAIN = 3, _("Certain")


@dataclass(frozen=True, slots=True)
class QuizSettings:
    """One for each column of a quiz that a guide sets; the defaults are those of the file."""

    tries: int = 0  # how often one person may hand in; 0: as often as they like
    penalty: int = 0  # percent that each further try costs
    grade_by: str = GradeBy.FIRST
    review: str = Review.AT_ONCE
    minutes: int = 0  # from when one begins; 0: without end
    asks_confidence: bool = False  # how sure one is of each answer; unscored and one's own
    drawn: int = 0  # how many of its questions each try asks; 0: all
    gate: str = ""  # as the file writes it; what it closes is a ReadingGate

    @property
    def tries_allowed(self) -> int:
        """How often one may hand in; 0: as often as one likes.

        Where nothing is told and the first try counts, a second would be for nobody's good.
        """
        is_idle = self.review == Review.AFTER_CLOSING and self.grade_by == GradeBy.FIRST
        return self.tries or int(is_idle)

    @property
    def columns(self) -> dict[str, Any]:
        """By the names of a quiz's columns."""
        return asdict(self)


USUAL_SETTINGS = QuizSettings()
