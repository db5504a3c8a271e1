"""What the asker and staff say of a question, and which answer staff endorse.

What is said twice is said once: the first answer may have been lost.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from discussions.common.events import record_comment, record_thread
from discussions.common.locking import locked_comment
from discussions.common.one_thread import locked_thread
from discussions.common.question_state import keep_question_state
from discussions.models import Comment, Endorsement, Outcome, QuestionState, Resolution, Thread
from readings.page import refuse_if_silent
from seminars import permissions
from seminars.events import EventKind
from seminars.models import Membership

_EVENTS = {
    Outcome.RESOLVED: EventKind.QUESTION_RESOLVED,
    Outcome.STILL_OPEN: EventKind.QUESTION_REOPENED,
}
_AFTER = {
    Outcome.RESOLVED: QuestionState.RESOLVED,
    Outcome.STILL_OPEN: QuestionState.OPEN,
}


def judge_question(*, thread: Thread, outcome: Outcome, by: Membership) -> Resolution | None:
    """Say that a question is settled, or that it is open still; None where it is so already.

    Raises PermissionDenied.
    """
    with transaction.atomic():
        current = _locked_question(thread, by)
        if current.question_state == _AFTER[outcome]:
            return None
        said = Resolution.objects.create(
            seminar_id=current.seminar_id,
            thread=current,
            outcome=outcome,
            last_seq=current.last_seq,
            created_by=by,
        )
        keep_question_state(current)
        record_thread(_EVENTS[outcome], current, by=by)
    return said


def undo_judgement(*, thread: Thread, said: int, by: Membership) -> bool:
    """Take back one's own word on a question, by its pk; False where it stands no more.

    Raises PermissionDenied.
    """
    with transaction.atomic():
        current = _locked_question(thread, by)
        own = Resolution.objects.standing().filter(thread=current, created_by=by, pk=said).first()
        if own is None or not own.undo(by=by):
            return False
        keep_question_state(current)
        record_thread(EventKind.RESOLUTION_UNDONE, current, by=by)
    return True


def endorse(*, comment: Comment, by: Membership) -> Endorsement | None:
    """Say that a comment answers the question; None where that is said already.

    Raises PermissionDenied.
    """
    with transaction.atomic():
        current = _comment_to_endorse(comment, by)
        if Endorsement.objects.standing().filter(comment=current).exists():
            return None
        said = Endorsement.objects.create(
            seminar_id=current.seminar_id, comment=current, created_by=by
        )
        keep_question_state(current.thread)
        record_comment(EventKind.COMMENT_ENDORSED, current, by=by)
    return said


def undo_endorsement(*, comment: Comment, by: Membership) -> bool:
    """Take an endorsement back, whoever of staff gave it; False where none stands.

    Raises PermissionDenied.
    """
    with transaction.atomic():
        current = _comment_to_endorse(comment, by)
        said = Endorsement.objects.standing().filter(comment=current).first()
        if said is None or not said.undo(by=by):
            return False
        keep_question_state(current.thread)
        record_comment(EventKind.ENDORSEMENT_UNDONE, current, by=by)
    return True


def _locked_question(thread: Thread, by: Membership) -> Thread:
    current = locked_thread(by, pk=thread.pk)
    if current is None:
        raise PermissionDenied(_("This thread is not yours to see."))
    current.reading = thread.reading
    refuse_if_silent(current.reading, by)
    if not permissions.can_resolve(by, current):
        raise PermissionDenied(_("Only who asked a question and staff can say where it stands."))
    return current


def _comment_to_endorse(comment: Comment, by: Membership) -> Comment:
    current = locked_comment(comment, by)
    refuse_if_silent(current.thread.reading, by)
    if not permissions.can_endorse(by, current):
        raise PermissionDenied(_("Only staff can endorse an answer, and not their own."))
    return current
