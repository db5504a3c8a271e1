"""What staff set on a thread as a whole."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from database.versions import Stale
from discussions.common.http import get_thread
from discussions.models import Decision
from discussions.moderation.back import back_to_case
from discussions.moderation.thread_actions import moderate_thread
from discussions.moderation.thread_forms import ThreadModerationForm
from readings.page import get_reading_or_general
from seminars import permissions
from seminars.access import seminar_view
from seminars.http import SeminarRequest


@seminar_view(permissions.can_see_desk)
@require_http_methods(["GET", "HEAD", "POST"])
def thread_moderation(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Lock a thread, slow it down, archive it, or let what is said in it wait for staff."""
    found = get_reading_or_general(request, reading)
    thread = get_thread(request, found, pk)
    if not permissions.can_lock(request.membership, thread):
        raise PermissionDenied(_("What is said here is not yours to moderate as a whole."))
    thread.edit_version = Decision.objects.about_thread(thread).count()  # type: ignore[attr-defined]  # for the form
    form = ThreadModerationForm(request.POST if request.method == "POST" else None, row=thread)
    if form.is_valid():
        try:
            moderate_thread(thread=thread, by=request.membership, **form.cleaned_data)
        except Stale as stale:
            form.show_current(stale.current)
        else:
            messages.success(request, _("The thread is set."))
            return redirect(back_to_case(request) or thread)
    context = {"form": form, "thread": thread, "reading": found, "back": back_to_case(request)}
    return render(request, "discussions/thread_moderation.html", context, status=form.status)
