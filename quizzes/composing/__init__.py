"""Writing questions in the browser: the small form of each type, beside the text."""

from quizzes.composing.shown import QuestionParts
from quizzes.composing.unfinished import QuestionPartForms

__all__ = ["QuestionPartForms", "QuestionParts"]
