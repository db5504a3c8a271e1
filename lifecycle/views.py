"""The seminar as a whole: what can be done with it, and putting it into the archive."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lifecycle.archive_actions import archive_seminar, unarchive_seminar
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.permissions import can_archive_seminar, can_instruct
from seminars.read_only import though_read_only


@seminar_view(can_instruct)
@require_safe
def seminar_whole(request: SeminarRequest) -> HttpResponse:
    """What can be done with the seminar as a whole, each with what happens then."""
    context = {"days": settings.SEMINAR_DELETION_DAYS}
    return render(request, "lifecycle/seminar_whole.html", context)


@seminar_view(can_archive_seminar)
@require_POST
@though_read_only
def seminar_archive(request: SeminarRequest) -> HttpResponse:
    """Put the seminar into the archive; with `undo` take it out."""
    if "undo" in request.POST:
        if unarchive_seminar(by=request.membership):
            messages.success(request, _("Out of the archive: all goes on as before."))
    elif archive_seminar(by=request.membership):
        messages.success(request, _("Archived: it can be read, and nothing changes."))
    return redirect("seminar_whole", request.seminar.slug)
