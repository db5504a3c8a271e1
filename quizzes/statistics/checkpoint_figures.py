"""Which tries the figures of a checkpoint are over, and what can be said of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import chain

from quizzes.models import Answer, Question, Quiz
from quizzes.statistics.figures import MIN_ATTEMPTS
from quizzes.statistics.item_analysis import (
    ItemFigures,
    QuizFigures,
    analyse,
    analyse_pool,
    marks_alone,
)

Marks = Sequence[tuple[int, Decimal]]  # of one try: a question's pk and its points, as asked


@dataclass(frozen=True, slots=True)
class CheckpointFigures:
    """The figures of a checkpoint and its questions, over tries that are marked whole.

    `quiz` is None of too few tries, and of a pool whose questions are worth different points: so
    are people's totals, and nothing that is made of totals can be told. `positions` are those of a
    pool; `items` by question. A question that has none was asked in too few of these tries.
    """

    attempts: int  # of which these figures are
    drawn: int  # how many each was asked of the pool; 0: all are asked
    points: int  # of a try; 0 where they differ
    asked: Mapping[int, int]  # by question: in how many of these tries
    quiz: QuizFigures | None = None
    positions: Sequence[ItemFigures] = ()
    items: Mapping[int, ItemFigures] = field(default_factory=dict)

    @property
    def is_too_few(self) -> bool:
        return self.attempts < MIN_ATTEMPTS

    @property
    def is_uneven(self) -> bool:
        return self.drawn > 0 and not self.points


def checkpoint_figures(
    quiz: Quiz, questions: Sequence[Question], answers: Mapping[int, Iterable[Answer]]
) -> CheckpointFigures:
    """Return the figures of what the checkpoint asks now, `questions`, with the answers to each by
    its pk."""
    drawn = quiz.drawn if 0 < quiz.drawn < len(questions) else 0
    worth = {one.pk: one.points for one in questions}
    tries = _whole_tries(drawn or len(questions), questions, answers)
    figures = CheckpointFigures(
        attempts=len(tries),
        drawn=drawn,
        points=_points_of_a_try(list(worth.values()), drawn),
        asked=Counter(question for question, _ in chain.from_iterable(tries)),
    )
    if figures.is_too_few:
        return figures
    if figures.is_uneven:
        return _of_uneven_pool(figures, tries, worth)
    return _of_pool(figures, tries) if drawn else _of_all(figures, tries, worth)


def _points_of_a_try(worth: Sequence[int], drawn: int) -> int:
    """Return what one try can earn; 0 of a pool where that depends on the draw."""
    if not drawn:
        return sum(worth)
    return drawn * worth[0] if len(set(worth)) == 1 else 0


def _whole_tries(
    length: int, questions: Sequence[Question], answers: Mapping[int, Iterable[Answer]]
) -> list[Marks]:
    """Of the tries: those that were asked as many (`length`) of these questions, and are marked.

    One that waits for a mark, or was handed in before a question came in or more were drawn, would
    drag figures down that it says nothing about.
    """
    given: defaultdict[int, list[Answer]] = defaultdict(list)
    for question in questions:
        for answer in answers.get(question.pk, ()):
            given[answer.attempt_id].append(answer)
    tries: list[Marks] = []
    for _, one in sorted(given.items()):
        # As they were asked, wherever the guide has them by now.
        as_asked = sorted(one, key=lambda answer: answer.pk)
        marks = [(each.question_id, each.score) for each in as_asked if each.score is not None]
        if len(marks) == len(one) == length:
            tries.append(marks)
    return tries


def _of_all(
    figures: CheckpointFigures, tries: Sequence[Marks], worth: Mapping[int, int]
) -> CheckpointFigures:
    by_question = [dict(one) for one in tries]
    table = [[one[question] for question in worth] for one in by_question]
    found = analyse(table, list(worth.values()))
    return replace(figures, quiz=found.quiz, items=dict(zip(worth, found.items, strict=True)))


def _of_pool(figures: CheckpointFigures, tries: Sequence[Marks]) -> CheckpointFigures:
    maximum = figures.points // figures.drawn
    found = analyse_pool(tries, maximum, at_least=MIN_ATTEMPTS)
    return replace(figures, quiz=found.quiz, positions=found.positions, items=found.items)


def _of_uneven_pool(
    figures: CheckpointFigures, tries: Sequence[Marks], worth: Mapping[int, int]
) -> CheckpointFigures:
    marks: defaultdict[int, list[Decimal]] = defaultdict(list)
    for question, mark in chain.from_iterable(tries):
        marks[question].append(mark)
    items = {
        question: marks_alone(found, worth[question])
        for question, found in marks.items()
        if len(found) >= MIN_ATTEMPTS
    }
    return replace(figures, items=items)
