"""Which questions of a pool are drawn for one person and try."""

from collections.abc import Sequence

from django.utils.crypto import salted_hmac

from quizzes.models import Question, Quiz
from seminars.models import Membership


def drawn(
    quiz: Quiz, questions: Sequence[Question], member: Membership, number: int
) -> list[Question]:
    """Return those of `questions` that try `number` asks this member, in their order.

    The same each time, and another choice for each person and try. It is signed, so that nobody
    can work out what others are asked. A question that comes in displaces one at the most.
    """
    if not 0 < quiz.drawn < len(questions):
        return list(questions)

    def lot(question: Question) -> bytes:
        # Who is nobody in particular, of a class of viewers, has a lot of their own.
        named = f"{quiz.pk} {member.pk or 0} {number} {question.pk}"
        return salted_hmac("quizzes.drawn", named).digest()

    kept = {one.pk for one in sorted(questions, key=lot)[: quiz.drawn]}
    return [one for one in questions if one.pk in kept]


def ever_drawn(
    quiz: Quiz, questions: Sequence[Question], member: Membership, number: int
) -> list[Question]:
    """Return those that one of this member's tries up to `number` asks or has asked."""
    if not 0 < quiz.drawn < len(questions):
        return list(questions) if number else []
    seen = {one.pk for at in range(1, number + 1) for one in drawn(quiz, questions, member, at)}
    return [one for one in questions if one.pk in seen]
