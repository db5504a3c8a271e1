"""The one kind of form that changes what is there: nobody overwrites what they have not seen."""

import datetime
from typing import Any

from django import forms
from django.db.models import Model
from django.template.defaultfilters import date
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from documents.whole_number import whole_number

MOMENT = "l j F Y, H:i"
DIGITS = 9  # as many as every database can compare with a version


class VersionField(forms.Field):
    """The state that the page showed; without one, or with nonsense, none that there ever was."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput)

    def to_python(self, value: Any) -> int:
        return whole_number(str(value), digits=DIGITS) or 0


class VersionedForm(forms.Form):
    """A form about `row`, which is Versioned (database.versions) or like it; None where there
    is none yet.

    `cleaned_data["version"]` is for the action, which raises Stale. Then `show_current` tells
    beside each field what stands now where it is something else, keeps what was written, and
    lets who sends once more save over it.
    """

    version = VersionField()

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        self.is_stale = False
        kwargs["initial"] = self.values_of(row) | {"version": _version_of(row)}
        super().__init__(*args, **kwargs)

    def values_of(self, row: Any) -> dict[str, Any]:
        """What the fields show of the row, by name."""
        if row is None:
            return {}
        return {
            field.name: field.value_from_object(row)
            for field in row._meta.concrete_fields
            if field.editable
        }

    @property
    def status(self) -> int:
        """What is answered with the form: 200, 422 where it has errors, 409 where it is stale."""
        if self.is_stale:
            return 409
        return 422 if self.errors else 200

    def show_current(self, row: Any) -> None:
        """Say that somebody was faster, and what stands there now beside what was written."""
        self.show_values(self.values_of(row))
        sent: Any = self.data
        self.data = sent = sent.copy()
        sent[self.add_prefix("version")] = str(_version_of(row))

    def show_values(self, values: dict[str, Any]) -> None:
        """The same, of what stands there now by name of the field."""
        self.add_error(
            None,
            _(
                "Somebody else changed this while you had it open, and nothing of yours is saved "
                "yet. What stands there now is beside each field where yours is different. Save "
                "again to put yours in its place."
            ),
        )
        tell_current(self, values)
        self.is_stale = True


def tell_current(form: forms.BaseForm, values: dict[str, Any]) -> None:
    """Put the values of now, by name of the field, beside the fields that say something else."""
    for bound in form.visible_fields():
        if bound.name not in values:
            continue
        now = in_words(bound.field, values[bound.name])
        if now != in_words(bound.field, form.cleaned_data.get(bound.name, bound.data)):
            bound.field.now = now  # type: ignore[attr-defined]  # for forms/field.html


def in_words(field: forms.Field, value: Any) -> str:
    """What a field's value says to who reads it and does not edit it; never empty."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime.datetime):
        return date(localtime(value), MOMENT)
    if isinstance(value, Model):
        value = value.pk
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ", ".join(map(str, value)) or _("Nothing")
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        shown = {str(key): str(label) for key, label in choices if not isinstance(label, list)}
        return shown.get("" if value is None else str(value)) or _("Nothing")
    text = str(field.prepare_value(value) if value is not None else "")
    return text.replace("\r\n", "\n").strip() or _("Nothing")


def _version_of(row: Any) -> int:
    return int(getattr(row, "edit_version", 0))
