"""Checkpoints, what was answered to them, and what people marked by hand."""

from quizzes.models.accommodations import (
    MAX_EXTRA_TRIES,
    MAX_TIME_PERCENT,
    REASON_LENGTH,
    Accommodation,
    adjusted,
)
from quizzes.models.choices import Choice, KeyPassage
from quizzes.models.marks import MAX_REMARK, AnswerMark, AnswerMarkQuerySet, EarlierMark
from quizzes.models.practice import PracticeCard
from quizzes.models.published_answers import PublishedAnswer
from quizzes.models.quiz_settings import USUAL_SETTINGS, Confidence, GradeBy, QuizSettings, Review
from quizzes.models.quizzes import (
    Answer,
    Attempt,
    AttemptQuerySet,
    AttemptState,
    Question,
    QuestionKind,
    QuestionQuerySet,
    QuestionVersion,
    Quiz,
    QuizQuerySet,
)

__all__ = [
    "MAX_EXTRA_TRIES",
    "MAX_REMARK",
    "MAX_TIME_PERCENT",
    "REASON_LENGTH",
    "USUAL_SETTINGS",
    "Accommodation",
    "Answer",
    "AnswerMark",
    "AnswerMarkQuerySet",
    "Attempt",
    "AttemptQuerySet",
    "AttemptState",
    "Choice",
    "Confidence",
    "EarlierMark",
    "GradeBy",
    "KeyPassage",
    "PracticeCard",
    "PublishedAnswer",
    "Question",
    "QuestionKind",
    "QuestionQuerySet",
    "QuestionVersion",
    "Quiz",
    "QuizQuerySet",
    "QuizSettings",
    "Review",
    "adjusted",
]
