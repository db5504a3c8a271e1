"""The form that adds a guide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from readings.guides.guide_file import MAX_CHARACTERS, GuideRefused
from readings.guides.preview import GuidePreview
from seminars.edit_forms import VersionedForm, VersionField

MAX_BYTES = 4 * MAX_CHARACTERS  # UTF-8 takes at most four bytes for a character


class GuideForm(VersionedForm):
    """A guide as a file or as text; the file is taken where both are given."""

    file = forms.FileField(
        label=_("Guide file"),
        required=False,
        help_text=_("A Markdown file (.md), saved as UTF-8."),
        widget=forms.FileInput(attrs={"accept": ".md,.markdown,.txt,text/markdown,text/plain"}),
    )
    text = forms.CharField(
        label=_("Or the guide itself"),
        required=False,
        strip=False,
        help_text=_("Write or paste it here."),
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "true", "class": "source"}),
    )

    # The button that stands below what the guide would do: the digest of what was shown.
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)
    # The state of the draft that is published: once the guide is added, the draft has done.
    draft = VersionField()
    refused: GuideRefused | None = None
    preview: GuidePreview | None = None

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        if row:
            self.fields["text"].help_text = _("Change it here and add it again.")

    def values_of(self, row: Any) -> dict[str, Any]:
        return {"text": row.source if row else ""}

    @property
    def status(self) -> int:
        return 422 if self.refused else super().status

    @property
    def asks(self) -> bool:
        """Whether it shows first what publishing the draft would do."""
        return bool(self.preview and self.is_of_draft)

    @property
    def is_of_draft(self) -> bool:
        """Whether it is the draft that is published so."""
        return bool(self.cleaned_data.get("draft"))

    def take_file_as_text(self) -> None:
        """Show what was in the file that was sent: a browser would not send it again."""
        sent: Any = self.data
        self.data = sent = sent.copy()
        sent["text"] = self.cleaned_data.get("guide", "")

    def clean_file(self) -> str:
        """Return the words of the file, and an empty text where none was chosen."""
        file = self.cleaned_data["file"]
        if file is None:
            return ""
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("This file is too long to be a guide."))
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(
                _("This file is not text in UTF-8. Save it as UTF-8 and choose it again.")
            ) from None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        # A browser sends what stands in a field with line ends of its own.
        guide = data.get("file") or data.get("text") or ""
        data["guide"] = guide.replace("\r\n", "\n").replace("\r", "\n")
        if not data["guide"].strip() and not self.errors:
            raise forms.ValidationError(_("Choose a file, or write the guide below."))
        return data
