"""All questions of the seminars that somebody instructs, and of no other."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from accounts.models import User
from documents.block_names import block_anchor
from quizzes.formats import QuestionOutline
from quizzes.models import Answer, Attempt, Choice, Question, QuestionKind, Quiz
from quizzes.questions import QuestionSpec
from quizzes.statistics import MIN_ATTEMPTS, percent
from readings.models import Reading
from seminars.permissions import COUNTED_ROLES

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Use:
    """One place in which a question was asked, and how it did there."""

    seminar: str
    reading: str
    checkpoint: str
    url: str
    is_asked: bool
    answers: int
    facility: int | None  # in percent; None of too few marks


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """One question, wherever it was asked; `pk` is the newest of its rows."""

    pk: int
    shown: QuestionOutline
    uses: list[Use]
    can_be_used: bool  # elsewhere: words in one text are in no other


@dataclass(frozen=True, slots=True)
class BankPage:
    questions: list[BankQuestion]
    number: int
    pages: int
    total: int

    @property
    def before(self) -> int:
        return self.number - 1

    @property
    def after(self) -> int:
        return self.number + 1 if self.number < self.pages else 0


def own_questions(user: User) -> Q:
    """Limit to the readings of the seminars in which `user` instructs now."""
    return Q(quiz__reading__in=Reading.objects.instructed_by(user).order_by().values("pk"))


def bank_page(user: User, sought: str = "", number: int = 1) -> BankPage:
    """The newest questions first, those that are the same at their newest.

    Of the same words with another key, which one of them may have been put right, each stands for
    itself.
    """
    rows = Question.objects.filter(own_questions(user))
    for word in sought.split()[:10]:
        rows = rows.filter(
            Q(text__icontains=word)
            | Q(detail__icontains=word)
            | Q(pk__in=Question.objects.filter(choices__text__icontains=word).values("pk"))
        )
    groups = _same(rows)
    pages = max(1, -(-len(groups) // PER_PAGE))
    number = min(max(number, 1), pages)
    shown = groups[(number - 1) * PER_PAGE : number * PER_PAGE]
    return BankPage(_questions(shown), number, pages, len(groups))


def chosen_questions(user: User, pks: Collection[int]) -> list[Question]:
    """Those of these that `user` may use, in the order of their places."""
    found = Question.objects.filter(own_questions(user), pk__in=pks)
    found = found.exclude(kind=QuestionKind.PASSAGE).select_related("quiz")
    return list(found.prefetch_related("choices").order_by("quiz_id", "position", "pk"))


def _same(rows: "QuerySet[Question]") -> list[list[int]]:
    """Put together those of the same words, settings, choices and key, the newest first."""
    alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    keys: dict[int, str] = {}
    said = ("kind", "text", "detail", "accepted", "settings")
    for pk, kind, text, detail, *key in rows.order_by("-pk").values_list("pk", *said):
        alike[kind, text, detail].append(pk)
        keys[pk] = repr(key)
    several = [pk for pks in alike.values() if len(pks) > 1 for pk in pks]
    choices: dict[int, list[Any]] = defaultdict(list)
    columns = ("text", "is_correct", "slot", "answer")
    # One query, also where nothing is alike.
    found = Choice.objects.filter(question__in=[0, *several], retired_at=None).order_by("pk")
    for question, *choice in found.values_list("question", *columns):
        choices[question].append(choice)
    same: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for words, pks in alike.items():
        for pk in pks:
            same[words, keys[pk], repr(choices[pk])].append(pk)
    return list(same.values())


def _questions(groups: Sequence[Sequence[int]]) -> list[BankQuestion]:
    pks = [pk for group in groups for pk in group]
    rows = Question.objects.filter(pk__in=pks).prefetch_related("choices")
    rows = rows.select_related("quiz__item__passage", "quiz__reading__seminar")
    by_pk = {row.pk: row for row in rows.select_related("quiz__reading__essay")}
    answers = _answers(pks)
    return [
        BankQuestion(
            pk=group[0],
            shown=QuestionOutline.of(QuestionSpec.of(by_pk[group[0]])),
            uses=[_use(by_pk[pk], *answers.get(pk, (0, 0, Decimal(0)))) for pk in group],
            can_be_used=by_pk[group[0]].kind != QuestionKind.PASSAGE,
        )
        for group in groups
    ]


def _answers(pks: Sequence[int]) -> dict[int, tuple[int, int, Decimal]]:
    """Of each question how many answered it, how many answers are marked, and their points: of
    the first tries of those who take part."""
    tries = Attempt.objects.submitted().filter(
        number=1, membership__role__in=COUNTED_ROLES, membership__removed_at=None
    )
    rows = Answer.objects.filter(question__in=pks, attempt__in=tries.order_by().values("pk"))
    counts = (
        rows.order_by()
        .values("question")
        .annotate(given=Count("pk"), marked=Count("score"), points=Sum("score"))
    )
    return {
        row["question"]: (row["given"], row["marked"], row["points"] or Decimal(0))
        for row in counts
    }


def _use(question: Question, given: int, marked: int, points: Decimal) -> Use:
    quiz: Quiz = question.quiz
    place = f"quiz-{quiz.pk}" if question.is_asked else block_anchor(None, quiz.passage.block_key)
    return Use(
        seminar=quiz.reading.seminar.name,
        reading=quiz.reading.title,
        checkpoint=quiz.title,
        url=f"{quiz.reading.get_absolute_url()}#{place}",
        is_asked=question.is_asked,
        answers=given,
        facility=percent(points, marked * question.points) if marked >= MIN_ATTEMPTS else None,
    )
