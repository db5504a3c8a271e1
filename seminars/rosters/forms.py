"""Forms of a roster: a file or pasted rows, and the same rows put right."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import PlainTextField
from documents import ImportRefused
from seminars.edit_forms import VersionedForm
from seminars.file_or_text import FileOrTextForm
from seminars.models import MAX_ROSTER_LETTERS, MAX_ROSTER_ROWS
from seminars.rosters.roster_file import decode_roster, read_roster

MAX_FILE_BYTES = 1024 * 1024
ACCEPTED = ".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
# What a spreadsheet's own file begins with: a ZIP, or an OLE container.
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class RosterText(forms.Form):
    """Rows of people, one to a line."""

    text = PlainTextField(
        label=gettext_lazy("Names, addresses, groups"),
        max_length=MAX_ROSTER_LETTERS,
        widget=forms.Textarea(
            attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off", "dir": "auto"}
        ),
        help_text=gettext_lazy(
            "One person to a line, with commas, semicolons or tabs between: "
            "Nadia Petit, nadia@example.org, Monday. A role may follow."
        ),
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        return checked_roster(text) if text else text


class RosterTextForm(VersionedForm, RosterText):
    """The rows of a roster that there is, to be put right."""


class RosterForm(FileOrTextForm, RosterText):
    """A file, or rows pasted into the page."""

    file = forms.FileField(
        label=gettext_lazy("A file"),
        required=False,
        help_text=gettext_lazy(
            "CSV or text, as a spreadsheet or a course page saves it; up to 500 people."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"empty": gettext_lazy("This file is empty.")},
    )
    field_order = ("file", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False
        self.fields["text"].label = _("Or paste the rows")
        replaced = _("A file that you choose replaces them.")
        self.fields["text"].help_text = f"{self.fields['text'].help_text} {replaced}"

    def clean_file(self) -> str:
        """The file's letters; empty without a file."""
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > MAX_FILE_BYTES:
            raise ValidationError(_("This file is larger than 1 MB: it is no list of 500 people."))
        data = file.read()
        if data.startswith(_SPREADSHEETS):
            raise ValidationError(_("This is a spreadsheet. Save it as CSV, and choose that file."))
        try:
            return checked_roster(decode_roster(data))
        except ImportRefused as refused:
            raise ValidationError(_("This file is not text. Save it as CSV (UTF-8).")) from refused

    def content(self) -> dict[str, str]:
        """The rows, and the name of the file that they came in, as the actions take them."""
        file = self.cleaned_data["file"]
        if not file:
            return {"text": self.cleaned_data["text"], "source_name": ""}
        return {"text": file, "source_name": self.chosen_file_name}


def checked_roster(text: str) -> str:
    """Return the text; raise ValidationError where it is no list of people, or too long a one."""
    if len(text) > MAX_ROSTER_LETTERS:
        said = _("This is longer than %d characters: it is no list of 500 people.")
        raise ValidationError(said % MAX_ROSTER_LETTERS)
    rows = read_roster(text).rows
    if not any("@" in row.email for row in rows):
        raise ValidationError(_("There is no address in these rows."))
    if len(rows) > MAX_ROSTER_ROWS:
        said = _("These are %(rows)d rows; bring in %(most)d at a time.")
        raise ValidationError(said % {"rows": len(rows), "most": MAX_ROSTER_ROWS})
    return text
