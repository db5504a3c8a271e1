"""Asking for one's own password once more, before what an open session alone must not do."""

from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core import ratelimit
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User


class OwnPasswordForm(forms.Form):
    """Asks whoever sends it for their password; who has none has proven lately who they are.

    Its tries are counted: where its refusal is undone with all else, the view lets it stay
    (accounts.idempotency.lasting).
    """

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, data: Any = None, *, request: HttpRequest) -> None:
        super().__init__(data)
        self._request = request
        self._user = cast("User", request.user)
        if not self._user.has_usable_password():
            del self.fields["password"]

    def clean_password(self) -> str:
        """Under the limits of signing in: here, too, one might try one after the other."""
        password: str = self.cleaned_data["password"]
        if not ratelimit.consume(self._request, action="reauthenticate", user=self._user):
            raise ValidationError(_("Too many tries. Wait a minute, then try again."))
        if not get_adapter().reauthenticate(self._user, password):
            raise ValidationError(_("This is not your password."))
        return password

    def clean(self) -> None:
        if "password" not in self.fields and not did_recently_reauthenticate(self._request):
            raise ValidationError(_("Sign out and in again, then come back: nothing was deleted."))
