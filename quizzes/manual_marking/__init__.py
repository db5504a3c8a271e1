"""Marking by people: the answers that wait for it, drafts of marks, and their release."""

from quizzes.manual_marking.actions import (
    release_marks,
    set_mark,
)
from quizzes.manual_marking.news import MarkNews

__all__ = ["MarkNews", "release_marks", "set_mark"]
