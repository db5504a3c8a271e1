"""From marks to points: pure functions, the same for every type of question."""

from quizzes.marking.points import (
    Verdict,
    points_for,
    points_in_words,
    total_of,
    verdict_of,
)

__all__ = [
    "Verdict",
    "points_for",
    "points_in_words",
    "total_of",
    "verdict_of",
]
