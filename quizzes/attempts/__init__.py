"""Answering checkpoints: what a member sees of them, and what they hand in."""

from quizzes.attempts.actions import (
    SubmissionRefused,
    keep_answers,
    submit_attempt,
)
from quizzes.attempts.checkpoint_tasks import (
    checkpoint_tasks,
)
from quizzes.attempts.checkpoints import Checkpoint, checkpoints_of
from quizzes.attempts.contents import (
    contents_of,
)
from quizzes.attempts.layer import (
    QuizLayer,
)
from quizzes.attempts.regrading import (
    Regraded,
    regrade,
)
from quizzes.attempts.shown import CheckpointView
from quizzes.attempts.watches import (
    watches,
)

__all__ = [
    "Checkpoint",
    "CheckpointView",
    "QuizLayer",
    "Regraded",
    "SubmissionRefused",
    "checkpoint_tasks",
    "checkpoints_of",
    "contents_of",
    "keep_answers",
    "regrade",
    "submit_attempt",
    "watches",
]
