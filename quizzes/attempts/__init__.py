"""Answering checkpoints: what a member sees of them, and what they hand in."""

from quizzes.attempts.actions import (
    SubmissionRefused,
    submit_attempt,
)
from quizzes.attempts.layer import (
    QuizLayer,
)

__all__ = [
    "QuizLayer",
    "SubmissionRefused",
    "submit_attempt",
]
