"""Marking tries anew, where a question was put right after they were handed in."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from quizzes.attempts.gates import note_passings
from quizzes.attempts.tries import counted_tries
from quizzes.marking import points_for, total_of
from quizzes.models import Answer, Attempt, AttemptState, Question, Quiz
from quizzes.questions import type_of
from readings.models import keep_extensions_of
from seminars.audience import Audience
from seminars.events import EventKind, record
from seminars.models import Membership

Points = tuple[Decimal | None, Decimal]  # of how many


@dataclass(frozen=True, slots=True)
class Regraded:
    """A try whose points are others now."""

    attempt: Attempt
    before: Points
    after: Points
    questions: frozenset[int]  # the pks of those whose answers have other points


def regrade(quiz: Quiz, changed: Collection[int], *, by: Membership) -> list[Regraded]:
    """Mark the answers to the `changed` questions (pks) by what is right now; in a transaction
    that holds the quiz.

    A question that is asked no more counts for nobody. What a person has marked stays.
    """
    questions = {
        one.pk: one
        for one in Question.objects.filter(quiz=quiz).with_language().prefetch_related("choices")
    }
    answers: defaultdict[int, list[Answer]] = defaultdict(list)
    for answer in Answer.objects.filter(attempt__quiz=quiz):
        answers[answer.attempt_id].append(answer)
    tries = quiz.attempts.submitted().select_related("membership__user")
    regraded = []
    for attempt in tries.order_by("membership__user__name", "number"):
        moved = {one.question_id for one in answers[attempt.pk] if one.question_id in changed}
        found = _regrade(attempt, answers[attempt.pk], questions, moved)
        if found:
            regraded.append(found)
    if regraded:
        detail = {"quiz": quiz.pk, "attempts": len(regraded)}
        record(
            EventKind.ATTEMPTS_REGRADED,
            by=by,
            target=quiz,
            reading_id=quiz.reading_id,
            audience=Audience.STAFF,
            **detail,
        )
        note_passings([quiz.item_id])
    return regraded


def counted_points(quiz: Quiz) -> dict[Membership, Points]:
    """What counts of each member who has tried more than once: of others, it is that one try."""
    tries: defaultdict[Membership, list[Attempt]] = defaultdict(list)
    handed_in = quiz.attempts.submitted().select_related("membership__user")
    for attempt in handed_in.order_by("membership__user__name", "membership", "number"):
        tries[attempt.membership].append(attempt)
    several = {member: made for member, made in tries.items() if len(made) > 1}
    if several:
        keep_extensions_of(quiz.reading, several)
    found = {
        member: counted_tries(quiz, made, quiz.reading.deadlines_for(member))
        for member, made in several.items()
    }
    return {member: (one.score, one.max_score) for member, one in found.items()}


def _regrade(
    attempt: Attempt,
    answers: Sequence[Answer],
    questions: dict[int, Question],
    changed: Collection[int],
) -> Regraded | None:
    before: Points = (attempt.score, attempt.max_score)
    others = {
        one.question_id
        for one in answers
        if one.question_id in changed and _mark_anew(one, questions[one.question_id])
    }
    if not sum_up(attempt, answers, questions):
        return None
    return Regraded(attempt, before, (attempt.score, attempt.max_score), frozenset(others))


def sum_up(attempt: Attempt, answers: Sequence[Answer], questions: Mapping[int, Question]) -> bool:
    """Give a try the points of its answers, once all of them have some; whether it has others."""
    before: Points = (attempt.score, attempt.max_score)
    # One that has answered nothing that is still asked keeps what it had.
    asked = [one for one in answers if questions[one.question_id].retired_at is None] or answers
    after: Points = (
        total_of(one.score for one in asked),
        Decimal(sum(questions[one.question_id].points for one in asked)),
    )
    if after == before:
        return False
    attempt.score, attempt.max_score = after
    attempt.state = AttemptState.SUBMITTED if attempt.score is None else AttemptState.MARKED
    attempt.save(update_fields=["score", "max_score", "state"])
    return True


def _mark_anew(answer: Answer, question: Question) -> bool:
    """Mark one answer by what is right now; whether it has other points."""
    if not answer.response:
        return False  # it was not there when the time was up
    share = type_of(question).mark(question, answer.response)
    score = answer.score if share is None else points_for(share, question.points)
    if score == answer.score:
        return False
    answer.score = score
    answer.save(update_fields=["score"])
    return True
