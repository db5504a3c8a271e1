"""The form by which an instructor arranges more time and further tries for one person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import PlainTextField
from quizzes.models import MAX_EXTRA_TRIES, MAX_TIME_PERCENT, REASON_LENGTH
from seminars.edit_forms import VersionedForm


class AccommodationForm(VersionedForm):
    time_more = forms.IntegerField(
        label=gettext_lazy("More time, in percent of the limit"),
        min_value=0,
        max_value=MAX_TIME_PERCENT - 100,
        help_text=gettext_lazy("50 is half as much again; 0 is the time of everybody."),
    )
    extra_tries = forms.IntegerField(
        label=gettext_lazy("Further tries"),
        min_value=0,
        max_value=MAX_EXTRA_TRIES,
        help_text=gettext_lazy("More than everybody has, where tries are limited."),
    )
    reason = PlainTextField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=REASON_LENGTH,
        help_text=gettext_lazy("Staff and the person read it, and nobody else."),
    )

    def values_of(self, row: Any) -> dict[str, Any]:
        if row is None:
            return {"time_more": 0, "extra_tries": 0, "reason": ""}
        return {
            "time_more": row.time_percent - 100,
            "extra_tries": row.extra_tries,
            "reason": row.reason,
        }

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if "time_more" in values:
            values["time_percent"] = 100 + values.pop("time_more")
        return values
