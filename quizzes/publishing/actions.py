"""Making a thread of one's own answer."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from discussions.models import Thread, ThreadKind
from discussions.threads import chosen_audience, start_thread
from quizzes.attempts import can_publish, hold_member
from quizzes.models import Answer, PublishedAnswer, Quiz
from readings.passages import Segment
from seminars.audience import Audience
from seminars.models import Membership, Seminar

# Staff read all answers where they mark them, and oneself one's own.
AUDIENCES = (Audience.GROUP, Audience.SEMINAR)


class AnswerStands(Exception):
    """Nothing was posted: this answer stands as `thread`."""

    def __init__(self, thread: Thread) -> None:
        super().__init__()
        self.thread = thread


@transaction.atomic
def publish_answer(
    *,
    answer: Answer,
    quiz: Quiz,
    body: str,
    audience: str,
    by: Membership,
    anonymous: bool = False,
    warned: Collection[int] | None = None,
    at: datetime | None = None,
) -> Thread:
    """Start a thread of one's own answer, in the words `body`, at the paragraph of its checkpoint.

    `quiz` has its reading and its passage at hand. It answers that checkpoint: who has not handed
    that in does not see it. The other arguments are those of start_thread. An answer stands once:
    the same words for the same people twice are the same thread, and where others stand already,
    AnswerStands is raised; who has taken theirs back may publish them anew. Raises what
    start_thread does, too.
    """
    reading = quiz.reading
    if answer.attempt.membership_id != by.pk or answer.attempt.submitted_at is None:
        raise PermissionDenied(_("Only an answer of your own that is handed in can be published."))
    if not can_publish(answer, quiz=quiz, reading=reading, member=by):
        raise PermissionDenied(_("This answer cannot be published."))
    chosen = chosen_audience(audience, by)
    if chosen.audience not in AUDIENCES:
        raise PermissionDenied(_("You may not write to these people here."))
    hold_member(by)
    standing = _standing(answer, by)
    if standing is not None:
        # It says so already, as where the first answer was lost.
        is_same = (standing.audience, standing.group_id) == (chosen.audience, chosen.group_id)
        if is_same and standing.comments.order_by("pk")[0].body == body:
            return standing
        raise AnswerStands(standing)
    # Before the thread: who makes a group holds the names of a seminar before its readings, too.
    first = Seminar.objects.filter(pk=by.seminar_id, has_published_answers=False)
    first.update(has_published_answers=True)
    thread = start_thread(
        reading=reading,
        segments=[Segment(quiz.passage.block_key)],
        audience=audience,
        kind=ThreadKind.COMMENT,
        body=body,
        by=by,
        anonymous=anonymous,
        warned=warned,
        at=at,
        answered_item=quiz.item,
    )
    PublishedAnswer.objects.create(
        seminar_id=by.seminar_id,
        question_id=answer.question_id,
        membership=by,
        thread=thread,
        published_at=at or timezone.now(),
    )
    by.seminar.has_published_answers = True
    by.has_answered()
    return thread


def _standing(answer: Answer, by: Membership) -> Thread | None:
    """The thread as which this member's answer to the question stands now."""
    found = PublishedAnswer.objects.by(by).filter(question=answer.question_id)
    return next((row.thread for row in found if not row.is_taken_back), None)
