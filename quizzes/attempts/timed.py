"""Tries against the clock, which is the server's: begun, run out, and handed in as they stand.

What is kept when the time is up is handed in: by the page that counts it down, by whoever sends
something later, or by the worker, whichever comes first.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from quizzes.attempts.drawing import drawn
from quizzes.attempts.handed_in import (
    SubmissionRefused,
    answer_as_kept,
    hold_member,
    keep_attempt,
    settings_for,
    tries_made,
)
from quizzes.models import Attempt, AttemptState, Question, Quiz
from readings.models import Reading
from readings.page import refuse_if_closed
from seminars.models import Membership
from seminars.permissions import can_attempt

PRIORITY = -5  # after what people wait for: the page itself hands in what it counts down


@dataclass(frozen=True, slots=True)
class RunningTry:
    """A try whose time has begun, and until when it has: its own end, or the reading's closing."""

    attempt: Attempt
    until: datetime


def running_attempt(quiz: Quiz, by: Membership) -> RunningTry | None:
    """Return the try that this member has begun at a checkpoint with a time limit."""
    attempt = Attempt.objects.in_progress(quiz, by).first() if quiz.minutes else None
    until = attempt and running_until(attempt, quiz.reading, by)
    return RunningTry(attempt, until) if attempt and until else None


def running_until(attempt: Attempt, reading: Reading, member: Membership) -> datetime | None:
    """Return when a try ends that was begun; None where it has no end."""
    if attempt.ends_at is None:
        return None
    closes = reading.deadlines_for(member).closes_at
    return min(attempt.ends_at, closes) if closes else attempt.ends_at


@transaction.atomic
def begin_attempt(*, quiz: Quiz, by: Membership) -> Attempt:
    """Let the time of a try begin, once: who begins it again is in the same try.

    Raises PermissionDenied, where the reading is closed too, and SubmissionRefused where no try
    is left, or the checkpoint is asked no more.
    """
    if not can_attempt(by) or by.seminar_id != quiz.seminar_id:
        raise PermissionDenied(_("Your role in this seminar does not answer questions."))
    refuse_if_closed(quiz.reading, by)
    hold_member(by)
    if not Quiz.objects.filter(pk=quiz.pk, retired_at=None).exists():
        raise SubmissionRefused(general=_("The instructor has changed this checkpoint meanwhile."))
    attempt = Attempt.objects.in_progress(quiz, by).first()
    if attempt is not None and attempt.ends_at is not None:
        return attempt
    now = timezone.now()
    if attempt is None:
        number = tries_made(quiz, by) + 1
        attempt = Attempt(
            seminar_id=quiz.seminar_id, quiz=quiz, membership=by, number=number, max_score=0
        )
    minutes = settings_for(quiz, by).minutes
    attempt.begun_at, attempt.ends_at = now, now + timedelta(minutes=minutes)
    attempt.save()
    pk, ends_at = attempt.pk, attempt.ends_at
    transaction.on_commit(lambda: hand_in_when_over.using(run_after=ends_at).enqueue(pk))
    return attempt


def hand_in_kept(
    attempt: Attempt, quiz: Quiz, *, by: Membership, at: datetime, client_key: UUID | None = None
) -> Attempt:
    """Hand in what was kept of a try whose time was up `at` that moment; in the transaction that
    holds the member and the quiz."""
    rows = Question.objects.filter(quiz=quiz, retired_at=None).with_language()
    asked = drawn(quiz, list(rows.prefetch_related("choices")), by, attempt.number)
    given = {one.question_id: one for one in attempt.answers.all()}
    answers = [
        answer_as_kept(one, given[one.pk].response if one.pk in given else [], by) for one in asked
    ]
    for answer in answers:
        if answer.question_id in given:
            answer.confidence = given[answer.question_id].confidence
    return keep_attempt(
        quiz=quiz,
        answers=answers,
        by=by,
        number=attempt.number,
        at=at,
        client_key=client_key,
    )


@task(priority=PRIORITY)
def hand_in_when_over(pk: int) -> None:
    """Hand in a try whose page is gone; the worker's task. One that has more time by now waits."""
    later = hand_in_overdue(pk)
    if later is not None:
        hand_in_when_over.using(run_after=later).enqueue(pk)


@transaction.atomic
def hand_in_overdue(pk: int) -> datetime | None:
    """Hand in a try whose time is up, once; return when it will be, where it is not yet."""
    running = Attempt.objects.filter(pk=pk, state=AttemptState.IN_PROGRESS, ends_at__isnull=False)
    attempt = running.select_related("membership__user", "quiz__reading__seminar").first()
    if attempt is None:
        return None
    by, reading = attempt.membership, attempt.quiz.reading
    if reading.seminar.is_read_only:
        # Taken out of the archive, it waits until its author comes back.
        return None
    hold_member(by)
    quiz = Quiz.objects.select_for_update(of=("self",), no_key=True).get(pk=attempt.quiz_id)
    if quiz.retired_at is not None or not running.exists():
        return None
    until = running_until(attempt, reading, by)
    if until is not None and until > timezone.now():
        return until
    quiz.reading = reading
    hand_in_kept(attempt, quiz, by=by, at=until or timezone.now())
    return None
