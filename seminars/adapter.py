"""How django-allauth is fitted to an instance that people join by invitation."""

from contextlib import suppress
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import security_log as log
from accounts.after_sign_in import first_page
from accounts.mfa_adapter import MFAAdapter
from accounts.second_factor import factor_keys
from accounts.session_actions import end_all_sessions
from seminars import actions, invitation_cookie
from seminars.models import Invitation
from seminars.second_factor import needs_second_factor


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by people who hold an invitation, and by nobody else."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy("The e-mail address or the password is not right."),
        "too_many_login_attempts": gettext_lazy(
            "Too many tries. Wait five minutes, then try again."
        ),
        "enter_current_password": gettext_lazy("This is not your password now."),
        "incorrect_password": gettext_lazy("This is not your password."),
        "email_taken": gettext_lazy(
            "There is an account with this address. Sign in with it instead."
        ),
        "duplicate_email": gettext_lazy("This address is on your account already."),
        "rate_limited": gettext_lazy("Too many tries. Wait a minute, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return _invitation_of(request) is not None

    def known_of(self, request: HttpRequest) -> dict[str, str]:
        """The name and address to which a personal invitation was sent, for the sign-up form."""
        invitation = _invitation_of(request)
        if invitation is None or not invitation.email:
            return {}
        return {"email": invitation.email, "name": invitation.name}

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        """Whoever has the link that was mailed to an address reads what is sent there."""
        known = self.known_of(request).get("email", "")
        if known and known.casefold() == email.casefold():
            return True
        return bool(super().is_email_verified(request, email))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:
        """Theirs, in our words; first the one that is asked for where none is named."""
        words = {
            "reauthenticate": _("Use my password"),
            "mfa_reauthenticate": _("Use a code"),
            "mfa_reauthenticate:webauthn": _("Use my passkey"),
        }
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": words[method["id"]]} for method in methods]

    def set_password(self, user: Any, password: str) -> None:
        """Whoever knew the password before is out, wherever they are."""
        with transaction.atomic():
            super().set_password(user, password)
            end_all_sessions(user=user)
        log.note("new password", user.pk)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        log.note("wrong password")
        super().authentication_failed(request, **credentials)

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        methods = [each["method"] for each in get_authentication_records(request, user)]
        log.note(f"signed in by {' and '.join(methods) or 'signing up'}", user.pk)

    def logout(self, request: HttpRequest) -> None:
        log.note("signed out", request.user.pk)
        super().logout(request)

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Leave it: people sign in by address and have no user name."""

    def post_login(
        self, request: HttpRequest, user: Any, *, signup: bool, **kwargs: Any
    ) -> HttpResponse:
        """Whoever makes an account came to join: let them in at once."""
        token = invitation_cookie.recall(request)
        if signup and token:
            # Used up meanwhile: the invitation's page, which is next, says so.
            with suppress(Invitation.DoesNotExist, actions.InvitationRefused):
                actions.accept_invitation(token=token, user=user)
        response: HttpResponse = super().post_login(request, user, signup=signup, **kwargs)
        first = first_page(user)
        return redirect(first) if first else response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Back to the invitation with which one came; a member goes on from there at once."""
        token = invitation_cookie.recall(request)
        return reverse("invitation_accept", args=[token]) if token else resolve_url("home")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)


class SecondFactorAdapter(MFAAdapter):
    """Who needs a second factor here does not give the last one up."""

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        user = authenticator.user
        return not needs_second_factor(user) or len(factor_keys(user)) > 1


def _invitation_of(request: HttpRequest) -> Invitation | None:
    """The invitation with which one came, where it lets people in."""
    token = invitation_cookie.recall(request)
    return Invitation.objects.usable().with_token(token).first() if token else None
