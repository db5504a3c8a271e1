"""What a form takes from a file, or as text where none is chosen."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _


class FileOrTextForm(forms.Form):
    """A form with the fields `file`, whose cleaned value is its letters, and `text`.

    A file that is chosen replaces what stands in the text: a page that was sent before may have
    put it there, and what is wrong with it matters no more.
    """

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.chosen_file_name:
            self.errors.pop("text", None)
            data["text"] = ""
        elif not self.errors and not data.get("text"):
            self.add_error("file", _("Choose a file, or paste the rows below."))
        return data

    @property
    def chosen_file_name(self) -> str:
        """The name of the file that was sent, as its sender has it; "" without one."""
        return str(getattr(self.files.get("file"), "name", ""))
