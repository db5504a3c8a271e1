"""News by mail: one's choices, and those that a link in a mail changes without signing in."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.mail import sends_mail
from discussions.models import MailCadence
from discussions.notifications.feed import news_readers
from discussions.notifications.mail_choices import (
    ALL,
    choose,
    mail_scopes,
    read_token,
    unsubscribe,
)
from seminars.access import public, signed_in
from seminars.http import Request
from seminars.models import Membership

ONE_CLICK = "One-Click"  # RFC 8058


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def mail_choices(request: Request) -> HttpResponse:
    """What goes out to me by mail, and when: for all, by seminar, and what I chose otherwise."""
    scopes = mail_scopes(request.user, members_of(request.user.pk))
    if request.method == "POST":
        scope, cadence = request.POST.get("scope", ""), request.POST.get("cadence", "")
        if scope not in {one.scope for one in scopes} or not is_cadence(scope, cadence):
            return choices_page(request, scopes, status=422)
        choose(user=request.user, scope=scope, cadence=cadence)
        messages.success(request, _("Your choice is kept."))
        return redirect("mail_choices")
    return choices_page(request, scopes)


@csrf_exempt  # mail programs send it; the link is signed
@public
@require_http_methods(["GET", "HEAD", "POST"])
def mail_choice(request: HttpRequest, token: str) -> HttpResponse:
    """One scope's mails, for whoever has the mail: shown, changed, or stopped by one click."""
    found = read_token(token)
    if found is None:
        raise Http404(_("This link is not valid any more."))
    user, scope = found
    changed = False
    if request.method == "POST":
        cadence = request.POST.get("cadence", "")
        if request.POST.get("List-Unsubscribe") == ONE_CLICK:
            unsubscribe(user=user, scope=scope)
        elif is_cadence(scope, cadence):
            choose(user=user, scope=scope, cadence=cadence)
        else:
            return HttpResponse(_("There is no such choice."), status=422)
        changed = True
    (shown,) = mail_scopes(user, members_of(user.pk), [scope])
    context = {"scope": shown, "cadences": cadences(scope), "changed": changed}
    return render(request, "discussions/mail_choice.html", context)


def members_of(user_id: int) -> list[Membership]:
    return [one.member for one in news_readers(user_id)]


def is_cadence(scope: str, cadence: str) -> bool:
    return cadence in dict(cadences(scope))


def cadences(scope: str) -> list[tuple[str, Any]]:
    """What can be chosen; below all of them, also to have it as above."""
    return (
        list(MailCadence.choices) if scope == ALL else [("", _("As above")), *MailCadence.choices]
    )


def choices_page(request: Request, scopes: Any, status: int = 200) -> HttpResponse:
    context = {
        "scopes": [(one, cadences(one.scope)) for one in scopes],
        "standard": MailCadence.STANDARD,
        "has_mail": sends_mail(),
        "zone": timezone.get_current_timezone_name(),
        "refused": status != 200,
    }
    return render(request, "discussions/mail_choices.html", context, status=status)
