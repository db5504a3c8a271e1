"""Where one is signed in, and out of there."""

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import signed_in
from accounts.idempotency import answered_once
from accounts.models import SignedInSession
from accounts.reauthentication import recently_confirmed
from accounts.session_actions import end_all_sessions, end_other_sessions, end_session
from accounts.sign_in_pages import forget_pages

if TYPE_CHECKING:
    from accounts.models import User


@signed_in
@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """Every browser in which this person is signed in, this one first."""
    user = cast("User", request.user)
    sessions = [*SignedInSession.objects.of_person(user)]
    sessions.sort(key=lambda each: each.session_key != request.session.session_key)
    context = {"sessions": sessions, "this_key": request.session.session_key}
    return render(request, "accounts/session_list.html", context)


@answered_once
@signed_in
@require_POST
def session_ending(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign one browser out; this one, too, where it is that."""
    user = cast("User", request.user)
    return _end(request, get_object_or_404(SignedInSession.objects.of_person(user), pk=pk))


@recently_confirmed
def _end(request: HttpRequest, session: SignedInSession) -> HttpResponse:
    end_session(session=session, user=session.user)
    if session.session_key == request.session.session_key:
        return _signed_out_here(request)
    messages.success(request, _("It is signed out there."))
    return redirect("session_list")


@answered_once
@signed_in
@require_POST
@recently_confirmed
def sessions_ending(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere: here too, unless only the others are meant."""
    user = cast("User", request.user)
    if request.POST.get("scope") == "all":
        end_all_sessions(user=user)
        return _signed_out_here(request)
    end_other_sessions(user=user, request=request)
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("session_list")


def _signed_out_here(request: HttpRequest) -> HttpResponse:
    logout(request)
    response = redirect("account_login")
    forget_pages(response)
    return response
