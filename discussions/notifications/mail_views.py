"""News by mail: one's choices, and those that a link in a mail changes without signing in."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.mail import sends_mail
from discussions.models import MailCadence
from discussions.notifications.feed import news_readers
from discussions.notifications.mail_choices import (
    MailScope,
    cadences,
    choose,
    exceptions_to_offer,
    mail_scopes,
    part_in_reach,
    read_token,
    unsubscribe,
)
from discussions.notifications.thread_news import NewsReader
from seminars.access import public, signed_in
from seminars.http import Request
from seminars.models import Membership

ONE_CLICK = "One-Click"  # RFC 8058


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def mail_choices(request: Request) -> HttpResponse:
    """What goes out to me by mail, and when: for all, by seminar, and what I chose otherwise."""
    readers = news_readers(request.user.pk)
    members = [one.member for one in readers]
    scopes = mail_scopes(request.user, members)
    if request.method == "POST":
        scope, cadence = request.POST.get("scope", ""), request.POST.get("cadence", "")
        is_mine = scope in {one.scope for one in scopes} or part_in_reach(scope, members)
        if not is_mine or not is_cadence(scope, cadence):
            return choices_page(request, readers, scopes, status=422)
        choose(user=request.user, scope=scope, cadence=cadence)
        messages.success(request, _("Your choice is kept."))
        return redirect(_page_after(request.POST.get("back", ""), scope, members))
    return choices_page(request, readers, scopes)


def _page_after(back: str, scope: str, members: Sequence[Membership]) -> str:
    """The page on which it was chosen: the news of all seminars or of one, or all choices."""
    if back == "news":
        for one in members:
            if scope == f"seminar:{one.seminar_id}":
                return reverse("news", args=[one.seminar.slug])
        return reverse("all_news")
    return reverse("mail_choices")


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


def choices_page(
    request: Request, readers: Sequence[NewsReader], scopes: Sequence[MailScope], status: int = 200
) -> HttpResponse:
    """All that is chosen, and a form for what is to be otherwise; `for` names a part of that."""
    asked = request.POST.get("scope", "") or request.GET.get("for", "")
    known = {one.scope for one in scopes}
    members = [one.member for one in readers]
    context = {
        "scopes": [(one, cadences(one.scope)) for one in scopes],
        "asked": None if asked in known else part_in_reach(asked, members),
        "offered": exceptions_to_offer(readers, but=[*known, asked]),
        "cadences": MailCadence.choices,
        "standard": MailCadence.STANDARD,
        "has_mail": sends_mail(),
        "zone": timezone.get_current_timezone_name(),
        "refused": status != 200,
    }
    return render(request, "discussions/mail_choices.html", context, status=status)
