"""Handing in answers: checked, marked and kept at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from quizzes.marking import mark_choice, mark_several, mark_words, points_for
from quizzes.models import Answer, Attempt, Question, QuestionKind, Quiz
from seminars.models import Membership
from seminars.permissions import can_attempt

MAX_WORDS = 300  # characters of a short answer: a line or two


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
    at: datetime | None = None,
) -> Attempt:
    """Mark and keep one try at a quiz; the same `client_key` twice is the same try.

    `responses` has for each question's pk a list of strings: choice keys, `true`
    or `false`, or the words typed. Raises SubmissionRefused where a question is
    not answered or an answer is none of the question's. `at` is now where not given.
    """
    if not can_attempt(by) or by.seminar_id != quiz.seminar_id:
        raise PermissionDenied("Your role in this seminar does not answer questions.")
    # Two submits of one person wait for each other: neither takes the other's number.
    Membership.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    if client_key:
        earlier = Attempt.objects.filter(membership=by, client_key=client_key).first()
        if earlier and earlier.quiz_id == quiz.pk:
            return earlier
        client_key = None if earlier else client_key
    # Held until this one is kept: a guide that is laid now waits, and finds the try.
    laid = Quiz.objects.select_for_update(of=("self",), no_key=True)
    if laid.filter(pk=quiz.pk, retired_at=None).first() is None:
        raise SubmissionRefused(
            general="The instructor has changed this checkpoint since you opened it."
            " Load the page again to answer the new one; your answers are still below."
        )
    answers = _answers(quiz, responses)
    attempt = Attempt.objects.create(
        seminar_id=quiz.seminar_id,
        quiz=quiz,
        membership=by,
        number=Attempt.objects.filter(quiz=quiz, membership=by).count() + 1,
        submitted_at=at or timezone.now(),
        score=sum(answer.score for answer in answers),
        max_score=sum(answer.question.points for answer in answers),
        client_key=client_key,
    )
    for answer in answers:
        answer.attempt = attempt
    Answer.objects.bulk_create(answers)
    return attempt


def _answers(quiz: Quiz, responses: Mapping[int, Sequence[str]]) -> list[Answer]:
    """Return the marked answers, unsaved; raise SubmissionRefused."""
    questions = list(quiz.questions.prefetch_related("choices"))
    if set(responses) - {question.pk for question in questions}:
        raise SubmissionRefused(general="These answers belong to another checkpoint.")
    answers: list[Answer] = []
    errors: dict[int, str] = {}
    for question in questions:
        try:
            answers.append(_answer(question, responses.get(question.pk, [])))
        except SubmissionRefused as refused:
            errors[question.pk] = refused.general
    if errors:
        raise SubmissionRefused(errors=errors)
    return answers


def _answer(question: Question, given: Sequence[str]) -> Answer:
    """Return one marked answer, unsaved; raise SubmissionRefused with what to do."""
    # NUL is no letter, and PostgreSQL keeps none.
    response = [" ".join(one.replace("\0", "").split()) for one in given]
    response = list(dict.fromkeys(one for one in response if one))
    if question.kind == QuestionKind.SHORT_ANSWER:
        if len(response) != 1:
            raise SubmissionRefused(general="Write an answer.")
        if len(response[0]) > MAX_WORDS:
            raise SubmissionRefused(general=f"Use at most {MAX_WORDS} characters.")
        share = mark_words(response[0], question.accepted, case_matters=question.case_matters)
    else:
        possible, right = _key(question)
        several = question.kind == QuestionKind.SEVERAL
        if not response:
            raise SubmissionRefused(
                general="Choose at least one answer." if several else "Choose an answer."
            )
        if not set(response) <= possible or (len(response) > 1 and not several):
            raise SubmissionRefused(general="Choose among the answers that stand here.")
        share = mark_several(response, right) if several else mark_choice(response, right)
    return Answer(question=question, response=response, score=points_for(share, question.points))


def _key(question: Question) -> tuple[set[str], set[str]]:
    """Return what may be picked, and what is right."""
    if question.kind == QuestionKind.TRUE_FALSE:
        return {"true", "false"}, set(question.accepted)
    choices = question.choices.all()
    return (
        {str(choice.key) for choice in choices},
        {str(choice.key) for choice in choices if choice.is_correct},
    )
