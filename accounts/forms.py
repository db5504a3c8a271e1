"""Forms about a person's account; those of signing in are in sign_in_forms.py."""

from typing import Any, cast

from django import forms
from django.http import HttpRequest

from accounts.models import User


class NameForm(forms.Form):
    """What signing up asks besides address and password."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        help_text="As the seminar will see it.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def signup(self, request: HttpRequest, user: User) -> None:  # noqa: ARG002
        """Store the name; called by django-allauth once the account is made."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


# The short words of the display menu, so that a row of them stands side by side.
CHOICES = {
    "text_size": {"s": "Small", "m": "Medium", "l": "Large", "xl": "Largest"},
    "measure": {"narrow": "Short", "normal": "Normal", "wide": "Long"},
    "theme": {"auto": "Device", "light": "Light", "dark": "Dark"},
    "typeface": {"serif": "Serif", "sans": "Sans", "legible": "Legible"},
    "annotations": {"none": "None", "mine": "Guide, mine", "group": "Group", "all": "All"},
}


class DisplayForm(forms.ModelForm):  # type: ignore[type-arg]
    """The display menu's fields. It sends all of them: a box that is absent is not ticked."""

    class Meta:
        model = User
        fields = (*CHOICES, "text_only", "single_keys")
        widgets = dict.fromkeys(CHOICES, forms.RadioSelect)
        labels = {
            "text_size": "Text size",
            "measure": "Line length",
            "annotations": "Notes and comments beside the text",
            "text_only": "Text only",
            "single_keys": "Single-key shortcuts in the text",
        }
        help_texts = {
            "text_only": "Hides numbers, marks, notes and comments.",
            "single_keys": "Turn them off if they get in your way.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in CHOICES.items():
            field = cast("forms.ChoiceField", self.fields[name])
            field.choices = list(choices.items())
