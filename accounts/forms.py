"""Forms about a person's account; those of signing in are in sign_in_forms.py."""

from itertools import groupby
from typing import Any, cast
from zoneinfo import available_timezones

from django import forms
from django.http import HttpRequest
from django.utils.timezone import get_default_timezone_name
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import NameField
from accounts.models import User

# Of the IANA database; the others are old names, or none that people know.
CONTINENTS = {
    "africa",
    "america",
    "antarctica",
    "arctic",
    "asia",
    "atlantic",
    "australia",
    "europe",
    "indian",
    "pacific",
}


class NameForm(forms.Form):
    """What signing up asks besides address and password."""

    name = NameField(
        label=gettext_lazy("Your name"),
        max_length=120,
        help_text=gettext_lazy("As the seminar will see it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def signup(self, request: HttpRequest, user: User) -> None:  # noqa: ARG002
        """Store the name; called by django-allauth once the account is made."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


def time_zones() -> list[tuple[str, Any]]:
    """The zones that a person may choose, by continent; first the site's own."""
    named = sorted(
        one for one in available_timezones() if one.partition("/")[0].casefold() in CONTINENTS
    )
    groups = {
        continent: [(one, one.partition("/")[2].replace("_", " ")) for one in zones]
        for continent, zones in groupby(named, key=lambda one: one.partition("/")[0])
    }
    site = _("As the site has it (%s)") % get_default_timezone_name()
    return [("", site), ("UTC", "UTC"), *groups.items()]


class ProfileForm(forms.Form):
    """What a person is called, and in which zone times are written for them."""

    name = NameField(
        label=gettext_lazy("Your name"),
        max_length=120,
        help_text=gettext_lazy("As members of your seminars see it, beside what you wrote too."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        required=False,
        choices=time_zones,
        help_text=gettext_lazy(
            "For times in mails, in forms, and on pages where your browser does not say which is "
            "yours."
        ),
    )


# The short words of the display menu, so that a row of them stands side by side.
CHOICES = {
    "text_size": {
        "s": gettext_lazy("Small"),
        "m": gettext_lazy("Medium"),
        "l": gettext_lazy("Large"),
        "xl": gettext_lazy("Largest"),
    },
    "measure": {
        "narrow": gettext_lazy("Short"),
        "normal": gettext_lazy("Normal"),
        "wide": gettext_lazy("Long"),
    },
    "theme": {
        "auto": gettext_lazy("Device"),
        "light": gettext_lazy("Light"),
        "dark": gettext_lazy("Dark"),
    },
    "typeface": {
        "serif": gettext_lazy("Serif"),
        "sans": gettext_lazy("Sans"),
        "legible": gettext_lazy("Legible"),
    },
    "annotations": {
        "none": gettext_lazy("None"),
        "mine": gettext_lazy("Guide, mine"),
        "group": gettext_lazy("Group"),
        "all": gettext_lazy("All"),
    },
}


class DisplayForm(forms.ModelForm):  # type: ignore[type-arg]
    """The display menu's fields. It sends all of them: a box that is absent is not ticked."""

    class Meta:
        model = User
        fields = (*CHOICES, "text_only", "single_keys", "shows_presence")
        widgets = dict.fromkeys(CHOICES, forms.RadioSelect)
        labels = {
            "text_size": gettext_lazy("Text size"),
            "measure": gettext_lazy("Line length"),
            "annotations": gettext_lazy("Notes and comments beside the text"),
            "text_only": gettext_lazy("Text only"),
            "single_keys": gettext_lazy("Single-key shortcuts in the text"),
            "shows_presence": gettext_lazy("Show that I am here"),
        }
        help_texts = {
            "text_only": gettext_lazy("Hides numbers, marks, notes and comments."),
            "single_keys": gettext_lazy("Turn them off if they get in your way."),
            "shows_presence": gettext_lazy("Counts you among those who read now. Nobody sees who."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in CHOICES.items():
            field = cast("forms.ChoiceField", self.fields[name])
            field.choices = list(choices.items())
