"""The form by which staff write to the people whom they chose in the overview."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discussions.threads import WordsField
from documents.visible import isolated
from readings.models import Reading
from seminars.models import Membership
from seminars.permissions import can_open_reading

GONE = gettext_lazy(
    "Somebody among them is not in your groups any more, and nobody has got anything. Who is left "
    "is ticked below: send it once more, or go back and choose again."
)


class MessageForm(forms.Form):
    """To whom, about which reading, and the words.

    `people` are those among whom can be chosen: who was ticked in the table and may be written
    to (`are_chosen`), or all.
    """

    member = forms.MultipleChoiceField(
        label=gettext_lazy("To each of these alone"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose somebody."),
            "invalid_choice": GONE,
        },
    )
    reading = forms.ChoiceField(
        label=gettext_lazy("About the reading"),
        help_text=gettext_lazy("There they find it, and answer."),
    )
    body = WordsField(
        label=gettext_lazy("What you write"),
        widget=forms.Textarea(attrs={"rows": 7, "dir": "auto"}),
        help_text=gettext_lazy("Markdown works."),
    )

    def __init__(
        self,
        data: Any,
        *,
        people: Sequence[Membership],
        are_chosen: bool,
        readings: Sequence[Reading],
        current: Reading | None,
    ) -> None:
        initial = {
            "member": [str(one.pk) for one in people] if are_chosen else [],
            "reading": current.slug if current else "",
        }
        super().__init__(data, initial=initial)
        self.people = {str(one.pk): one for one in people}
        self.readings = {one.slug: one for one in readings}
        self._choices("member", [(key, isolated(one.name)) for key, one in self.people.items()])
        titles = [(slug, isolated(one.title)) for slug, one in self.readings.items()]
        self._choices("reading", titles)

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    @property
    def chosen(self) -> list[Membership]:
        """Whom the words go to; of a form that is not sent yet, all."""
        keys = self.cleaned_data.get("member", []) if self.is_bound else self.people
        return [self.people[key] for key in keys]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        reading = self.readings.get(cleaned.get("reading", ""))
        if reading is None:
            return cleaned
        outside = [one.name for one in self.chosen if not can_open_reading(one, reading)]
        if outside:
            said = _("This reading is not open to %(names)s: choose another, or take them out.")
            self.add_error("reading", said % {"names": ", ".join(map(isolated, outside))})
        return cleaned
