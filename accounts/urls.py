"""/accounts/: how one reads, and django-allauth's pages for signing in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.urls import urlpatterns as sign_in_patterns
from allauth.account.views import EmailView as TheirEmailView
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from accounts import views


def refused_as_422(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer a form with errors by 422, as every form of this site does; theirs say 200."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if response.status_code == 200 and form is not None and form.errors:
            response.status_code = 422
        return response

    return wrapped


def one_owner(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Say so when an address that one confirms, or makes the main one, is another account's."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                return view(request, *args, **kwargs)
        except IntegrityError:
            messages.error(request, _("Another account signs in with this address."))
            return redirect("account_email")

    return wrapped


def clears_cache(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """On signing out, tell the browser to forget the pages that it keeps.

    Some pages are kept to be asked for again (`no-cache` with an ETag), and "back" must not
    show them on a shared computer. Browsers heed it over HTTPS and on their own machine.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache"'
        return response

    return wrapped


class EmailView(TheirEmailView):  # type: ignore[misc]
    """Theirs, which says so where it sends no link because it sent one a moment ago."""

    def _action_send(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse | None:
        answer: HttpResponse | None = super()._action_send(request, *args, **kwargs)
        if not self._did_send_verification_email:
            told = _("A link was sent there a moment ago. Look once more in three minutes.")
            messages.info(request, told)
        return answer


def as_ours(entry: URLPattern) -> URLPattern:
    view = entry.callback
    if entry.name == "account_email":
        view = EmailView.as_view()
    if entry.name in {"account_email", "account_confirm_email"}:
        view = one_owner(view)
    elif entry.name == "account_logout":
        view = clears_cache(view)
    return URLPattern(entry.pattern, refused_as_422(view), entry.default_args, entry.name)


urlpatterns = [
    path("display/", views.display_settings, name="display_settings"),
    *map(as_ours, sign_in_patterns),
]
