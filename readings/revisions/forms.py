"""Forms of revisions: the new file, and where a passage belongs in the new text."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anchoring import Sentence, split_sentences
from documents.whole_number import whole_number
from readings.guides import Anchor, Candidate, NotFound, find_place
from readings.models import Block, Reading
from readings.passages import Segment, Unreadable, is_block_key, selected, ticked


class PassagePlaceForm(forms.Form):
    """The new words of a passage: selected, ticked, or named by paragraph number and words."""

    segments = forms.CharField(required=False, widget=forms.HiddenInput)
    block = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)
    number = forms.IntegerField(
        required=False, min_value=1, max_value=999_999, label=gettext_lazy("Paragraph number")
    )
    words = forms.CharField(
        required=False,
        max_length=5000,
        label=gettext_lazy("Words, as they stand in the text"),
        help_text=gettext_lazy(
            "Without words, the whole paragraph; without a number, wherever they stand."
        ),
    )

    def __init__(self, *args: Any, reading: Reading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reading = reading

    @property
    def chosen(self) -> list[str]:
        """The sentences that are ticked, as START-END."""
        return list(self.data.getlist("sentence")) if hasattr(self.data, "getlist") else []

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.errors:
            return values
        try:
            values["found"] = self._found(values)
        except (Unreadable, NotFound) as error:
            named = values.get("words") or values.get("number")
            self.add_error("words" if named else None, str(error))
        return values

    def _found(self, values: dict[str, Any]) -> list[Segment]:
        if values.get("segments") not in {None, "", "[]"}:
            return selected(values["segments"])
        if self.chosen:
            return ticked(values.get("block") or "", self.chosen)
        number, words = values.get("number"), values.get("words") or ""
        if number is None and not words.strip():
            raise NotFound(_("Select the words, or write where they stand."))
        blocks = Block.objects.filter(revision_id=self.reading.revision_id)
        return [find_place(Anchor(number, words), [Candidate(block) for block in blocks])]


def sentences_of(reading: Reading, asked: str, block: str) -> tuple[Block | None, list[Sentence]]:
    """Return the paragraph whose sentences are to be ticked: the one asked for by number."""
    blocks = Block.objects.filter(revision_id=reading.revision_id)
    found = None
    if (number := whole_number(asked, digits=6)) is not None:
        found = blocks.filter(number=number).first()
    elif block and is_block_key(block):
        found = blocks.filter(key=block).first()
    return found, split_sentences(found.text) if found else []
