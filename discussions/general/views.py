"""The way into the general discussion, which is made on the way; closing it, and opening it again.

Its own page is the list of its threads: discussions.threads.views.thread_list.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from readings.setup import change_general_discussion, general_discussion_of
from seminars import permissions
from seminars.access import seminar_view
from seminars.http import SeminarRequest


@seminar_view(permissions.can_join_general_discussion)
@require_safe
def general_discussion(request: SeminarRequest) -> HttpResponse:
    """Lead to the general discussion; who comes first finds it empty."""
    return redirect(general_discussion_of(by=request.membership))


@seminar_view(permissions.can_close_general_discussion)
@require_POST
def general_discussion_closing(request: SeminarRequest) -> HttpResponse:
    """Let the general discussion be read alone; `undo=1` opens it again."""
    is_open = request.POST.get("undo") == "1"
    change_general_discussion(by=request.membership, is_open=is_open)
    closed = _("The general discussion is closed")
    messages.success(request, _("The general discussion is open again") if is_open else closed)
    return redirect("general_discussion", request.seminar.slug)
