"""Where one stands in a reading, as the page sends it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from readings.models import Block, Reading


class SavedPlaceForm(forms.Form):
    """Where somebody has got to: a block of the text, and how much is read, in percent."""

    block = forms.CharField(max_length=24)
    progress = forms.IntegerField(min_value=0, max_value=100)

    def __init__(self, *args: Any, reading: Reading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reading = reading

    def clean_block(self) -> str:
        key: str = self.cleaned_data["block"]
        if not Block.objects.filter(revision_id=self.reading.revision_id, key=key).exists():
            raise forms.ValidationError(_("That paragraph is not in the text."))
        return key
