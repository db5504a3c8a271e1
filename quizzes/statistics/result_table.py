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
    """Yield the heads, then a row for each answer; of a question without answers, one row; and of
    a pool a row for each position.

    Shares and figures are numbers, in percent where the page has them so; a figure that has no
    meaning is empty. The last cell says which tries they are over, or why there are none.
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
        _("Figures are of"),
    ]
    if results.needs_group:
        return
    for quiz in results.quizzes:
        for question in quiz.questions:
            figures = [*_of_item(question.figures), *_of_quiz(quiz.figures.quiz)]
            answers: list[AnswerRow | None] = [*question.rows]
            told = _told_of(quiz, question)
            for answer in answers or [None]:
                yield [*_of_question(quiz, question), *_of_answer(answer), *figures, told]
        yield from _positions(quiz)


def _positions(quiz: QuizResult) -> Iterator[list[Any]]:
    """Of what each try of a pool was asked first, second and so on."""
    of_quiz = _of_quiz(quiz.figures.quiz)
    told = _("what stood there in each of %(tries)d tries, whichever question it was") % {
        "tries": quiz.figures.attempts
    }
    for number, figures in enumerate(quiz.figures.positions, start=1):
        words = _("Position %(number)d of %(drawn)d") % {
            "number": number,
            "drawn": quiz.figures.drawn,
        }
        head = [quiz.number, quiz.title, None, words]
        yield [*head, *[None] * 8, *_of_item(figures), *of_quiz, told]


def _told_of(quiz: QuizResult, question: QuestionResult) -> str:
    """Which tries a question's figures are over; of one that has none, why."""
    figures, counts = quiz.figures, {"asked": question.asked, "tries": quiz.figures.attempts}
    if question.is_retired:
        return _("none: it is asked no more")
    if figures.is_too_few:
        return _("none: too few tries are marked whole (%(tries)d)") % counts
    if not figures.drawn:
        return _("%(tries)d tries that are marked whole") % counts
    if question.figures is None:
        return _("none: asked in %(asked)d of %(tries)d tries, too few") % counts
    if figures.is_uneven:
        return (
            _(
                "%(asked)d of %(tries)d tries: those that were asked it; no more than these, as the"
                " questions of the pool are worth different points"
            )
            % counts
        )
    return _("%(asked)d of %(tries)d tries: those that were asked it; weights are by position") % (
        counts
    )


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
