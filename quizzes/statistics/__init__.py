"""What came of the checkpoints: figures and results for staff."""

from quizzes.statistics.figures import (
    MIN_ATTEMPTS,
    facility,
    percent,
)

__all__ = [
    "MIN_ATTEMPTS",
    "facility",
    "percent",
]
