"""What is kept of a try that is handed in, whoever hands it in: marked, once, with its event."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from django.utils.translation import gettext as _

from discussions.threads import let_be_new
from quizzes.attempts.gates import note_passings
from quizzes.attempts.tries import tries_left
from quizzes.marking import points_for, total_of
from quizzes.models import (
    Accommodation,
    Answer,
    Attempt,
    AttemptState,
    Question,
    Quiz,
    QuizSettings,
    adjusted,
)
from quizzes.questions import FoundInTheText, InvalidResponse, MarkedInParts, type_of
from seminars.audience import Audience
from seminars.events import EventKind, record
from seminars.models import Membership


class SubmissionRefused(ValueError):
    """Nothing was kept. `errors` tells by question what is missing; `general`, of all of it."""

    def __init__(self, *, errors: Mapping[int, str] | None = None, general: str = "") -> None:
        self.errors = dict(errors or {})
        self.general = general
        super().__init__(general or "; ".join(self.errors.values()))


def hold_member(by: Membership) -> None:
    """Let two requests of one person wait for each other: neither takes the other's number."""
    Membership.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)


def settings_for(quiz: Quiz, by: Membership) -> QuizSettings:
    """Return how the checkpoint behaves to this member, with what is arranged for them."""
    settings = quiz.settings
    if not (settings.minutes or settings.tries_allowed):
        return settings
    return adjusted(settings, Accommodation.objects.of(by))


def tries_made(quiz: Quiz, by: Membership) -> int:
    """Return how many tries this member has handed in; raise SubmissionRefused where they have
    as often as they may."""
    made = Attempt.objects.submitted().filter(quiz=quiz, membership=by).count()
    if tries_left(settings_for(quiz, by), made) == 0:
        raise SubmissionRefused(
            general=_(
                "You have handed in your last try already, so this one was not taken. Load the page"
                " again to see what came of it; what you wrote is still below."
            )
        )
    return made


def marked_answer(question: Question, given: Sequence[str], by: Membership) -> Answer:
    """Return one answer, unsaved, marked where no person has to; raise InvalidResponse."""
    question_type = type_of(question)
    if isinstance(question_type, FoundInTheText):
        response = question_type.find_in_served(question, given, by)
    else:
        response = question_type.normalise(question, given)
    return _answer(question, response, question_type.mark(question, response))


def answer_as_kept(question: Question, given: Sequence[str], by: Membership) -> Answer:
    """The same of what was kept when the time was up, complete or not: what is missing earns
    nothing."""
    question_type = type_of(question)
    try:
        return marked_answer(question, given, by)
    except InvalidResponse:
        response = []
        if isinstance(question_type, MarkedInParts):
            response = question_type.unfinished(question, given)
    share = question_type.mark(question, response) if response else Fraction(0)
    return _answer(question, response, share)


def _answer(question: Question, response: list[str], share: Fraction | None) -> Answer:
    score = None if share is None else points_for(share, question.points)
    return Answer(question=question, version=question.version, response=response, score=score)


def keep_attempt(
    *,
    quiz: Quiz,
    answers: Sequence[Answer],
    by: Membership,
    number: int,
    at: datetime,
    client_key: UUID | None,
) -> Attempt:
    """Keep a try in place of the answers that were kept so far; in the transaction that holds the
    member and the quiz."""
    score = total_of(answer.score for answer in answers)
    begun = Attempt.objects.in_progress(quiz, by)
    times = begun.values_list("begun_at", "ends_at").first() or (None, None)
    begun.delete()
    attempt = Attempt.objects.create(
        seminar_id=quiz.seminar_id,
        quiz=quiz,
        membership=by,
        number=number,
        state=AttemptState.SUBMITTED if score is None else AttemptState.MARKED,
        begun_at=times[0],
        ends_at=times[1],
        submitted_at=at,
        score=score,
        max_score=sum(answer.question.points for answer in answers),
        client_key=client_key,
    )
    for answer in answers:
        answer.attempt = attempt
    Answer.objects.bulk_create(answers)
    note_passings([quiz.item_id], by=by)
    by.has_answered()
    if by.seminar.has_published_answers:
        let_be_new(item=quiz.item_id, by=by)
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
