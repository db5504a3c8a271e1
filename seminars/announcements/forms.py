"""The form in which staff announce something."""

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import NameField
from seminars.edit_forms import VersionedForm
from seminars.markdown_fields import MarkdownField
from seminars.models import MAX_ANNOUNCEMENT_LETTERS


class AnnouncementForm(forms.Form):
    """A title and words in Markdown."""

    title = NameField(max_length=200)
    body = MarkdownField(
        label=gettext_lazy("What you tell everybody"),
        max_length=MAX_ANNOUNCEMENT_LETTERS,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        help_text=gettext_lazy("Markdown works."),
    )


class AnnouncementTextForm(VersionedForm, AnnouncementForm):
    """The same, of one that is published."""
