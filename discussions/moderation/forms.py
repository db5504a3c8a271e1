"""What people send when they report and decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import PlainTextField
from discussions.models import MAX_REASON_NAME, Reason
from discussions.moderation.reasons import reason_choices, reason_name
from seminars.models import Seminar


class ReportForm(forms.Form):
    """Why a comment should be looked at."""

    reason = forms.ChoiceField(
        choices=Reason, widget=forms.RadioSelect, label=gettext_lazy("What is wrong?")
    )
    detail = PlainTextField(
        required=False,
        max_length=1000,
        label=gettext_lazy("Anything staff should know"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AppealForm(forms.Form):
    """Asking that staff look again at what they decided about one's own words."""

    why = PlainTextField(
        required=False,
        max_length=1000,
        label=gettext_lazy("What staff should know"),
        help_text=gettext_lazy("Only staff read it."),
        widget=forms.Textarea(attrs={"rows": 3, "data-limit": 1000}),
    )


class NotesForm(forms.Form):
    """What a moderator says with a decision."""

    note_to_member = PlainTextField(
        required=False,
        max_length=1000,
        label=gettext_lazy("Note to the author"),
        help_text=gettext_lazy("They see it with their comment."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note_to_staff = PlainTextField(
        required=False,
        max_length=1000,
        label=gettext_lazy("Note to staff"),
        help_text=gettext_lazy("Only staff see it, in the log."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReasonedForm(NotesForm):
    """A decision for which readers are given a reason: one of the list, or one's own words."""

    reason = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Everyone sees it where the comment stood."),
    )
    reason_text = PlainTextField(
        required=False,
        max_length=MAX_REASON_NAME,
        label=gettext_lazy("Another reason, in your words"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    field_order = ("reason", "reason_text", "note_to_member", "note_to_staff")

    def __init__(self, *args: Any, seminar: Seminar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._seminar = seminar
        reasons: Any = self.fields["reason"]
        reasons.choices = [("", _("Choose a reason")), *reason_choices(seminar)]
        reasons.is_needed = True  # unless words of one's own stand in its place

    def needs_reason(self, values: dict[str, Any]) -> bool:  # noqa: ARG002 - for subclasses
        return True

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        words = values.pop("reason_text", "").strip()
        chosen = values.get("reason", "")
        values["reason"] = words or reason_name(self._seminar, chosen)
        if self.needs_reason(values) and not values["reason"] and "reason" not in self.errors:
            self.add_error("reason", _("Choose the reason that members will see."))
        return values


class HideForm(ReasonedForm):
    """Hiding a comment."""


class RestoreForm(NotesForm):
    """Showing a hidden comment again."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, seminar: Seminar, **kwargs: Any) -> None:  # noqa: ARG002 - as others
        super().__init__(*args, **kwargs)
