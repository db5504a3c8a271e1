"""A question of somebody's practice as the page shows it: to answer, or answered."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from quizzes.attempts import QuestionView, answered_question, question_to_answer
from quizzes.models import PracticeCard, Question, Quiz
from quizzes.practice.queries import MissedQuestion


def asked_view(missed: MissedQuestion, given: Sequence[str] = (), error: str = "") -> QuestionView:
    """The question to answer, with what was given so far; it holds neither key nor feedback."""
    return question_to_answer(_whole(missed), given, _seed(missed), error=error)


def answered_view(missed: MissedQuestion, card: PracticeCard) -> QuestionView:
    """What came of the latest answer, as far as the checkpoint's own page would tell it by now."""
    question = _whole(missed)
    source = f"{missed.reading.get_absolute_url()}#{question.source_anchor}"
    view = answered_question(
        question,
        card.response,
        card.score,
        _seed(missed),
        missed.told,
        source_url=source if question.source_anchor else missed.place_url,
        source_name=question.source_name,
    )
    return replace(view, result=view.result or _("Answered."))


def _whole(missed: MissedQuestion) -> Question:
    """The question with its choices, its language, and the paragraph of its answer. Two queries."""
    quizzes = Quiz.objects.filter(pk=missed.quiz.pk)
    found = Question.objects.of(quizzes, missed.reading).prefetch_related("choices")
    return found.get(pk=missed.pk)


def _seed(missed: MissedQuestion) -> str:
    """Name person, question and turn, so that what is shuffled stands in another order each."""
    last = missed.memory.answered_at.timestamp()
    return f"practice {missed.pk} {missed.turn} {last}"
