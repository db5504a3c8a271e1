"""The entrance of the demonstration. Its URLs exist only where settings.DEMO is true."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.sign_in_pages import forget_pages
from demo.people import account_of, demonstration, personas
from seminars.access import public


@public
@require_GET
def demo_entrance(request: HttpRequest) -> HttpResponse:
    """Offer the four people one can be."""
    context = {
        "personas": personas(),
        "demonstration": demonstration(),
        "next": request.GET.get("next", ""),
        "folder": kept_in(settings.VAR_DIR, seen_from=settings.BASE_DIR),
    }
    return render(request, "demo/demo_entrance.html", context)


def kept_in(folder: Path, *, seen_from: Path) -> str:
    """Where it is, as short as can be said."""
    below = folder.is_relative_to(seen_from)
    return f"{folder.relative_to(seen_from) if below else folder}/"


@public
@require_POST
def demo_entry(request: HttpRequest) -> HttpResponse:
    """Sign in as one of them, and as nobody else."""
    account = account_of(request.POST.get("role", ""))
    if account is None or not settings.DEMO:
        raise Http404(_("There is nobody of that role in the demonstration."))
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    target = request.POST.get("next", "")
    is_here = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    answer = HttpResponseRedirect(target) if is_here else redirect(demonstration() or "home")
    forget_pages(answer)
    return answer
