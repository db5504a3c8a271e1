"""How a seminar names its reactions."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from accounts.fields import NameField
from seminars.edit_forms import VersionedForm
from seminars.models import Seminar
from seminars.reaction_kinds import MAX_REACTION, ReactionKind, reaction_names


class ReactionNamesForm(VersionedForm):
    """A name for each kind; an empty one is done without."""

    def __init__(self, *args: Any, row: Seminar, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        for kind in ReactionKind:
            self.fields[kind.value] = NameField(
                max_length=MAX_REACTION, required=False, label=str(kind.label)
            )

    def values_of(self, row: Seminar) -> dict[str, str]:
        names = reaction_names(row.reactions)
        return {kind.value: names.get(kind.value, "") for kind in ReactionKind}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        seen: set[str] = set()
        for kind in ReactionKind.values:
            name = (values.get(kind) or "").casefold()
            if name and name in seen:
                self.add_error(kind, forms.ValidationError(_("Two reactions have this name.")))
            seen.add(name)
        return values

    @property
    def names(self) -> dict[str, str]:
        """What was sent, by kind."""
        return {kind: self.cleaned_data[kind] for kind in ReactionKind.values}
