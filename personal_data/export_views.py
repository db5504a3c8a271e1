"""/profile/export/: all that is kept of oneself, to take away."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.idempotency import answered_once
from personal_data.export_actions import ask_export
from personal_data.models import EXPORT_KEPT, PersonalExport
from seminars.access import signed_in
from seminars.http import Request


@answered_once
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def personal_export(request: Request) -> HttpResponse:
    """Ask for it, see how far it is, and get it."""
    if request.method == "POST":
        ask_export(user=request.user)
        messages.success(request, _("Your file is being made. It will be on this page."))
        return redirect("personal_export")
    export = PersonalExport.objects.of_person(request.user).first()
    context = {"export": export, "days": EXPORT_KEPT.days}
    return render(request, "personal_data/personal_export.html", context)


@signed_in
@require_safe
def personal_export_file(request: Request) -> FileResponse:
    """The newest that is ready, to nobody but its person."""
    export = PersonalExport.objects.of_person(request.user).exclude(ready_at=None).first()
    if export is None:
        raise Http404(_("There is no such file, or its time is over."))
    return FileResponse(export.file.open("rb"), as_attachment=True, filename="colloquy.zip")
