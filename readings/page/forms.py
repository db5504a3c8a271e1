"""Where one stands in a reading, as the page sends it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from readings.models import Block, Reading
from readings.page.revision_text import revision_text, served_part
from seminars.models import Membership


class SavedPlaceForm(forms.Form):
    """Where somebody has got to: a block of the text, and how much is read, in percent."""

    block = forms.CharField(max_length=24)
    progress = forms.IntegerField(min_value=0, max_value=100)

    def __init__(self, *args: Any, reading: Reading, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reading, self.member = reading, member

    def clean_block(self) -> str:
        key: str = self.cleaned_data["block"]
        if not Block.objects.served(self.reading, self.member).filter(key=key).exists():
            raise forms.ValidationError(_("That paragraph is not in the text."))
        return key

    def clean_progress(self) -> int:
        """Of the whole text: who has read up to a gate has not read it to the end."""
        progress: int = self.cleaned_data["progress"]
        if self.member.gate_in(self.reading.pk) is None:
            return progress
        served = revision_text(self.reading, member=self.member)
        return min(progress, served_part(self.reading, served))
