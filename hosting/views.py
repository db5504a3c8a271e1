"""Pages for whoever hosts this site."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from discussions.moderation import seminars_in_need
from hosting.instance import instance_now
from seminars import permissions
from seminars.access import signed_in
from seminars.http import Request


@signed_in
@require_safe
def host(request: Request) -> HttpResponse:
    """How the instance stands: what is wrong first, with what to do."""
    if not permissions.can_host(request.user):
        raise PermissionDenied(_("This page is for whoever hosts this site."))
    context = {"instance": instance_now(), "in_need": seminars_in_need(request.user)}
    return render(request, "hosting/host.html", context)
