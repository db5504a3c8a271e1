"""Marking answers: from a question's key and a response to points."""

from quizzes.marking.grading import (
    fold_answer,
    mark_choice,
    mark_several,
    mark_words,
    points_for,
)

__all__ = [
    "fold_answer",
    "mark_choice",
    "mark_several",
    "mark_words",
    "points_for",
]
