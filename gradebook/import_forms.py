"""The form that takes marks from a file, or pasted rows."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import PlainTextField
from documents import ImportRefused
from gradebook.mark_file import MarkFile, NoMarkFile, read_marks
from seminars.file_or_text import FileOrTextForm
from seminars.rosters.forms import ACCEPTED, MAX_FILE_BYTES
from seminars.rosters.roster_file import decode_roster

MAX_LETTERS = 500_000
MAX_ROWS = 1_000


class MarkFileForm(FileOrTextForm):
    """A file or rows; `marks` of the cleaned data is what is in them."""

    file = forms.FileField(
        label=gettext_lazy("A file"),
        required=False,
        help_text=gettext_lazy("CSV, as a spreadsheet, Canvas or Moodle saves it."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"empty": gettext_lazy("This file is empty.")},
    )
    text = PlainTextField(
        label=gettext_lazy("Or paste the rows"),
        required=False,
        max_length=MAX_LETTERS,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "dir": "auto"}),
        help_text=gettext_lazy(
            "The first row names the columns: one with addresses, and the titles of yours. An "
            "empty cell changes nothing, EX counts neither way. A file that you choose replaces "
            "them."
        ),
    )
    # The button below what it would change: the digest of what was shown. And where it came from.
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)
    source_name = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def clean_file(self) -> str:
        """The file's letters; empty without a file."""
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > MAX_FILE_BYTES:
            raise forms.ValidationError(_("This file is larger than 1 MB: it is no list of marks."))
        try:
            return decode_roster(file.read())
        except ImportRefused as refused:
            raise forms.ValidationError(
                _("This file is not text. Save it as CSV (UTF-8).")
            ) from refused

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.errors:
            return data
        file, text = data.get("file"), data.get("text")
        try:
            data["marks"] = read_marks(str(file or text))
        except NoMarkFile:
            said = _("There is no column of addresses in the first row, or none with marks.")
            self.add_error("file" if file else "text", said)
            return data
        if len(data["marks"].rows) > MAX_ROWS:
            self.add_error(
                "file" if file else "text", _("These are more rows than one seminar has.")
            )
        if file:
            data["source_name"] = self.chosen_file_name[:200]
        return data

    @property
    def marks(self) -> MarkFile:
        found: MarkFile = self.cleaned_data["marks"]
        return found

    def take_file_as_text(self) -> None:
        """Show what was in the file that was sent: a browser would not send it again."""
        sent: Any = self.data
        self.data = sent = sent.copy()
        sent["text"] = self.cleaned_data.get("file") or self.cleaned_data.get("text", "")
        sent["source_name"] = self.cleaned_data.get("source_name", "")
