"""Handing in answers: checked, marked and kept at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from quizzes.attempts.asked import asked_digest
from quizzes.attempts.drawing import drawn
from quizzes.attempts.handed_in import (
    SubmissionRefused,
    hold_member,
    keep_attempt,
    marked_answer,
    tries_made,
)
from quizzes.attempts.timed import hand_in_kept, running_attempt
from quizzes.models import Answer, Attempt, AttemptState, Question, Quiz
from quizzes.questions import InvalidResponse
from readings.page import refuse_if_closed
from seminars.models import Membership
from seminars.permissions import can_attempt

# Of one answer that is kept before it is handed in, where its own limit does not hold yet.
MAX_KEPT = 10_000  # characters
MAX_PICKS = 100


@transaction.atomic
def submit_attempt(
    *,
    quiz: Quiz,
    responses: Mapping[int, Sequence[str]],
    by: Membership,
    client_key: UUID | None = None,
    confidence: Mapping[int, int | None] | None = None,
    asked: str = "",
    at: datetime | None = None,
) -> Attempt:
    """Mark and keep one try at a quiz; the same `client_key` twice is the same try.

    `responses` has for each question's pk a list of strings, as its type takes them, and
    `confidence` how sure they are of it, where that is asked; `asked`
    is the digest of what was asked where they were given. Raises SubmissionRefused where a
    question is not answered, an answer is none of the question's, or something else is asked
    by now; and PermissionDenied, where the reading is closed too. `at` is now where not given.
    Where the time of a try is up, what was kept of it by then is handed in instead.
    """
    if not can_attempt(by) or by.seminar_id != quiz.seminar_id:
        raise PermissionDenied(_("Your role in this seminar does not answer questions."))
    hold_member(by)
    if client_key:
        earlier = Attempt.objects.filter(membership=by, client_key=client_key).first()
        if earlier and earlier.quiz_id == quiz.pk:
            return earlier
        client_key = None if earlier else client_key
    moment, running = at or timezone.now(), running_attempt(quiz, by)
    is_up = running is not None and running.until <= moment
    if not is_up:
        refuse_if_closed(quiz.reading, by)
    # Held until this one is kept: a guide that is added now waits, and finds the try.
    held = Quiz.objects.select_for_update(of=("self",), no_key=True)
    current = held.filter(pk=quiz.pk, retired_at=None).first()
    if current is None:
        raise SubmissionRefused(
            general=_(
                "The instructor has changed this checkpoint since you opened it."
                " Load the page again to answer the new one; your answers are still below."
            )
        )
    if running is not None and is_up:
        return hand_in_kept(
            running.attempt, current, by=by, at=running.until, client_key=client_key
        )
    made = tries_made(current, by)
    if current.minutes and running is None:
        raise SubmissionRefused(general=_("Your time has not begun yet: press “Begin” first."))
    answers = _answers(current, responses, asked, by, made + 1)
    for answer in answers if current.asks_confidence else ():
        answer.confidence = (confidence or {}).get(answer.question_id)
    return keep_attempt(
        quiz=current,
        answers=answers,
        by=by,
        number=made + 1,
        at=moment,
        client_key=client_key,
    )


@transaction.atomic
def keep_answers(
    *,
    quiz: Quiz,
    responses: Mapping[int, Sequence[str]],
    by: Membership,
    client_key: UUID | None = None,
    confidence: Mapping[int, int | None] | None = None,
) -> None:
    """Keep the answers given so far, as they are and unmarked, in place of those kept before.

    What comes after they were handed in (`client_key` names that try) or belongs to no
    question that is asked is left out. Raises SubmissionRefused where one is longer than
    anybody writes, and where there is a time limit whose time is not running.
    """
    if not can_attempt(by) or by.seminar_id != quiz.seminar_id:
        raise PermissionDenied(_("Your role in this seminar does not answer questions."))
    given = {
        # Where some gaps are filled and others not, each keeps its place.
        pk: [one.replace("\0", "") for one in words] if any(one.strip() for one in words) else []
        for pk, words in responses.items()
    }
    if any(
        len(one) > MAX_KEPT or len(words) > MAX_PICKS for words in given.values() for one in words
    ):
        raise SubmissionRefused(general=_("This is too long to be kept."))
    refuse_if_closed(quiz.reading, by)
    hold_member(by)
    mine = Attempt.objects.filter(membership=by)
    if client_key and mine.submitted().filter(client_key=client_key).exists():
        return
    running = running_attempt(quiz, by)
    if quiz.minutes and (running is None or running.until <= timezone.now()):
        raise SubmissionRefused(general=_("The time for this try is not running."))
    questions = quiz.questions.filter(retired_at=None, pk__in=[pk for pk in given if given[pk]])
    if not questions and running is None:
        mine.in_progress(quiz, by).delete()
        return
    attempt, _is_new = Attempt.objects.get_or_create(
        quiz=quiz,
        membership=by,
        state=AttemptState.IN_PROGRESS,
        defaults={
            "seminar_id": quiz.seminar_id,
            "number": mine.filter(quiz=quiz).count() + 1,
            "max_score": 0,
        },
    )
    attempt.answers.all().delete()
    Answer.objects.bulk_create(
        Answer(
            attempt=attempt,
            question=one,
            version=one.version,
            response=given[one.pk],
            confidence=(confidence or {}).get(one.pk) if quiz.asks_confidence else None,
        )
        for one in questions
    )


def _answers(
    quiz: Quiz, responses: Mapping[int, Sequence[str]], asked: str, by: Membership, number: int
) -> list[Answer]:
    """Return the answers, unsaved, marked where no person has to; raise SubmissionRefused."""
    known = list(Question.objects.filter(quiz=quiz).with_language().prefetch_related("choices"))
    if set(responses) - {question.pk for question in known}:
        raise SubmissionRefused(general=_("These answers belong to another checkpoint."))
    # One that was taken off since the page was opened is answered in vain.
    questions = drawn(quiz, [one for one in known if one.retired_at is None], by, number)
    if asked and asked != asked_digest(questions):
        raise SubmissionRefused(general=_asked_otherwise(quiz))
    answers: list[Answer] = []
    errors: dict[int, str] = {}
    for question in questions:
        try:
            answers.append(marked_answer(question, responses.get(question.pk, []), by))
        except InvalidResponse as invalid:
            errors[question.pk] = str(invalid)
    if errors:
        raise SubmissionRefused(errors=errors)
    return answers


def _asked_otherwise(quiz: Quiz) -> str:
    if quiz.drawn:
        return _(
            "Other questions are asked here by now than when you opened it. Read them and check"
            " your answers again; what you wrote is still below."
        )
    return _(
        "The instructor has put right what is asked here since you opened it. Read it once"
        " more and check your answers again; they are still below."
    )
