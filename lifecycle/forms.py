"""Forms about a seminar as a whole."""

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core import ratelimit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import NameField
from documents.visible import isolated

if TYPE_CHECKING:
    from seminars.http import Request
    from seminars.models import Seminar


class DeletionForm(forms.Form):
    """Asks for the seminar's name, and that whoever sends it is who they say.

    By their password; who has none has proven it lately by what they sign in with.
    """

    name = NameField(
        label=gettext_lazy("The name of the seminar"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Your password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, data: Any, *, request: "Request", seminar: "Seminar") -> None:
        super().__init__(data)
        self._request, self._seminar = request, seminar
        said = _("Write it as it stands above: %s") % isolated(seminar.name)
        self.fields["name"].help_text = said
        if not request.user.has_usable_password():
            del self.fields["password"]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if _plain(name) != _plain(self._seminar.name):
            raise ValidationError(_("This is not the name of the seminar."))
        return name

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        user = self._request.user
        # Of one's own account, too, nobody tries passwords one after the other.
        if not ratelimit.consume(self._request, action="reauthenticate", user=user):
            raise ValidationError(_("Too many tries. Wait a minute, then try again."))
        if not get_adapter().reauthenticate(user, password):
            raise ValidationError(_("This is not your password."))
        return password

    def clean(self) -> None:
        if "password" not in self.fields and not did_recently_reauthenticate(self._request):
            raise ValidationError(_("Sign out and in again, then come back: nothing was deleted."))


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
