"""New words for a comment."""

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import PlainTextField
from discussions.models import MAX_REASON
from discussions.threads import MentioningForm, WordsField


class CommentPreviewForm(forms.Form):
    """Words that are not posted yet, by the rules for those that are."""

    body = WordsField(label=gettext_lazy("Your comment"))


class CommentEditForm(MentioningForm):
    """New words for one's own comment; `version` is the one that was read."""

    body = WordsField(label=gettext_lazy("Your comment"))
    reason = PlainTextField(
        required=False,
        max_length=MAX_REASON,
        label=gettext_lazy("Why you change it (optional)"),
        widget=forms.TextInput(attrs={"data-limit": MAX_REASON, "autocomplete": "off"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    # Over words that were saved from elsewhere meanwhile.
    over = forms.BooleanField(required=False, widget=forms.HiddenInput)
