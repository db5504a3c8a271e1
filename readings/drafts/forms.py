"""Forms of the library: the file to import, and what is known about the essay."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import NameField, PlainTextField
from documents import Metadata
from documents.visible import cleaned_name
from readings.models import Essay

_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
_MAX_AUTHORS = 50
# What the browser's file chooser offers; what a file is, the importer finds out by itself.
_ACCEPTED = (
    ".docx,.odt,.epub,.pdf,.rtf,.html,.htm,.xhtml,.mht,.mhtml,.tex,.md,.markdown,.txt,.rst,.org,"
    ".xml,text/plain"
)
# The languages that people may choose: those that Django knows by name.
LANGUAGES = sorted(
    ((code, info["name"]) for code, info in LANG_INFO.items() if "name" in info),
    key=lambda language: language[1],
)


class ImportForm(forms.Form):
    """The file of an essay."""

    file = forms.FileField(
        label=gettext_lazy("The essay’s file"),
        help_text=(
            gettext_lazy(
                "Word (.docx), PDF, EPUB, OpenDocument, RTF, a saved web page, LaTeX, Markdown or"
                " plain text; up to 20 MB."
            )
        ),
        error_messages={
            "required": gettext_lazy("Choose the file that holds the essay’s text."),
            "empty": gettext_lazy(
                "This file is empty. Choose the file that holds the essay’s text."
            ),
        },
        widget=forms.FileInput(attrs={"accept": _ACCEPTED}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.IMPORT_MAX_BYTES:
            limit, size = filesizeformat(settings.IMPORT_MAX_BYTES), filesizeformat(file.size)
            raise forms.ValidationError(
                _("This file is %(size)s; the limit is %(limit)s.") % {"size": size, "limit": limit}
            )
        return file

    def content(self) -> dict[str, Any]:
        """The bytes of the file and its name, as the actions take them."""
        file = self.cleaned_data["file"]
        return {"data": file.read(), "filename": file.name}


class AuthorsField(forms.CharField):
    """Names, one on each line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        names = [cleaned_name(line) for line in str(super().clean(value)).splitlines()]
        names = [name for name in names if name]
        if len(names) > _MAX_AUTHORS:
            raise forms.ValidationError(_("Name at most %d authors.") % _MAX_AUTHORS)
        return names


class MetadataForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is known about the essay, for the person who imported it to put right."""

    authors = AuthorsField(required=False, help_text=gettext_lazy("One name on each line."))
    language = forms.ChoiceField(choices=[])

    class Meta:
        model = Essay
        fields = [
            "title",
            "subtitle",
            "authors",
            "venue",
            "issue",
            "published",
            "language",
            "direction",
            "licence",
            "abstract",
            "author_note",
        ]
        labels = {
            "venue": gettext_lazy("Published in"),
            "issue": gettext_lazy("Issue"),
            "published": gettext_lazy("Date"),
            "direction": gettext_lazy("Read from"),
            "author_note": gettext_lazy("About the author"),
        }
        help_texts = {"published": gettext_lazy("Like 2022-08-04, 2022-08 or 2022.")}
        widgets = {"direction": forms.RadioSelect}
        field_classes = {
            **dict.fromkeys(("title", "subtitle", "venue", "issue"), NameField),
            **dict.fromkeys(("licence", "abstract", "author_note"), PlainTextField),
        }

    def __init__(self, *args: Any, found: Metadata, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)  # noqa: S101 - declared above
        known = {code for code, _ in LANGUAGES}
        own = [(found.language, found.language)] if found.language not in {"", *known} else []
        language.choices = [("", _("Choose the language")), *own, *LANGUAGES]
        if not found.language:
            language.help_text = _("We could not tell it from the text.")

    def clean_published(self) -> str:
        published: str = self.cleaned_data["published"].strip()
        if published and not _DATE.fullmatch(published):
            raise forms.ValidationError(_("Write the date like 2022-08-04, 2022-08 or 2022."))
        return published
