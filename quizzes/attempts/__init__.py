"""Answering checkpoints: what a member sees of them, and what they hand in."""

from quizzes.attempts.actions import (
    SubmissionRefused,
    submit_attempt,
)
from quizzes.attempts.layer import (
    QuizLayer,
)
from quizzes.attempts.regrading import (
    Regraded,
    regrade,
)
from quizzes.attempts.watches import (
    watches,
)

__all__ = [
    "QuizLayer",
    "Regraded",
    "SubmissionRefused",
    "regrade",
    "submit_attempt",
    "watches",
]
