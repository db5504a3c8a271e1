"""django-allauth's pages for signing in, where this site asks more of them."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from allauth.account.views import EmailView as TheirEmailView
from allauth.account.views import PasswordResetFromKeyView as TheirPasswordResetFromKeyView
from allauth.account.views import SignupView as TheirSignUpView
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils.translation import gettext as _

from accounts import security_log as log
from accounts.mail import sends_mail
from accounts.models import User
from accounts.second_factor import factor_keys
from accounts.second_factor_pages import RemovePasskeyView, SignInWithPasskeyView
from accounts.session_actions import end_other_sessions
from accounts.session_use import renew_key


def refused_as_422(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer a form with errors by 422, as every form of this site does; theirs say 200."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        context = getattr(response, "context_data", None) or {}
        forms = (context.get(name) for name in ("form", "webauthn_form"))
        if response.status_code == 200 and any(form.errors for form in forms if form is not None):
            response.status_code = 422
        return response

    return wrapped


def readable_next(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Leave out where one wanted to go, where that is no address; theirs would fail over it."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        for name in ("GET", "POST"):
            sent = getattr(request, name)
            try:
                urlsplit(sent.get(REDIRECT_FIELD_NAME, ""))
            except ValueError:
                rest = sent.copy()
                del rest[REDIRECT_FIELD_NAME]
                setattr(request, name, rest)
        return view(request, *args, **kwargs)

    return wrapped


def ends_other_sessions(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Where a second factor came or went, let nobody stay signed in who came in without it."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        if request.method != "POST" or not isinstance(user, User):
            return view(request, *args, **kwargs)
        with transaction.atomic():
            before = factor_keys(user)
            response = view(request, *args, **kwargs)
            if factor_keys(user) != before:
                log.note("other second factors", user.pk)
                end_other_sessions(user=user, request=request)
        return response

    return wrapped


def new_session_key(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let the session go on under another key, once somebody has said again who they are."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        is_confirmed = request.method == "POST" and response.status_code == 302
        if is_confirmed and isinstance(request.user, User):
            renew_key(request, request.user)
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


def knows_main_address(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Note which address is the main one, of an account that was not made by signing up.

    Else the next that is confirmed takes its place, and nobody at the first is told.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        if isinstance(user, User) and not EmailAddress.objects.get_primary(user):
            EmailAddress.objects.update_or_create(
                user=user, email=user.email.lower(), defaults={"primary": True}
            )
        return view(request, *args, **kwargs)

    return wrapped


def forget_pages(response: HttpResponse) -> None:
    """Let the browser forget the pages of who was here before."""
    response.headers["Clear-Site-Data"] = '"cache"'


def clears_cache(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """On signing out, tell the browser to forget the pages that it keeps, and ourselves what was
    still to be said to who leaves.

    Some pages are kept to be asked for again (`no-cache` with an ETag), and "back" must not
    show them on a shared computer. Browsers heed it over HTTPS and on their own machine.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            list(messages.get_messages(request))
        response = view(request, *args, **kwargs)
        if request.method == "POST" and not request.user.is_authenticated:
            forget_pages(response)
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

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take no address that could never be confirmed: the page says how it is changed then."""
        if not sends_mail() and {"action_add", "action_send"} & request.POST.keys():
            messages.error(request, _("This site sends no mail, so no link can go out."))
            return redirect("account_email")
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response


class PasswordResetFromKeyView(TheirPasswordResetFromKeyView):  # type: ignore[misc]
    """Theirs, which lets in at once who had no password: the first thing they do here.

    Who has one signs in with the new one, as whoever else holds the link would have to.
    """

    def form_valid(self, form: Any) -> HttpResponse:
        is_first = not self.reset_user.has_usable_password()
        response: HttpResponse = super().form_valid(form)
        return perform_login(self.request, self.reset_user) if is_first else response


def needs_mail(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Send no link for a new password where no mail is sent; say who gives one."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if sends_mail():
            return view(request, *args, **kwargs)
        status = 422 if request.method == "POST" else 200
        return render(request, "account/no_mail.html", status=status)

    return wrapped


class SignUpView(TheirSignUpView):  # type: ignore[misc]
    """Theirs, which begins with what an invitation knows of the person."""

    def get_initial(self) -> dict[str, Any]:
        known: dict[str, Any] = get_adapter().known_of(self.request)
        return {**super().get_initial(), **known}


def signed_up_once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let in who signs up once more: their account is made, and the answer was lost.

    That it is they, the password says, under the limits of signing in. Their invitation may be
    used up by now: by them.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                response = view(request, *args, **kwargs)
        except IntegrityError:
            # The other half of a double click was faster.
            if again := _sign_in_again(request):
                return again
            raise
        refused = request.method == "POST" and response.status_code == 200
        return (_sign_in_again(request) if refused else None) or response

    return wrapped


def _sign_in_again(request: HttpRequest) -> HttpResponse | None:
    sent = {"email": request.POST.get("email", ""), "password": request.POST.get("password1", "")}
    # NUL is in nobody's address, and PostgreSQL takes none to look for.
    if not all(sent.values()) or "\0" in sent["email"]:
        return None
    if not User.objects.filter(email__iexact=sent["email"]).exists():
        return None
    try:
        user = get_adapter().authenticate(request, **sent)
    except ValidationError:
        return None  # tried too often: the form itself says that there is an account
    response: HttpResponse | None = perform_login(request, user) if user else None
    return response


OWN_VIEWS: dict[str | None, Any] = {
    "account_email": EmailView,
    "account_reset_password_from_key": PasswordResetFromKeyView,
    "account_signup": SignUpView,
    "mfa_login_webauthn": SignInWithPasskeyView,
    "mfa_remove_webauthn": RemovePasskeyView,
}
ASKED_MORE: dict[str | None, Callable[..., Callable[..., HttpResponse]]] = {
    "account_confirm_email": one_owner,
    "account_email": lambda view: one_owner(knows_main_address(view)),
    "account_logout": clears_cache,
    "account_reauthenticate": new_session_key,
    "account_reset_password": needs_mail,
    "account_signup": signed_up_once,
    "mfa_activate_totp": ends_other_sessions,
    "mfa_add_webauthn": ends_other_sessions,
    "mfa_deactivate_totp": ends_other_sessions,
    "mfa_reauthenticate": new_session_key,
    "mfa_reauthenticate_webauthn": new_session_key,
    "mfa_remove_webauthn": ends_other_sessions,
}


def as_ours(entry: URLPattern) -> URLPattern:
    """One of their URLs, with what this site asks of its page."""
    own = OWN_VIEWS.get(entry.name)
    view = own.as_view() if own else entry.callback
    if asks_more := ASKED_MORE.get(entry.name):
        view = asks_more(view)
    page = readable_next(refused_as_422(view))
    return URLPattern(entry.pattern, page, entry.default_args, entry.name)
