"""Fields for what people write by hand, of which others must see something."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from documents.visible import cleaned_name, has_visible

INVISIBLE = gettext_lazy("Readers would see nothing of this. Write it in letters, digits or signs.")


class PlainTextField(forms.CharField):
    """Words that are shown as they were written, and may be left out where not required."""

    default_error_messages = {"invisible": INVISIBLE}

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not has_visible(value):
            raise ValidationError(self.error_messages["invisible"], code="invisible")


class NameField(forms.CharField):
    """The name of a person, group, seminar or essay: one line that a reader can see.

    What shows nothing or turns the words around it is taken out: nobody sees that it is
    there, and with it two people could bear what looks like one name.
    """

    default_error_messages = {"invisible": INVISIBLE}

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "")
        name = cleaned_name(text)
        if text and not name:
            raise ValidationError(self.error_messages["invisible"], code="invisible")
        return name
