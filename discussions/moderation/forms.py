"""What people send when they report and decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import PlainTextField
from discussions.models import Reason


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


class HideForm(NotesForm):
    """Hiding a comment: the reason is shown to everyone in its place."""

    reason = forms.ChoiceField(
        choices=Reason,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Everyone sees it where the comment stood."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    field_order = ("reason", "note_to_member", "note_to_staff")


class RestoreForm(NotesForm):
    """Showing a hidden comment again."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class ReviewForm(NotesForm):
    """A decision in the review queue, on the case and the words as they were read."""

    decision = forms.ChoiceField(
        choices={"hide": gettext_lazy("Hide"), "dismiss": gettext_lazy("Dismiss")}
    )
    reason = forms.ChoiceField(
        choices=[("", gettext_lazy("Choose a reason")), *Reason.choices], required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    review_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    field_order = ("reason", "note_to_member", "note_to_staff")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("decision") == "hide" and not values.get("reason"):
            self.add_error("reason", _("Choose the reason that members will see."))
        return values
