"""Loading the checkpoints of a reading, with what one member has answered to them."""

from collections.abc import Sequence
from typing import Any, cast

from django.db.models import (
    BigIntegerField,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    prefetch_related_objects,
)

from database.prepared import Parameter, PreparedQuery, PreparedRows
from quizzes.attempts.checkpoints import Checkpoint
from quizzes.attempts.gates_shown import gates_of, served_to
from quizzes.attempts.published import published_by
from quizzes.models import (
    Accommodation,
    Answer,
    Attempt,
    Question,
    Quiz,
    QuizQuerySet,
    Review,
)
from readings.models import Reading
from seminars.models import Membership


def _with_own() -> Any:
    """The quizzes of a reading that a member sees as nobody else does."""
    member = Parameter("membership", BigIntegerField())
    tried = Attempt.objects.filter(quiz=OuterRef("pk"), membership=member)
    quizzes = Quiz.objects.filter(reading=Parameter("reading", BigIntegerField()))
    asked = Q(retired_at=None) & (Q(is_shuffled=True) | Q(drawn__gt=0))
    arranged = Exists(Accommodation.objects.filter(membership=member))
    limited = Q(retired_at=None) & (Q(minutes__gt=0) | Q(tries__gt=0) | ~Q(review=Review.AT_ONCE))
    own = Exists(tried) | asked | (limited & arranged)
    return quizzes.filter(own).order_by().values_list("pk")[:1]


_WITH_OWN = PreparedRows(_with_own)


def has_own(reading: Reading, membership: Membership) -> bool:
    """Whether the member has answered a checkpoint of the reading, or begun to; or is asked
    something in an order of their own, or drawn for them, or has other limits."""
    return bool(_WITH_OWN.all(reading=reading.pk, membership=membership.pk))


def checkpoints_of(
    *, reading: Reading, membership: Membership, among: QuizQuerySet | None = None
) -> list[Checkpoint]:
    """Return the reading's checkpoints in order, in a fixed number of queries.

    With `among`, those quizzes, even where a later guide has replaced them.
    """
    quizzes, asked = _quizzes_now(reading) if among is None else _quizzes_of(reading, among)
    gates = gates_of(reading)
    if among is None:
        quizzes = served_to(membership, reading, quizzes)
        served = {quiz.pk for quiz in quizzes}
        asked = [one for one in asked if one.quiz_id in served]
    prefetch_related_objects(asked, "choices")
    for quiz in quizzes:
        quiz.reading = reading
    questions: dict[int, list[Question]] = {quiz.pk: [] for quiz in quizzes}
    for question in asked:
        questions[question.quiz_id].append(question)
    tries: dict[int, list[Attempt]] = {}
    if membership.pk:  # one of a class of viewers, and nobody in particular, has answered nothing
        shown_tries = Attempt.objects.shown_to(membership).filter(quiz__reading=reading)
        rows = Prefetch("answers", Answer.objects.select_related("question", "mark"))
        for attempt in shown_tries.order_by("number").prefetch_related(rows):
            tries.setdefault(attempt.quiz_id, []).append(attempt)
    published = published_by(membership, reading) if tries else {}
    arranged = Accommodation.objects.of(membership) if _are_limited(quizzes, membership) else None
    return [
        Checkpoint(
            reading=reading,
            membership=membership,
            quiz=quiz,
            number=number,
            total=len(quizzes),
            questions=questions[quiz.pk],
            tries=[one for one in tries.get(quiz.pk, []) if one.submitted_at],
            kept=next((one for one in tries.get(quiz.pk, []) if not one.submitted_at), None),
            arranged=arranged,
            published=published,
            gate=gates.get(quiz.item_id),
        )
        for number, quiz in enumerate(quizzes, start=1)
    ]


def _are_limited(quizzes: Sequence[Quiz], membership: Membership) -> bool:
    """Whether anything can be arranged there for this member, who is somebody."""
    limited = (one for one in quizzes if one.minutes or one.settings.tries_allowed)
    return bool(membership.pk) and any(limited)


def _quizzes_now(reading: Reading) -> tuple[list[Quiz], list[Question]]:
    keys = {"reading": reading.pk, "revision": reading.revision_id}
    return _QUIZZES.all(**keys), _QUESTIONS.all(**keys)


def _quizzes_of(reading: Reading, among: QuizQuerySet) -> tuple[list[Quiz], list[Question]]:
    return list(among), list(Question.objects.of(among, reading))


class _AnyReading:
    """A reading with parameters for its keys: what the querysets of quizzes ask of one."""

    pk = Parameter("reading", BigIntegerField())
    revision_id = Parameter("revision", BigIntegerField())


_READING = cast("Reading", _AnyReading())
_QUIZZES = PreparedQuery(lambda: Quiz.objects.of(_READING))
_QUESTIONS = PreparedQuery(lambda: Question.objects.of(Quiz.objects.of(_READING), _READING))
