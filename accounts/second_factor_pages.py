"""django-allauth's pages of second factors, where this site asks more of them."""

from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.internal import flows
from allauth.mfa.webauthn.views import LoginWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode


@method_decorator(login_not_required, name="dispatch")
class SignInWithPasskeyView(LoginWebAuthnView):  # type: ignore[misc]
    """Theirs, which leads on to the page that one came for, and ends with the browser."""

    def form_valid(self, form: Any) -> HttpResponse:
        authenticator = form.cleaned_data["credential"]
        self.request.session.set_expiry(0)
        login = Login(user=authenticator.user, redirect_url=get_next_redirect_url(self.request))
        response: HttpResponse = flows.perform_passwordless_login(
            self.request, authenticator, login
        )
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        for said in form.errors.get("credential", []):
            get_account_adapter().add_message(self.request, messages.ERROR, message=said)
        onward = get_next_redirect_url(self.request)
        query = f"?{urlencode({REDIRECT_FIELD_NAME: onward})}" if onward else ""
        return HttpResponseRedirect(reverse("account_login") + query)


class RemovePasskeyView(RemoveWebAuthnView):  # type: ignore[misc]
    """Theirs, which asks the adapter whether it may go, as that of the app does."""

    def form_valid(self, form: Any) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.get_object()):
            form.add_error(None, get_adapter().validation_error("cannot_delete_authenticator"))
            refused: HttpResponse = self.form_invalid(form)
            return refused
        done: HttpResponse = super().form_valid(form)
        return done
