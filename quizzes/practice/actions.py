"""Answering a question in one's practice."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from quizzes.marking import points_for, verdict_of
from quizzes.models import PracticeCard, Question
from quizzes.practice.queries import MissedQuestion, memory_of
from quizzes.practice.scheduling import after_answer
from quizzes.questions import type_of
from seminars.models import Membership
from seminars.permissions import can_attempt


class AnsweredMeanwhile(Exception):
    """The question was answered in this practice since its form was opened: it comes back later,
    and what came of it may stand on another page."""


@transaction.atomic
def practise(
    *,
    missed: MissedQuestion,
    response: Sequence[str],
    turn: int,
    by: Membership,
    client_key: UUID | None = None,
) -> PracticeCard:
    """Mark an answer to a question that this member missed, and say when it comes back.

    It counts for nothing, and nobody else learns of it. `turn` is how often it had been answered
    here when it was asked: another answer meanwhile raises AnsweredMeanwhile, as it would be of the
    same day. The same `client_key` twice is the same answer. Raises InvalidResponse.
    """
    if not can_attempt(by) or by.seminar_id != missed.question.seminar_id:
        raise PermissionDenied(_("Your role in this seminar does not answer questions."))
    Membership.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    card = PracticeCard.objects.filter(membership=by, question=missed.pk).first()
    if card and client_key and card.client_key == client_key:
        return card
    if turn != (card.times if card else 0):
        raise AnsweredMeanwhile
    question = _question(missed.pk)
    question_type = type_of(question)
    given = question_type.normalise(question, response)
    share = question_type.mark(question, given)
    assert share is not None  # noqa: S101 - what a person marks does not come back
    score = points_for(share, question.points)
    # As the row is now that nobody else writes it; of one that there is not, since it was missed.
    known = memory_of(card) if card else missed.memory
    memory = after_answer(known, verdict_of(score, question.points), timezone.now())
    card, _is_new = PracticeCard.objects.update_or_create(
        membership=by,
        question=question,
        defaults={
            "seminar_id": by.seminar_id,
            "stability": memory.stability,
            "difficulty": memory.difficulty,
            "times": turn + 1,
            "answered_at": memory.answered_at,
            "due_at": memory.due_at,
            "response": given,
            "version": question.version,
            "score": score,
            "client_key": client_key,
        },
    )
    return card


def _question(pk: int) -> Question:
    return Question.objects.with_language().prefetch_related("choices").get(pk=pk)
