"""What was written to questions that a form does not ask: no words are lost."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from quizzes.attempts.drawing import ever_drawn
from quizzes.attempts.shown import UnsentAnswers
from quizzes.models import Question, Quiz
from quizzes.questions import as_html, type_of
from seminars.models import Membership


def left_over(
    quiz: Quiz,
    questions: Sequence[Question],
    member: Membership,
    *,
    made: int,
    draft: UnsentAnswers,
    shown: Sequence[Question],
) -> tuple[tuple[SafeString, str], ...]:
    """Return question and words of each answer in `draft` that has no place among those `shown`.

    Of a question itself no more is said than one of the `made` tries has asked.
    """
    others = [one for one in questions if one not in shown and one.pk in draft.responses]
    if not others:
        return ()
    seen = ever_drawn(quiz, questions, member, made)
    written = [(one, type_of(one).asked(one, draft.responses[one.pk]).words) for one in others]
    return tuple(
        (as_html(one.html if one in seen else ""), words) for one, words in written if words
    )
