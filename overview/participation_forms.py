"""The form by which an instructor sets a score by hand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import PlainTextField
from overview.models import MAX_REASON
from overview.participation import Score
from seminars.edit_forms import VersionedForm


class ScoreForm(VersionedForm):
    """Another number, and why."""

    done = forms.IntegerField(
        label=gettext_lazy("Done"),
        min_value=0,
        max_value=1000,
        help_text=gettext_lazy("In place of what is counted. It may be more than is asked."),
    )
    reason = PlainTextField(
        label=gettext_lazy("Reason"),
        max_length=MAX_REASON,
        help_text=gettext_lazy("The person reads it beside their score, once it is released."),
    )

    def __init__(self, data: Any, *, score: Score) -> None:
        self.counted = score.counted
        super().__init__(data, row=score.override)

    def values_of(self, row: Any) -> dict[str, Any]:
        """What was set by hand; where nothing was, what is counted."""
        if row is None:
            return {"done": self.counted, "reason": ""}
        return {"done": row.done, "reason": row.reason}
