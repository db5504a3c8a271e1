"""What came of the checkpoints of a reading, for staff.

The first tries of participants count, and nothing else: neither later tries, made
with the feedback read, nor those of staff.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from quizzes.attempts import TRUE_FALSE
from quizzes.marking import fold_answer
from quizzes.models import Answer, Attempt, Choice, Question, QuestionKind, Quiz
from quizzes.statistics.figures import MIN_ATTEMPTS, facility, percent
from readings.models import Reading
from seminars.models import Membership
from seminars.permissions import COUNTED_ROLES

MAX_SHORT_ANSWERS = 10  # the rest are counted in one line


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One choice, or one way in which a short answer was given; `share` in percent."""

    words: str | SafeString
    count: int
    share: int
    is_right: bool


@dataclass(frozen=True, slots=True)
class QuestionResult:
    number: int
    html: SafeString
    kind: str
    is_several: bool
    is_short_answer: bool
    answered: int
    right: int
    right_share: int
    facility: int | None
    rows: list[AnswerRow]
    others: int  # short answers that have no row of their own
    source_url: str
    source_name: str


@dataclass(frozen=True, slots=True)
class QuizResult:
    pk: int
    number: int
    title: str
    is_retired: bool
    place_url: str
    place_name: str
    answered: int
    waiting: list[Membership]
    questions: list[QuestionResult]

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
    """The participants whose answers `member` sees counted: all, or an assistant's own group."""
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
    """Return the results of a reading as `membership` may see them, in five queries."""
    members = counted_members(membership)
    asked = Quiz.objects.with_results(reading)
    quizzes = list(asked)
    questions: dict[int, list[Question]] = defaultdict(list)
    for question in Question.objects.of(asked, reading):
        questions[question.quiz_id].append(question)
    choices: dict[int, list[Choice]] = defaultdict(list)
    for choice in Choice.objects.filter(question__quiz__reading=reading):
        choices[choice.question_id].append(choice)
    answers: dict[int, list[Answer]] = defaultdict(list)
    answered: dict[int, set[int]] = defaultdict(set)
    tries = Attempt.objects.first_tries(members).filter(quiz__reading=reading)
    for answer in Answer.objects.filter(attempt__in=tries).select_related("attempt"):
        answers[answer.question_id].append(answer)
        answered[answer.attempt.quiz_id].add(answer.attempt.membership_id)
    return Results(
        quizzes=[
            QuizResult(
                pk=quiz.pk,
                number=number,
                title=quiz.title,
                is_retired=quiz.retired_at is not None,
                place_url=_place_url(reading, quiz),
                place_name=_place_name(quiz.after_number),
                answered=len(answered[quiz.pk]),
                waiting=[one for one in members if one.pk not in answered[quiz.pk]],
                questions=[
                    _question(reading, i, question, choices[question.pk], answers[question.pk])
                    for i, question in enumerate(questions[quiz.pk], start=1)
                ],
            )
            for number, quiz in enumerate(quizzes, start=1)
        ],
        members=len(members),
        group="" if membership.is_instructor else str(membership.group or ""),
        needs_group=not membership.is_instructor and not membership.group_ids,
    )


def _question(
    reading: Reading,
    number: int,
    question: Question,
    choices: Sequence[Choice],
    answers: Sequence[Answer],
) -> QuestionResult:
    right = sum(answer.score == question.points for answer in answers)
    rows = list(_rows(question, choices, answers))
    shown = rows[:MAX_SHORT_ANSWERS] if question.kind == QuestionKind.SHORT_ANSWER else rows
    source = question.source_number
    anchor = f"p{source}" if source else f"b-{question.passage and question.passage.block_key}"
    return QuestionResult(
        number=number,
        html=_html(question.html),
        kind=QuestionKind(question.kind).label,
        is_several=question.kind == QuestionKind.SEVERAL,
        is_short_answer=question.kind == QuestionKind.SHORT_ANSWER,
        answered=len(answers),
        right=right,
        right_share=percent(right, len(answers)),
        facility=facility([answer.score for answer in answers], question.points),
        rows=shown,
        others=sum(row.count for row in rows[len(shown) :]),
        source_url=f"{reading.get_absolute_url()}#{anchor}" if question.passage else "",
        source_name=f"¶ {source}" if source else "the place in the text",
    )


def _rows(
    question: Question, choices: Sequence[Choice], answers: Sequence[Answer]
) -> Iterable[AnswerRow]:
    total = len(answers)
    if question.kind == QuestionKind.SHORT_ANSWER:
        yield from _short_answers(question, answers)
        return
    picked = Counter(key for answer in answers for key in answer.response)
    possible: Iterable[tuple[str, SafeString, bool]]
    if question.kind == QuestionKind.TRUE_FALSE:
        possible = [
            (key, _html(word), key in question.accepted) for key, word in TRUE_FALSE.items()
        ]
    else:
        possible = [(str(one.key), _html(one.html), one.is_correct) for one in choices]
    for key, html, is_right in possible:
        yield AnswerRow(html, picked[key], percent(picked[key], total), is_right)


def _short_answers(question: Question, answers: Sequence[Answer]) -> Iterable[AnswerRow]:
    """The answers that were given, those that count as the same in one row, commonest first."""
    spellings: Mapping[str, Counter[str]] = defaultdict(Counter)
    right: dict[str, bool] = {}
    for answer in answers:
        words = " ".join(answer.response)
        folded = fold_answer(words, case_matters=question.case_matters)
        spellings[folded][words] += 1
        right[folded] = answer.score == question.points
    for folded in sorted(spellings, key=lambda key: (-spellings[key].total(), key)):
        count = spellings[folded].total()
        commonest = spellings[folded].most_common(1)[0][0]
        yield AnswerRow(commonest, count, percent(count, len(answers)), right[folded])


def _place_url(reading: Reading, quiz: Quiz) -> str:
    if quiz.retired_at is None:
        return f"{reading.get_absolute_url()}#quiz-{quiz.pk}"
    number = quiz.after_number
    return f"{reading.get_absolute_url()}#" + (f"p{number}" if number else "text")


def _place_name(number: int | None) -> str:
    return f"after ¶ {number}" if number else "in the text"


def _html(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 - sanitised when the guide was laid
