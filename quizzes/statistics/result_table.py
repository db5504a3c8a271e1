"""The results of a reading's checkpoints as rows, for a spreadsheet."""

from collections.abc import Iterator
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from quizzes.statistics.item_analysis import ItemFigures, QuizFigures
from quizzes.statistics.results import AnswerRow, QuestionResult, QuizResult, Results


def result_table(results: Results) -> Iterator[list[Any]]:
    """Yield the heads, then a row for each answer; of a question without answers, one row.

    Shares and figures are numbers, in percent where the page has them so; a figure that has no
    meaning is empty.
    """
    yield [
        _("Checkpoint"),
        _("Title"),
        _("Question"),
        _("Words of the question"),
        _("Type"),
        _("Still asked"),
        _("Answered"),
        _("Right"),
        _("Answer"),
        _("Is right"),
        _("Count"),
        _("Share"),
        _("Facility"),
        _("Standard deviation"),
        _("Discrimination"),
        _("Discriminative efficiency"),
        _("Effective weight"),
        _("Tries of the checkpoint"),
        _("Internal consistency"),
        _("Error ratio"),
    ]
    if results.needs_group:
        return
    for quiz in results.quizzes:
        for question in quiz.questions:
            figures = [*_of_item(question.figures), *_of_quiz(quiz.figures)]
            answers: list[AnswerRow | None] = [*question.rows]
            for answer in answers or [None]:
                yield [*_of_question(quiz, question), *_of_answer(answer), *figures]


def _of_question(quiz: QuizResult, question: QuestionResult) -> list[Any]:
    return [
        quiz.number,
        quiz.title,
        question.number,
        _words(question.html),
        question.kind,
        _("no") if quiz.is_retired or question.is_retired else _("yes"),
        question.answered,
        question.right,
    ]


def _of_answer(answer: AnswerRow | None) -> list[Any]:
    if answer is None:
        return [None] * 4
    is_right = _("yes") if answer.is_right else _("no")
    return [_words(answer.words), is_right, answer.count, answer.share]


def _of_item(figures: ItemFigures | None) -> list[float | None]:
    if figures is None:
        return [None] * 5
    return [
        _rounded(figures.facility),
        _rounded(figures.deviation),
        _rounded(figures.discrimination),
        _rounded(figures.efficiency),
        _rounded(figures.weight),
    ]


def _of_quiz(figures: QuizFigures | None) -> list[float | None]:
    if figures is None:
        return [None] * 3
    return [figures.attempts, _rounded(figures.consistency), _rounded(figures.error_ratio)]


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 4)


def _words(words: str | SafeString) -> str:
    """The words of a question or a choice, which are sanitised HTML; an answer's are plain."""
    if not isinstance(words, SafeString):
        return words
    return " ".join(unescape(strip_tags(words)).split())
