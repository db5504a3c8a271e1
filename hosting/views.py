"""Pages for whoever hosts this site."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from discussions.moderation import seminars_in_need
from hosting.instance import instance_now
from seminars.access import host_view
from seminars.http import Request


@require_safe
@host_view()
def host(request: Request) -> HttpResponse:
    """How the instance stands: what is wrong first, with what to do."""
    context = {"instance": instance_now(), "in_need": seminars_in_need(request.user)}
    return render(request, "hosting/host.html", context)
