"""What waits for whoever hosts the site."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from discussions.moderation.host_cases import seminars_in_need, stand_in
from seminars import permissions
from seminars.access import host_view
from seminars.http import Request


@require_http_methods(["GET", "HEAD", "POST"])
@host_view(permissions.can_stand_in)
def host_cases(request: Request) -> HttpResponse:
    """Cases about an only instructor's words; POST makes the host one of `seminar`."""
    if request.method != "POST":
        context = {"seminars": seminars_in_need(request.user)}
        return render(request, "discussions/host_cases.html", context)
    try:
        member = stand_in(slug=request.POST.get("seminar", ""), by=request.user)
    except PermissionDenied as refused:
        messages.warning(request, str(refused))
        return redirect("host_cases")
    messages.success(request, _("You are an instructor of this seminar now."))
    return redirect("review_queue", member.seminar.slug)
