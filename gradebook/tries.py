"""What was handed in at checkpoints: the tries that count, and what they come to, exactly.

Which of them count, `quizzes.marking.counted` says. Answers in one's own words are columns of
their own: a checkpoint's figure is of all its other questions.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NamedTuple

from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quizzes.marking import CENT, MadeTry, counted
from quizzes.models import Answer, Attempt, GradeBy, QuestionKind
from readings.models import Reading
from seminars.models import Membership

_WHICH = {
    GradeBy.FIRST: gettext_lazy("first try"),
    GradeBy.BEST: gettext_lazy("best try"),
    GradeBy.LAST: gettext_lazy("last try"),
    GradeBy.MEAN: gettext_lazy("mean of all tries"),
}


@dataclass(frozen=True, slots=True)
class CheckpointTry:
    """What somebody's tries that count at a checkpoint come to, without open answers.

    `points` of the `maximum`; None where an answer waits for a mark. `right` of `questions` are
    told of one try; of several, where their mean counts, there are as many as `tries`.
    """

    points: Fraction | None
    maximum: Fraction
    right: int
    questions: int
    tries: int
    grade_by: str
    penalty: int  # percent that was lost for the tries before it
    submitted_at: datetime

    @property
    def in_words(self) -> str:
        """“3 of 4 questions right, first try”."""
        if self.points is None:
            return _("handed in, not marked yet")
        if self.tries > 1:
            said = ngettext("mean of %d try", "mean of %d tries", self.tries)
            return said % self.tries
        told = {"right": self.right, "all": self.questions, "try": _WHICH[GradeBy(self.grade_by)]}
        said = _("%(right)d of %(all)d questions right, %(try)s") % told
        if self.penalty:
            said += _(", less %(penalty)d %% for the tries before it") % {"penalty": self.penalty}
        return said


@dataclass(frozen=True, slots=True)
class OpenMark:
    """What an answer in somebody's own words came to; `points` once its mark is released.

    Not `is_asked`: their try that counts had no such question, which came in later or was not
    drawn.
    """

    points: Fraction | None
    submitted_at: datetime
    is_asked: bool = True


@dataclass(frozen=True, slots=True)
class Tries:
    """What counts, by quiz and member, and by open question and member."""

    checkpoints: Mapping[tuple[int, int], CheckpointTry]
    opened: Mapping[tuple[int, int], OpenMark]
    handed_in: Mapping[tuple[int, int], datetime]  # by quiz and member, when what counts was

    def open_mark(self, quiz: int, question: int, member: int) -> OpenMark | None:
        """What this member's answer came to; None where they have not handed in the checkpoint."""
        moment = self.handed_in.get((quiz, member))
        found = self.opened.get((question, member))
        if found is None and moment is not None:
            return OpenMark(None, moment, is_asked=False)
        return found


class _Attempt(NamedTuple):
    pk: int
    quiz: int
    member: int
    reading: int
    grade_by: str
    penalty: int
    made: MadeTry


@dataclass(slots=True)
class _Counting:
    """The tries of one person at one quiz that count, and when what counts was handed in."""

    attempts: list[_Attempt] = field(default_factory=list)

    @property
    def submitted_at(self) -> datetime:
        moments = [one.made.submitted_at for one in self.attempts]
        return max(one for one in moments if one is not None)

    def left(self, attempt: _Attempt) -> Fraction:
        """What the penalty leaves of what this try earned."""
        if attempt.grade_by == GradeBy.FIRST:
            return Fraction(1)
        return Fraction(max(0, 100 - attempt.penalty * (attempt.made.number - 1)), 100)


def load_tries(
    seminar_id: int, members: Sequence[Membership], readings: Sequence[Reading]
) -> Tries:
    """Load what these members' tries came to; the readings know their extensions. Three queries."""
    of_members = Q(membership__in=[one.pk for one in members], seminar=seminar_id)
    counting = _counting(_attempts(of_members), members, readings)
    return Tries(
        _checkpoints(of_members, counting),
        _opened(of_members, counting),
        {key: one.submitted_at for key, one in counting.items()},
    )


_MAY_COUNT = Q(number=1) | ~Q(quiz__grade_by=GradeBy.FIRST)


def _attempts(of_members: Q) -> list[_Attempt]:
    rows = Attempt.objects.submitted().filter(of_members, _MAY_COUNT).order_by()
    return [
        _Attempt(pk, quiz, member, reading, grade_by, penalty, MadeTry(*made))
        for pk, quiz, member, reading, grade_by, penalty, *made in rows.values_list(
            *("pk", "quiz_id", "membership_id", "quiz__reading_id"),
            *("quiz__grade_by", "quiz__penalty"),
            *("number", "score", "max_score", "submitted_at"),
        )
    ]


