"""What came of the checkpoints of a reading, for staff.

The first tries of participants count, and nothing else: neither later tries, made
with the feedback read, nor those of staff.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.safestring import SafeString

from documents.block_names import block_anchor
from quizzes.models import Answer, Attempt, Question, QuestionKind, QuestionVersion, Quiz
from quizzes.questions import Summary, as_html, moved_questions, type_of
from quizzes.statistics.checkpoint_figures import CheckpointFigures, checkpoint_figures
from quizzes.statistics.figures import MIN_ATTEMPTS, facility, percent
from quizzes.statistics.item_analysis import ItemFigures
from readings.models import Reading, keep_extensions_of
from seminars.models import Membership
from seminars.permissions import COUNTED_ROLES


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One choice, or one way in which a question was answered; `share` in percent."""

    words: str | SafeString
    count: int
    share: int
    is_right: bool


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """How one question was answered; `right` and `facility` are of the `marked` answers."""

    pk: int
    number: int
    html: SafeString
    kind: str
    passage_id: int | None  # where its answer can be read
    answered: int
    marked: int
    right: int
    right_share: int
    facility: int | None
    rows: list[AnswerRow]
    summary: Summary
    source_url: str
    source_name: str
    is_retired: bool
    is_moved: bool  # its paragraph is another than the guide was written for
    corrections: list[QuestionVersion]
    figures: ItemFigures | None  # None of too few tries, and of what is asked no more
    asked: int  # in how many of the tries that the figures are over

    @property
    def unmarked(self) -> int:
        return self.answered - self.marked

    @property
    def is_too_few(self) -> bool:
        return self.marked < MIN_ATTEMPTS


@dataclass(frozen=True, slots=True)
class QuizResult:
    pk: int
    number: int
    title: str
    is_retired: bool
    passage_id: int  # of the block that it stands after
    place_url: str
    place_name: str
    handed_in: list[Membership]
    waiting: list[Membership]
    late: list[Membership]  # whose try, which counts or not, was handed in after it was due
    questions: list[QuestionResult]
    figures: CheckpointFigures

    @property
    def answered(self) -> int:
        return len(self.handed_in)

    @property
    def is_too_few(self) -> bool:
        return self.answered < MIN_ATTEMPTS


@dataclass(frozen=True, slots=True)
class Results:
    """All of one reading. `group` is named where only its members are counted."""

    quizzes: list[QuizResult]
    members: int
    group: str
    needs_group: bool
    min_attempts: int = MIN_ATTEMPTS


def counted_members(member: Membership) -> list[Membership]:
    """Those whose answers `member` sees counted: all of them, or an assistant's own group."""
    members = (
        Membership.objects.current()
        .filter(seminar_id=member.seminar_id, role__in=COUNTED_ROLES)
        .select_related("user", "group")
        .order_by("user__name", "pk")
    )
    if member.is_instructor:
        return list(members)
    return list(members.filter(group__in=member.group_ids))


def results_of(*, reading: Reading, membership: Membership) -> Results:
    """Return the results of a reading as `membership` may see them, in nine queries."""
    members = counted_members(membership)
    asked = Quiz.objects.with_results(reading)
    quizzes = list(asked)
    questions: dict[int, list[Question]] = defaultdict(list)
    versions = Prefetch(
        "versions", QuestionVersion.objects.select_related("replaced_by__user").order_by("version")
    )
    rows = Question.objects.with_results(asked, reading)
    for question in rows.prefetch_related("choices", versions):
        questions[question.quiz_id].append(question)
    moved = moved_questions(
        reading, [one for found in questions.values() for one in found if one.retired_at is None]
    )
    answers: dict[int, list[Answer]] = defaultdict(list)
    answered: dict[int, set[int]] = defaultdict(set)
    late: dict[int, set[int]] = defaultdict(set)
    keep_extensions_of(reading, members)
    deadlines = {one.pk: reading.deadlines_for(one) for one in members}
    tries = Attempt.objects.first_tries(members).filter(quiz__reading=reading)
    for answer in Answer.objects.filter(attempt__in=tries).select_related("attempt"):
        answers[answer.question_id].append(answer)
        attempt = answer.attempt
        answered[attempt.quiz_id].add(attempt.membership_id)
        if attempt.submitted_at and deadlines[attempt.membership_id].is_late_at(
            attempt.submitted_at
        ):
            late[attempt.quiz_id].add(attempt.membership_id)
    found = []
    for number, quiz in enumerate(quizzes, start=1):
        asked_now = [one for one in questions[quiz.pk] if one.retired_at is None]
        figures = checkpoint_figures(quiz, asked_now, answers)
        found.append(
            QuizResult(
                pk=quiz.pk,
                number=number,
                title=quiz.title,
                is_retired=quiz.retired_at is not None,
                passage_id=quiz.passage.pk,
                place_url=_place_url(reading, quiz),
                place_name=quiz.place_name,
                handed_in=[one for one in members if one.pk in answered[quiz.pk]],
                waiting=[one for one in members if one.pk not in answered[quiz.pk]],
                late=[one for one in members if one.pk in late[quiz.pk]],
                questions=[
                    _question(
                        reading,
                        i,
                        one,
                        answers[one.pk],
                        figures,
                        is_moved=one.pk in moved,
                    )
                    for i, one in enumerate(questions[quiz.pk], start=1)
                ],
                figures=figures,
            )
        )
    return Results(
        quizzes=found,
        members=len(members),
        group="" if membership.is_instructor else str(membership.group or ""),
        needs_group=not membership.is_instructor and not membership.group_ids,
    )


def _question(
    reading: Reading,
    number: int,
    question: Question,
    answers: Sequence[Answer],
    figures: CheckpointFigures,
    *,
    is_moved: bool,
) -> QuestionResult:
    scores = [answer.score for answer in answers if answer.score is not None]
    right = sum(score == question.points for score in scores)
    # Who had no time for it has answered nothing, and earned as much.
    summary = type_of(question).summarise(question, [one for one in answers if one.response])
    anchor = question.source_anchor
    return QuestionResult(
        pk=question.pk,
        number=number,
        html=as_html(question.html),
        kind=str(QuestionKind(question.kind).label),
        passage_id=question.passage_id,
        answered=len(answers),
        marked=len(scores),
        right=right,
        right_share=percent(right, len(scores)),
        facility=facility(scores, question.points),
        rows=[
            AnswerRow(row.words, row.count, percent(row.count, len(answers)), row.is_right)
            for row in summary.rows
        ],
        summary=summary,
        source_url=f"{reading.get_absolute_url()}#{anchor}" if anchor else "",
        source_name=question.source_name,
        is_retired=question.retired_at is not None,
        is_moved=is_moved,
        corrections=list(question.versions.all()),
        figures=figures.items.get(question.pk),
        asked=figures.asked.get(question.pk, 0),
    )


def _place_url(reading: Reading, quiz: Quiz) -> str:
    if quiz.retired_at is None:
        return f"{reading.get_absolute_url()}#quiz-{quiz.pk}"
    anchor = block_anchor(quiz.after_number, "") if quiz.after_number else "text"
    return f"{reading.get_absolute_url()}#{anchor}"
