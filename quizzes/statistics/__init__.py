"""What came of the checkpoints: figures and results for staff."""

from quizzes.statistics.figures import (
    MIN_ATTEMPTS,
    facility,
    percent,
)
from quizzes.statistics.results import (
    counted_members,
)

__all__ = [
    "MIN_ATTEMPTS",
    "counted_members",
    "facility",
    "percent",
]
