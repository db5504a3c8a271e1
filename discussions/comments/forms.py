"""New words for a comment."""

from django import forms
from django.utils.translation import gettext_lazy

from discussions.threads import MentioningForm, WordsField


class CommentPreviewForm(forms.Form):
    """Words that are not posted yet, by the rules for those that are."""

    body = WordsField(label=gettext_lazy("Your comment"))


class CommentEditForm(MentioningForm):
    """New words for one's own comment; `version` is the one that was read."""

    body = WordsField(label=gettext_lazy("Your comment"))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
