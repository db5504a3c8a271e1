"""Answering checkpoints: what a member sees of them, and what they hand in."""

from quizzes.attempts.actions import (
    SubmissionRefused,
    submit_attempt,
)
from quizzes.attempts.checkpoints import (
    TRUE_FALSE,
)
from quizzes.attempts.layer import (
    QuizLayer,
)

__all__ = [
    "TRUE_FALSE",
    "QuizLayer",
    "SubmissionRefused",
    "submit_attempt",
]
