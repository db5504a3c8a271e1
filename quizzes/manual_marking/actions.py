"""Marking an answer, and releasing the marks of a question."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from database.versions import Stale
from quizzes.attempts import note_passings, sum_up
from quizzes.models import Answer, AnswerMark, Attempt, EarlierMark, Question, Quiz
from seminars.audience import Audience
from seminars.events import EventKind, record
from seminars.models import Membership
from seminars.permissions import can_mark_answers_of, can_release_marks


@transaction.atomic
def set_mark(
    *,
    answer: Answer,
    points: Decimal,
    remark: str,
    by: Membership,
    levels: Sequence[Mapping[str, Any]] = (),
    version: int | None = None,
) -> AnswerMark:
    """Give an answer these points and this remark: a draft, or in place of what was released.

    `levels` are those of a rubric that the points come of, as the model keeps them. `version` is
    that of the mark when the form was opened, 0 where there was none. Raises Stale, and
    ValidationError where the question has not so many points.
    """
    author = answer.attempt.membership
    if not can_mark_answers_of(by, author):
        raise PermissionDenied(_("This answer is not for you to mark."))
    _hold(answer.question.quiz_id)
    most = Question.objects.get(pk=answer.question_id).points  # as a guide has it by now
    if not 0 <= points <= most:
        message = _("This question has at most %(most)d points.")
        raise ValidationError(message % {"most": most})
    mark = AnswerMark.objects.filter(answer=answer).first()
    if mark and (mark.points, mark.remark, mark.levels) == (points, remark, list(levels)):
        return mark
    if version is not None and version != (mark.edit_version if mark else 0):
        raise Stale(mark)
    if mark is None:
        mark = AnswerMark(seminar_id=by.seminar_id, answer=answer, edit_version=0)
    before = mark.points if mark.is_released else None
    if mark.is_released:
        _keep(mark, by)
    mark.points, mark.remark, mark.levels = points, remark, list(levels)
    mark.marked_by, mark.marked_at = by, timezone.now()
    mark.edit_version += 1
    mark.save()
    if mark.is_released:
        _count([mark])
    record(
        EventKind.ANSWER_MARKED,
        by=by,
        target=mark,
        reading_id=answer.question.quiz.reading_id,
        audience=Audience.STAFF,
        group_id=author.group_id,
        before=None if before is None else str(before),
        after=str(points),
    )
    return mark


@transaction.atomic
def release_marks(*, question: Question, by: Membership) -> int:
    """Let each author read their mark; return how many marks were drafts. The score of a try is
    there once all of its answers have one."""
    if not can_release_marks(by) or by.seminar_id != question.seminar_id:
        raise PermissionDenied(_("Only an instructor of this seminar releases marks."))
    _hold(question.quiz_id)
    drafts = list(
        AnswerMark.objects.drafts()
        .filter(answer__question=question)
        .select_related("answer__attempt")
    )
    now = timezone.now()
    for mark in drafts:
        mark.released_at, mark.released_by = now, by
    AnswerMark.objects.bulk_update(drafts, ["released_at", "released_by"])
    _count(drafts)
    if drafts:
        record(
            EventKind.MARKS_RELEASED,
            by=by,
            target=question,
            reading_id=question.quiz.reading_id,
            audience=Audience.STAFF,
            marks=len(drafts),
        )
    return len(drafts)


def _hold(quiz: int) -> None:
    """Let marking and a changed guide of the same checkpoint wait for each other."""
    Quiz.objects.select_for_update(of=("self",), no_key=True).get(pk=quiz)


def _keep(mark: AnswerMark, by: Membership) -> None:
    EarlierMark.objects.create(
        seminar_id=mark.seminar_id,
        mark=mark,
        points=mark.points,
        remark=mark.remark,
        levels=mark.levels,
        marked_by_id=mark.marked_by_id,
        marked_at=mark.marked_at,
        replaced_by=by,
    )


def _count(marks: Sequence[AnswerMark]) -> None:
    """Let these marks be the scores of their answers, and sum up their tries."""
    answers = [one.answer for one in marks]
    for mark in marks:
        mark.answer.score = mark.points
    Answer.objects.bulk_update(answers, ["score"])
    _sum_up({one.attempt_id for one in answers})


def _sum_up(attempts: Collection[int]) -> None:
    answers: defaultdict[int, list[Answer]] = defaultdict(list)
    for answer in Answer.objects.filter(attempt__in=attempts).select_related("question"):
        answers[answer.attempt_id].append(answer)
    tries = Attempt.objects.filter(pk__in=attempts).select_related("quiz")
    for attempt in tries:
        given = answers[attempt.pk]
        sum_up(attempt, given, {one.question_id: one.question for one in given})
    note_passings({attempt.quiz.item_id for attempt in tries})
