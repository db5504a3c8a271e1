"""What is said where another's words are changed or deleted."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import PlainTextField
from discussions.models import MAX_REASON_NAME, Comment
from discussions.moderation.forms import NotesForm
from discussions.threads import WordsField
from seminars.edit_forms import VersionedForm


class AmendmentForm(VersionedForm, NotesForm):
    """Other words for somebody's comment, and why."""

    body = WordsField(
        label=gettext_lazy("What it says"), widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"})
    )
    reason = PlainTextField(
        max_length=MAX_REASON_NAME,
        label=gettext_lazy("Why you change it"),
        help_text=gettext_lazy("It stands in the history, for whoever reads the comment."),
    )
    field_order = ("body", "reason", "note_to_member", "note_to_staff")

    def values_of(self, row: Comment) -> dict[str, Any]:
        return {"body": row.body}


class PurgeForm(forms.Form):
    """Why it is deleted."""

    reason = PlainTextField(
        max_length=MAX_REASON_NAME,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Its author is told, and it stands in the log."),
    )
    note_to_staff = PlainTextField(
        required=False,
        max_length=1000,
        label=gettext_lazy("Note to staff"),
        help_text=gettext_lazy("Only staff see it, in the log."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
