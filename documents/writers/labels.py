"""The few words that a file has beside the essay's own, in the essay's language.

They are part of the file, and the same for whoever takes it away: they go by the language
of the essay and not of the person, and so are no messages (see documents.messages). A
language is added as one more `Labels`; our importer must know it by the same words
(`HEADING` in readers/text/note_lists.py, the patterns in repairs/front_matter.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of one language; what stands in braces is filled in."""

    untitled: str
    byline: str
    several_names: str
    abstract: str
    about_author: str
    notes: str
    picture: str
    picture_with_caption: str
    missing_picture: str
    back: str
    back_to_further_place: str

    def names(self, names: Sequence[str]) -> str:
        """The names as one list: “A, B and C”; "" for none."""
        *others, last = names or ("",)
        if not others:
            return last
        return self.several_names.format(others=", ".join(others), last=last)

    def back_to(self, number: str, place: int) -> str:
        """What a link says from a note to the reference, the first or a further one (from 1)."""
        way = self.back if place == 1 else self.back_to_further_place
        return way.format(number=number, place=place)


ENGLISH = Labels(
    untitled="Untitled",
    byline="By {names}",
    several_names="{others} and {last}",
    abstract="Abstract",
    about_author="About the author",
    notes="Notes",
    picture="[Picture]",
    picture_with_caption="[Picture: {words}]",
    missing_picture="A picture stood here; it is not in this file.",
    back="Back to note {number} in the text",
    back_to_further_place="Back to note {number} in the text, place {place}",
)

_BY_LANGUAGE = {"en": ENGLISH}


def labels_for(language: str) -> Labels:
    """The labels of a language (BCP 47); the English ones where it has none here."""
    return _BY_LANGUAGE.get(language.partition("-")[0].lower(), ENGLISH)
