"""Forms about a seminar as a whole."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import NameField
from accounts.own_password import OwnPasswordForm
from documents.visible import isolated

if TYPE_CHECKING:
    from seminars.http import Request
    from seminars.models import Seminar


class DeletionForm(OwnPasswordForm):
    """Asks for the seminar's name, and that whoever sends it is who they say."""

    field_order = ("name", "password")

    name = NameField(
        label=gettext_lazy("The name of the seminar"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any, *, request: "Request", seminar: "Seminar") -> None:
        super().__init__(data, request=request)
        self._seminar = seminar
        said = _("Write it as it stands above: %s") % isolated(seminar.name)
        self.fields["name"].help_text = said

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if _plain(name) != _plain(self._seminar.name):
            raise ValidationError(_("This is not the name of the seminar."))
        return name


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
