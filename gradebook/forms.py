"""The form by which an instructor gives a mark by hand."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import PlainTextField
from gradebook.figures import GradeFigure
from gradebook.models import MAX_MARK_COMMENT, MAX_MARK_REASON
from gradebook.weighing import plain
from seminars.edit_forms import VersionedForm


class GivenMarkForm(VersionedForm):
    """Other points, or that it counts neither way, and why; a word to the person."""

    points = forms.DecimalField(
        label=gettext_lazy("Points"),
        required=False,
        min_value=0,
        max_digits=8,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"class": "short-in", "step": "any"}),
    )
    is_excused = forms.BooleanField(
        label=gettext_lazy("It counts neither way for this person"),
        required=False,
        help_text=gettext_lazy("Whatever the points say."),
    )
    reason = PlainTextField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=MAX_MARK_REASON,
        help_text=gettext_lazy("The person reads it beside their mark, once it is released."),
    )
    comment = PlainTextField(
        label=gettext_lazy("Comment to the person"),
        required=False,
        max_length=MAX_MARK_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("They read it once the marks of this column are released."),
    )

    def __init__(self, data: Any, *, figure: GradeFigure) -> None:
        self.is_by_hand = figure.column.is_by_hand
        super().__init__(data, row=figure.given)
        maximum = plain(figure.column.maximum)
        said = _("Of %(maximum)s; it may be more.") % {"maximum": maximum}
        if not self.is_by_hand:
            said += " " + _("Empty: what is worked out holds.")
        self.fields["points"].help_text = said
        if not self.is_by_hand:
            reason = self.fields["reason"]
            reason.is_needed = True  # type: ignore[attr-defined]  # for forms/field.html
            reason.help_text = _(
                "Needed with points, or where it counts neither way; not for a comment alone. The "
                "person reads it beside their mark, once it is released."
            )

    def values_of(self, row: Any) -> dict[str, Any]:
        """What stands; where nothing does, nothing."""
        if row is None:
            return {"points": None, "is_excused": False, "reason": "", "comment": ""}
        return {
            "points": None if row.points is None else Decimal(f"{row.points.normalize():f}"),
            "is_excused": row.is_excused,
            "reason": row.reason,
            "comment": row.comment,
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        is_excused = bool(data.get("is_excused"))
        if is_excused:
            data["points"] = None
        changes = data.get("points") is not None or is_excused
        if changes and not self.is_by_hand and not data.get("reason") and not self.errors:
            self.add_error("reason", _("Say why: the person reads it, and so do your colleagues."))
        return data
