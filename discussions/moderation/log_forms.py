"""What is said of an entry of the audit log."""

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import PlainTextField


class CorrectionForm(forms.Form):
    """What the entry got wrong."""

    note_to_staff = PlainTextField(
        max_length=1000,
        label=gettext_lazy("What is wrong with it, and what is right"),
        help_text=gettext_lazy("It stands in the log as a row of its own, with your name."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
