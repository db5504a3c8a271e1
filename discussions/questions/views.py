"""A question's resolution, and the endorsement of an answer."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from discussions.common.http import get_comment, get_thread
from discussions.models import Outcome
from discussions.questions import actions
from discussions.threads import conversation_response
from documents.whole_number import whole_number
from readings.page import get_reading_or_general, refuse_if_silent
from seminars import permissions
from seminars.access import seminar_view
from seminars.http import SeminarRequest


@seminar_view(permissions.can_post)
@require_POST
def thread_resolution(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Say by `outcome` where a question stands; `undo` takes one's own last word back."""
    thread = get_thread(request, get_reading_or_general(request, reading), pk)
    refuse_if_silent(thread.reading, request.membership)
    if not permissions.can_resolve(request.membership, thread):
        raise PermissionDenied(_("Only who asked a question and staff can say where it stands."))
    said = whole_number(request.POST.get("undo", ""))
    outcome = request.POST.get("outcome", "")
    if said is not None:
        actions.undo_judgement(thread=thread, said=said, by=request.membership)
        told = _("Undone")
    elif outcome in Outcome.values:
        actions.judge_question(thread=thread, outcome=Outcome(outcome), by=request.membership)
        is_resolved = outcome == Outcome.RESOLVED
        told = _("The question is resolved") if is_resolved else _("The question is open")
    else:
        raise BadRequest(_("This says nothing of the question."))
    return conversation_response(request, thread, said=told, pressed="question")


@seminar_view(permissions.can_post)
@require_POST
def comment_endorsement(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Endorse a reply as the answer; `undo=1` takes that back."""
    comment = get_comment(request, get_reading_or_general(request, reading), pk)
    undoing = request.POST.get("undo") == "1"
    act = actions.undo_endorsement if undoing else actions.endorse
    act(comment=comment, by=request.membership)
    said = _("Endorsement taken back") if undoing else _("Answer endorsed")
    return conversation_response(request, comment.thread, said=said, at=comment)
