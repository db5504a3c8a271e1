"""New words for a comment."""

from django import forms

from discussions.threads import WordsField


class EditForm(forms.Form):
    """New words for one's own comment; `version` is the one that was read."""

    body = WordsField(label="Your comment")
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
