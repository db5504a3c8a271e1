"""What somebody is asked before they are erased."""

from typing import Any

from allauth.core import ratelimit
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from personal_data.models import Words


class ErasureForm(forms.Form):
    """What becomes of one's words; and the password: an open session alone erases nobody."""

    words = forms.ChoiceField(
        label=gettext_lazy("What I wrote for others"),
        choices=Words.choices,
        widget=forms.RadioSelect,
    )
    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._request, self._user = request, user

    def clean_password(self) -> str:
        """Under the limits of signing in: here, too, one might try many."""
        password = str(self.cleaned_data["password"])
        usage = ratelimit.consume(self._request, action="reauthenticate", user=self._user)
        if not usage:
            raise forms.ValidationError(_("Too many tries. Wait a minute, then try again."))
        if not self._user.check_password(password):
            raise forms.ValidationError(_("This is not your password."))
        return password
