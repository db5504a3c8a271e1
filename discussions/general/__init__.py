"""The general discussion of a seminar: the way in, closing it, and what the seminar's page says."""

from discussions.general.summary import (
    GeneralSummary,
    general_summary,
)

__all__ = [
    "GeneralSummary",
    "general_summary",
]
