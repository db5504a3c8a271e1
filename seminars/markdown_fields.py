"""A field for Markdown of which a reader must see something."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.fields import INVISIBLE
from documents.plain_markdown import shows_words
from rendering.markdown import as_html


class MarkdownField(forms.CharField):
    """Words in Markdown: judged by what they show, as comments are."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not shows_words(as_html(value)):
            raise ValidationError(INVISIBLE, code="invisible")