def _counting(
    attempts: Sequence[_Attempt], members: Sequence[Membership], readings: Sequence[Reading]
) -> dict[tuple[int, int], _Counting]:
    """Return those that count, by quiz and member."""
    reading_of = {one.pk: one for one in readings}
    member_of = {one.pk: one for one in members}
    made: defaultdict[tuple[int, int], list[_Attempt]] = defaultdict(list)
    for one in attempts:
        if one.reading in reading_of:
            made[one.quiz, one.member].append(one)
    found = {}
    for key, unordered in made.items():
        theirs = sorted(unordered, key=lambda one: one.made.number)
        first = theirs[0]
        if first.grade_by == GradeBy.FIRST:
            found[key] = _Counting(theirs)
            continue
        until = reading_of[first.reading].deadlines_for(member_of[first.member]).counts_until
        numbers = counted(
            [one.made for one in theirs],
            grade_by=first.grade_by,
            penalty=first.penalty,
            until=until,
        ).numbers
        found[key] = _Counting([one for one in theirs if one.made.number in numbers])
    return found


def _answers_of(of_members: Q) -> Q:
    """The same condition of answers."""
    tries = Attempt.objects.submitted().filter(of_members, _MAY_COUNT)
    return Q(attempt__in=tries.order_by().values("pk"))


class _Sums(NamedTuple):
    """Of a try's answers: how many wait, points, of how many, how many are right, how many are."""

    waiting: int
    points: Decimal | None
    maximum: int
    right: int
    answers: int


def _checkpoints(
    of_members: Q, counting: Mapping[tuple[int, int], _Counting]
) -> dict[tuple[int, int], CheckpointTry]:
    asked, any_ = Q(question__retired_at=None), Q(pk__isnull=False)
    rows = (
        Answer.objects.filter(_answers_of(of_members))
        .exclude(question__kind=QuestionKind.OPEN)
        .order_by()
        .values_list("attempt_id")
        .annotate(**_sums("asked", asked), **_sums("all", any_))
    )
    # A try that has answered nothing that is still asked keeps what it had.
    sums = {pk: _Sums(*(found[:5] if found[4] else found[5:])) for pk, *found in rows}
    return {
        key: _checkpoint(one, [sums[attempt.pk] for attempt in one.attempts])
        for key, one in counting.items()
        if all(attempt.pk in sums for attempt in one.attempts)
    }


def _sums(name: str, answers: Q) -> dict[str, Count | Sum]:
    return {
        f"{name}_waiting": Count("pk", filter=answers & Q(score=None)),
        f"{name}_points": Sum("score", filter=answers),
        f"{name}_maximum": Sum("question__points", filter=answers),
        f"{name}_right": Count("pk", filter=answers & Q(score=F("question__points"))),
        f"{name}_count": Count("pk", filter=answers),
    }


def _checkpoint(counting: _Counting, sums: Sequence[_Sums]) -> CheckpointTry:
    """The mean of what these tries earned, out of the points of the last of them."""
    last, whole = counting.attempts[-1], sums[-1]
    shares = [
        counting.left(attempt) * _exact(one.points) / one.maximum
        for attempt, one in zip(counting.attempts, sums, strict=True)
    ]
    mean = sum(shares, Fraction(0)) / len(shares)
    return CheckpointTry(
        points=None if any(one.waiting for one in sums) else mean * whole.maximum,
        maximum=Fraction(whole.maximum),
        right=whole.right,
        questions=whole.answers,
        tries=len(sums),
        grade_by=last.grade_by,
        penalty=int(100 * (1 - counting.left(last))) if len(sums) == 1 else 0,
        submitted_at=counting.submitted_at,
    )


def _opened(
    of_members: Q, counting: Mapping[tuple[int, int], _Counting]
) -> dict[tuple[int, int], OpenMark]:
    rows = Answer.objects.filter(_answers_of(of_members), question__kind=QuestionKind.OPEN)
    scores = {
        (attempt, question): score
        for attempt, question, score in rows.order_by().values_list(
            "attempt_id", "question_id", "score"
        )
    }
    asked: defaultdict[int, set[int]] = defaultdict(set)
    for attempt, question in scores:
        asked[attempt].add(question)
    found = {}
    for (_quiz, member), one in counting.items():
        for question in asked[one.attempts[-1].pk]:
            answered = [it for it in one.attempts if (it.pk, question) in scores]
            given = [scores[it.pk, question] for it in answered]
            points = [
                one.left(it) * _exact(score) for it, score in zip(answered, given, strict=True)
            ]
            mean = None if None in given else sum(points, Fraction(0)) / len(points)
            found[question, member] = OpenMark(mean, one.submitted_at)
    return found


def _exact(points: Decimal | None) -> Fraction:
    """Points have two places; a database that adds them up as floats is that near."""
    return Fraction((points or Decimal(0)).quantize(CENT, ROUND_HALF_UP))
