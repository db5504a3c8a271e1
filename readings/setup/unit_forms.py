"""Forms of units."""

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import NameField
from seminars.edit_forms import VersionedForm


class UnitForm(forms.Form):
    """A unit's name, and from when it is read."""

    name = NameField(
        max_length=120, help_text=gettext_lazy("Such as “Week 3: Deterrence” or “Before we meet”.")
    )
    starts_on = forms.DateField(
        label=gettext_lazy("Begins on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("It stands beside the name; it opens and closes nothing."),
    )


class UnitDetailForm(VersionedForm, UnitForm):
    pass
