"""Which questions somebody missed, and when each comes back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, OuterRef, Subquery
from django.utils.safestring import SafeString

from quizzes.attempts import Disclosed, is_over, told, tries_left
from quizzes.models import (
    Accommodation,
    Answer,
    Attempt,
    GradeBy,
    PracticeCard,
    Question,
    QuestionKind,
    Quiz,
    Review,
    adjusted,
)
from quizzes.practice.scheduling import Memory, after_missing
from quizzes.questions import as_html, plain
from readings.models import Reading, in_front, keep_extensions
from seminars.models import Membership

# A person marks the one, and for the other one needs the text beside it.
WITHOUT_PRACTICE = (QuestionKind.OPEN, QuestionKind.PASSAGE)


@dataclass(frozen=True, slots=True)
class MissedQuestion:
    """A question that somebody missed in a checkpoint, and where they stand with it since."""

    question: Question
    reading: Reading
    memory: Memory
    card: PracticeCard | None
    told: Disclosed

    @property
    def pk(self) -> int:
        return self.question.pk

    @property
    def quiz(self) -> Quiz:
        return self.question.quiz

    @property
    def comes_back(self) -> bool:
        return self.question.kind not in WITHOUT_PRACTICE

    @property
    def html(self) -> SafeString:
        return as_html(self.question.html)

    @property
    def turn(self) -> int:
        """How often it was answered here: what a form to answer it was opened with."""
        return self.card.times if self.card else 0

    @property
    def words(self) -> str:
        return plain(self.question.html)

    @property
    def due_at(self) -> datetime:
        return self.memory.due_at

    @property
    def place_url(self) -> str:
        return f"{self.reading.get_absolute_url()}#quiz-{self.quiz.pk}"


def missed_questions(member: Membership) -> list[MissedQuestion]:
    """Return those that come back, what is due soonest first: those of `all_missed`, but for the
    ones that are answered with words of the text, which one needs beside them."""
    return [one for one in all_missed(member) if one.comes_back]


def all_missed(member: Membership) -> list[MissedQuestion]:
    """Return the questions that this member missed in the first try, what is due soonest first;
    not those that a person marks.

    Of checkpoints that are asked still, once practising gives nothing away: where the first try
    counts or no other is left, and what came of it may be told. Five queries.
    """
    answers = list(_missed_answers(member))
    readings = {one.question.quiz.reading_id: one.question.quiz.reading for one in answers}
    for reading in readings.values():
        reading.seminar = member.seminar
    keep_extensions(readings.values(), {member.seminar_id: member})
    cards = {
        one.question_id: one
        for one in PracticeCard.objects.filter(membership=member, question__retired_at=None)
    }
    over = {pk: is_over(reading, member) for pk, reading in readings.items()}
    arranged = Accommodation.objects.of(member)
    found = [
        missed
        for answer in answers
        if (missed := _missed(answer, readings, cards.get(answer.question_id), over, arranged))
    ]
    return sorted(found, key=lambda one: (one.due_at, one.pk))


def memory_of(card: PracticeCard) -> Memory:
    return Memory(card.stability, card.difficulty, card.answered_at, card.due_at)


def due_of(missed: Sequence[MissedQuestion], at: datetime) -> list[MissedQuestion]:
    return [one for one in missed if one.due_at <= at]


def _missed_answers(member: Membership) -> "Sequence[Answer]":
    visible = Reading.objects.visible_to(member).order_by().values("pk")
    tries = Attempt.objects.submitted().filter(
        quiz=OuterRef("question__quiz"), membership=member.pk
    )
    made = tries.order_by().values("quiz").annotate(made=Count("pk")).values("made")
    quiz = "question__quiz"
    found = Answer.objects.filter(
        in_front(member, reading=f"{quiz}__reading", passage=f"{quiz}__item__passage"),
        attempt__in=Attempt.objects.first_tries([member]),
        score__lt=F("question__points"),
        question__retired_at=None,
        question__quiz__retired_at=None,
        question__quiz__reading__in=visible,
    ).exclude(question__kind=QuestionKind.OPEN)
    return found.annotate(made=Subquery(made)).select_related(  # type: ignore[return-value]
        "attempt", "question__quiz__reading__essay"
    )


def _missed(
    answer: Answer,
    readings: Mapping[int, Reading],
    card: PracticeCard | None,
    over: Mapping[int, bool],
    arranged: Accommodation | None,
) -> MissedQuestion | None:
    quiz, made = answer.question.quiz, answer.made  # type: ignore[attr-defined]
    reading = readings[quiz.reading_id]
    settings = adjusted(quiz.settings, arranged)
    is_counted = (
        settings.grade_by == GradeBy.FIRST or tries_left(settings, made) == 0 or over[reading.pk]
    )
    if settings.review == Review.RIGHT_OR_WRONG and settings.tries and not over[reading.pk]:
        return None  # as often as one likes, each answer could be tried
    what = told(settings, made + (card.times if card else 0), over=over[reading.pk])
    if not (is_counted and what.verdict):
        return None
    if card:
        memory = memory_of(card)
    else:
        assert answer.attempt.submitted_at is not None  # noqa: S101 - it was handed in
        memory = after_missing(answer.attempt.submitted_at)
    return MissedQuestion(answer.question, reading, memory, card, what)
