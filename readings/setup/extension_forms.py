"""Forms of extensions: for whom, and until when."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django import forms
from django.template.defaultfilters import date
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import PlainTextField
from documents.visible import isolated
from readings.models import NOTE_LENGTH, Extension, Reading
from readings.setup.forms import DATES, DateTimeField
from seminars.edit_forms import VersionedForm
from seminars.models import Group, Membership
from seminars.permissions import COUNTED_ROLES

MOVABLE = DATES[1:]  # when a reading opens is the same for all
_LABELS = {
    "due_at": gettext_lazy("Due"),
    "late_until": gettext_lazy("Counts as late until"),
    "closes_at": gettext_lazy("Closes"),
}


def movable_dates(reading: Reading) -> list[str]:
    """Return the names of the dates that the reading has, and that an extension can move."""
    return [name for name in MOVABLE if getattr(reading, name) is not None]


class ExtensionDatesForm(forms.Form):
    """The dates that an extension moves, of those that `reading` has."""

    note = PlainTextField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=NOTE_LENGTH,
        help_text=gettext_lazy("For your colleagues; nobody else sees it."),
    )

    def __init__(self, *args: Any, reading: Reading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reading = reading
        zone = _("Times are %s.") % timezone.get_current_timezone_name()
        for name in movable_dates(reading):
            common = date(localtime(getattr(reading, name)), "j F Y, H:i")
            help_text = _("For everybody: %(date)s; empty: the same.") % {"date": common}
            self.fields[name] = DateTimeField(
                label=_LABELS[name], required=False, help_text=f"{help_text} {zone}"
            )
        self.order_fields(["target", *MOVABLE, "note"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        names = movable_dates(self.reading)
        given = {name: self.cleaned_data.get(name) for name in names}
        for name, moment in given.items():
            if moment is not None and moment <= getattr(self.reading, name):
                self.add_error(name, _("This is no later than for everybody."))
        if not self.errors and not any(given.values()):
            self.add_error(names[0], _("Say until when."))
        self._check_order(given)
        return self.cleaned_data

    def _check_order(self, given: dict[str, Any]) -> None:
        moments = [(name, moment) for name, moment in given.items() if moment is not None]
        for (_before, earlier), (name, later) in pairwise(moments):
            if later < earlier and name not in self.errors:
                self.add_error(name, _("This is before the date above it."))


class ExtensionForm(ExtensionDatesForm):
    """More time for somebody who has none yet."""

    target = forms.ChoiceField(
        label=gettext_lazy("For whom"),
        error_messages={
            "invalid_choice": gettext_lazy("Choose a group or a participant of this seminar.")
        },
    )

    def __init__(self, *args: Any, reading: Reading, **kwargs: Any) -> None:
        super().__init__(*args, reading=reading, **kwargs)
        self._groups = {f"group-{one.pk}": one for one in reading.seminar.groups.all()}
        members = reading.seminar.memberships.current().with_role(*COUNTED_ROLES)
        named = members.select_related("user", "group").order_by("user__name", "pk")
        self._members = {f"member-{one.pk}": one for one in named}
        target = self.fields["target"]
        assert isinstance(target, forms.ChoiceField)  # noqa: S101 - declared above
        target.choices = [
            ("", _("Choose …")),
            (_("Groups"), list(_named(self._groups.items()))),
            (_("Participants"), list(_named(self._members.items()))),
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        target = values.pop("target", "")
        values["group"] = self._groups.get(target)
        values["membership"] = self._members.get(target)
        return values


def _named(choices: Iterable[tuple[str, Group | Membership]]) -> Iterable[tuple[str, str]]:
    for key, one in choices:
        name = isolated(one.name)
        group = isinstance(one, Membership) and one.group
        yield key, f"{name} ({isolated(group.name)})" if group else name


class ExtensionChangeForm(VersionedForm, ExtensionDatesForm):
    """The dates and the note of an extension that there is."""

    def __init__(self, *args: Any, row: Extension, **kwargs: Any) -> None:
        super().__init__(*args, row=row, reading=row.reading, **kwargs)
