"""Forms about an essay of the library."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from readings.essays.queries import possible_editors
from readings.models import Essay


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody, by name and address: two may have one name."""

    def label_from_instance(self, obj: User) -> str:
        return _("%(name)s (%(email)s)") % {"name": obj.name, "email": obj.email}


class SharingForm(forms.Form):
    editor = PersonField(
        queryset=None,
        label=gettext_lazy("Share it with"),
        empty_label=gettext_lazy("Choose a person"),
        help_text=gettext_lazy(
            "They can change its text and what is known about it, for all seminars that read it."
        ),
        error_messages={"invalid_choice": gettext_lazy("Choose one of the people in the list.")},
    )

    def __init__(self, *args: Any, essay: Essay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["editor"].queryset = possible_editors(essay)  # type: ignore[attr-defined]
