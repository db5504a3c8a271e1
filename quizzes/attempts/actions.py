"""Handing in answers: checked, marked and kept at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from quizzes.attempts.asked import asked_digest
from quizzes.marking import points_for, total_of
from quizzes.models import Answer, Attempt, AttemptState, Question, Quiz
from quizzes.questions import InvalidResponse, type_of
from readings.page import refuse_if_closed
from seminars.audience import Audience
from seminars.events import EventKind, record
from seminars.models import Membership
from seminars.permissions import can_attempt

# Of one answer that is kept before it is handed in, where its own limit does not hold yet.
MAX_KEPT = 10_000  # characters
MAX_PICKS = 100


class SubmissionRefused(ValueError):
    """Nothing was kept. `errors` tells by question what is missing; `general`, of all of it."""

    def __init__(self, *, errors: Mapping[int, str] | None = None, general: str = "") -> None:
        self.errors = dict(errors or {})
        self.general = general
        super().__init__(general or "; ".join(self.errors.values()))


@transaction.atomic
def submit_attempt(
    *,
    quiz: Quiz,
    responses: Mapping[int, Sequence[str]],
    by: Membership,
    client_key: UUID | None = None,
    asked: str = "",
    at: datetime | None = None,
) -> Attempt:
    """Mark and keep one try at a quiz; the same `client_key` twice is the same try.

    `responses` has for each question's pk a list of strings, as its type takes them; `asked`
    is the digest of what was asked where they were given. Raises SubmissionRefused where a
    question is not answered, an answer is none of the question's, or something else is asked
    by now; and PermissionDenied, where the reading is closed too. `at` is now where not given.
    """
    if not can_attempt(by) or by.seminar_id != quiz.seminar_id:
        raise PermissionDenied(_("Your role in this seminar does not answer questions."))
    _hold(by)
    if client_key:
        earlier = Attempt.objects.filter(membership=by, client_key=client_key).first()
        if earlier and earlier.quiz_id == quiz.pk:
            return earlier
        client_key = None if earlier else client_key
    refuse_if_closed(quiz.reading, by)
    # Held until this one is kept: a guide that is added now waits, and finds the try.
    current = Quiz.objects.select_for_update(of=("self",), no_key=True)
    if current.filter(pk=quiz.pk, retired_at=None).first() is None:
        raise SubmissionRefused(
            general=_(
                "The instructor has changed this checkpoint since you opened it."
                " Load the page again to answer the new one; your answers are still below."
            )
        )
    answers = _answers(quiz, responses, asked)
    score = total_of(answer.score for answer in answers)
    Attempt.objects.in_progress(quiz, by).delete()
    attempt = Attempt.objects.create(
        seminar_id=quiz.seminar_id,
        quiz=quiz,
        membership=by,
        number=Attempt.objects.filter(quiz=quiz, membership=by).count() + 1,
        state=AttemptState.SUBMITTED if score is None else AttemptState.MARKED,
        submitted_at=at or timezone.now(),
        score=score,
        max_score=sum(answer.question.points for answer in answers),
        client_key=client_key,
    )
    for answer in answers:
        answer.attempt = attempt
    Answer.objects.bulk_create(answers)
    # For whoever answered, and for those who may see results.
    record(
        EventKind.ATTEMPT_SUBMITTED,
        by=by,
        target=attempt,
        reading_id=quiz.reading_id,
        audience=Audience.STAFF,
        group_id=by.group_id,
        quiz=quiz.pk,
    )
    return attempt


@transaction.atomic
def keep_answers(
    *,
    quiz: Quiz,
    responses: Mapping[int, Sequence[str]],
    by: Membership,
    client_key: UUID | None = None,
) -> None:
    """Keep the answers given so far, as they are and unmarked, in place of those kept before.

    What comes after they were handed in (`client_key` names that try) or belongs to no
    question that is asked is left out. Raises SubmissionRefused where one is longer than
    anybody writes.
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
    _hold(by)
    mine = Attempt.objects.filter(membership=by)
    if client_key and mine.submitted().filter(client_key=client_key).exists():
        return
    questions = quiz.questions.filter(retired_at=None, pk__in=[pk for pk in given if given[pk]])
    if not questions:
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
        Answer(attempt=attempt, question=one, version=one.version, response=given[one.pk])
        for one in questions
    )


def _hold(by: Membership) -> None:
    """Let two requests of one person wait for each other: neither takes the other's number."""
    Membership.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)


def _answers(quiz: Quiz, responses: Mapping[int, Sequence[str]], asked: str) -> list[Answer]:
    """Return the answers, unsaved, marked where no person has to; raise SubmissionRefused."""
    known = list(Question.objects.filter(quiz=quiz).with_language().prefetch_related("choices"))
    if set(responses) - {question.pk for question in known}:
        raise SubmissionRefused(general=_("These answers belong to another checkpoint."))
    # One that was taken off since the page was opened is answered in vain.
    questions = [one for one in known if one.retired_at is None]
    if asked and asked != asked_digest(questions):
        raise SubmissionRefused(
            general=_(
                "The instructor has put right what is asked here since you opened it. Read it once"
                " more and check your answers again; they are still below."
            )
        )
    answers: list[Answer] = []
    errors: dict[int, str] = {}
    for question in questions:
        try:
            answers.append(_answer(question, responses.get(question.pk, [])))
        except InvalidResponse as invalid:
            errors[question.pk] = str(invalid)
    if errors:
        raise SubmissionRefused(errors=errors)
    return answers


def _answer(question: Question, given: Sequence[str]) -> Answer:
    """Return one answer, unsaved, marked where no person has to; raise InvalidResponse."""
    question_type = type_of(question)
    response = question_type.normalise(question, given)
    share = question_type.mark(question, response)
    score = None if share is None else points_for(share, question.points)
    return Answer(question=question, version=question.version, response=response, score=score)
