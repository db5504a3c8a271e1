"""From marks to points: pure functions, the same for every type of question."""

from quizzes.marking.counting import CountedTries, MadeTry, counted
from quizzes.marking.points import (
    CENT,
    Verdict,
    points_for,
    points_in_words,
    total_of,
    verdict_of,
)

__all__ = [
    "CENT",
    "CountedTries",
    "MadeTry",
    "Verdict",
    "counted",
    "points_for",
    "points_in_words",
    "total_of",
    "verdict_of",
]
