"""What is told of a try, and when: the one place that says so, by the preset of the checkpoint.

The presets are three columns of Moodle's matrix of review options. Whether a reading is over is
a matter of each member's own closing date; to staff, who know what is right, it always is.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from quizzes.models import GradeBy, QuizSettings, Review
from quizzes.questions import Answered
from readings.models import Reading
from seminars.models import Membership
from seminars.permissions import is_open_to

# Who has tried twice is told what is right, where the first try counts: nobody stays stuck.
TRIES_BEFORE_THE_KEY = 2


@dataclass(frozen=True, slots=True)
class Disclosed:
    """What somebody who has answered is told now."""

    verdict: bool  # right or wrong, points, remarks, hints
    feedback: bool  # what is said of one's own choice, and to everybody who was right
    general: bool  # what is said to everybody
    key: bool  # what is right


def is_over(reading: Reading, member: Membership) -> bool:
    """Whether this member may be told what waits until the reading is closed."""
    return member.is_staff or not is_open_to(member, reading)


def are_marks_told(review: str, reading: Reading, member: Membership) -> bool:
    """Whether this member may know by now how their answers were marked."""
    return told(QuizSettings(review=review), 1, over=is_over(reading, member)).verdict


def told(settings: QuizSettings, made: int, *, over: bool) -> Disclosed:
    """Return what is told after so many tries; `over`: the reading is closed to who answered."""
    if settings.review == Review.AFTER_CLOSING:
        return Disclosed(over, over, over, over)
    if settings.review == Review.RIGHT_OR_WRONG:
        return Disclosed(True, over, over, over)
    is_due = _is_key_due(settings, made, over=over)
    return Disclosed(True, True, is_due or settings.grade_by == GradeBy.FIRST, is_due)


def _is_key_due(settings: QuizSettings, made: int, *, over: bool) -> bool:
    """Once no try is to come that would count."""
    if settings.tries:
        return over or made >= settings.tries
    if settings.grade_by == GradeBy.FIRST:
        return made >= TRIES_BEFORE_THE_KEY
    return over


def withheld(answered: Answered, what: Disclosed) -> Answered:
    """Return what came of an answer without what is not told; what was answered stays."""
    if what.feedback:
        return answered
    silent: dict[str, Any] = {"feedback": SafeString()}
    if not what.verdict:
        silent["verdict"] = ""
    return replace(
        answered,
        result=answered.result if what.verdict else "",
        accepted="",
        choices=tuple(replace(one, **silent) for one in answered.choices),
        parts=tuple(replace(one, accepted="", **silent) for one in answered.parts),
    )


# --- In words ------------------------------------------------------------------------------------
def review_sentence(settings: QuizSettings, reading: Reading, member: Membership) -> str:
    """Say what is told later, and when; "" where all of it is told at once."""
    words = {
        Review.AT_ONCE: "",
        Review.RIGHT_OR_WRONG: _("What is right is told once the reading is closed."),
        Review.AFTER_CLOSING: _("What came of it is told once the reading is closed."),
    }
    said = words[Review(settings.review)]
    if said and member.is_staff and reading.closes_at is None:
        never = _("The reading has no closing date yet: without one, participants are never told.")
        return f"{said} {never}"
    return said
