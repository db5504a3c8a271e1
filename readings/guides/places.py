"""Finding the place of a guide's item in a text: by paragraph number, quoted words, or both."""

from collections.abc import Sequence
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anchoring import Searchable, find_typed, find_words
from readings.guides.guide_file import Anchor
from readings.models import Block, Passage
from readings.passages import Segment

SHOWN_CHARACTERS = 60  # of quoted words that a message repeats: enough to find them in the file


class Candidate:
    """A block in which places are looked for."""

    def __init__(self, block: Block) -> None:
        self.block = block

    @cached_property
    def searchable(self) -> Searchable:
        return Searchable(self.block.text)


def place_of_passage(passage: Passage) -> tuple[str, int | None, int | None]:
    """Return block key, start and end of a passage's first row."""
    return passage.block_key, passage.start, passage.end


def place_of_segment(segment: Segment) -> tuple[str, int | None, int | None]:
    return segment.block_key, segment.start, segment.end


def stands_at(passage: Passage, segment: Segment) -> bool:
    """Whether a passage is the words of the segment, and nothing has happened to them."""
    if passage.is_altered or passage.continuations.all():
        return False
    return place_of_passage(passage) == place_of_segment(segment)


class NotFound(ValueError):
    """An anchor leads nowhere; the message says why and what to do."""


def find_place(anchor: Anchor, among: Sequence[Candidate]) -> Segment:
    """Return the place that `anchor` names in these blocks; raise NotFound.

    Words that stand in their paragraph more than once are taken where they stand
    first. Without a number the words must be unique in the whole text.
    """
    if anchor.number is None:
        return _find_anywhere(anchor.quote, among)
    found = next((one for one in among if one.block.number == anchor.number), None)
    if found is None:
        last = max((one.block.number or 0 for one in among), default=0)
        message = _("The text has no ¶ %(number)d; its last paragraph is ¶ %(last)d.")
        raise NotFound(message % {"number": anchor.number, "last": last})
    if not anchor.quote:
        return Segment(found.block.key)
    places = find_typed(found.searchable, anchor.quote)
    if not places:
        raise NotFound(_not_in_paragraph(anchor, among))
    return _segment(found.block, places[0])


def _find_anywhere(quote: str, among: Sequence[Candidate]) -> Segment:
    found = [
        (one.block, place) for one in among for place in find_words(one.searchable.folded, quote)
    ] or [(one.block, place) for one in among for place in find_typed(one.searchable, quote)]
    if not found:
        message = _("The words “%(words)s” are nowhere in the text.")
        raise NotFound(message % {"words": _shown(quote)})
    if len(found) > 1:
        message = ngettext(
            "The words “%(words)s” stand in %(count)d place."
            " Add the paragraph number, or quote more of them.",
            "The words “%(words)s” stand in %(count)d places."
            " Add the paragraph number, or quote more of them.",
            len(found),
        )
        raise NotFound(message % {"words": _shown(quote), "count": len(found)})
    block, place = found[0]
    return _segment(block, place)


def _not_in_paragraph(anchor: Anchor, among: Sequence[Candidate]) -> str:
    elsewhere = [str(one.block) for one in among if find_typed(one.searchable, anchor.quote)]
    words = {"words": _shown(anchor.quote), "number": anchor.number}
    if len(elsewhere) == 1:
        message = _("The words “%(words)s” are not in ¶ %(number)d. They stand in %(place)s.")
        return message % {**words, "place": elsewhere[0]}
    return _("The words “%(words)s” are not in ¶ %(number)d.") % words


def _segment(block: Block, place: tuple[int, int]) -> Segment:
    start, end = place
    return Segment(block.key, start, end, block.text[start:end])


def _shown(quote: str) -> str:
    return quote if len(quote) <= SHOWN_CHARACTERS else quote[: SHOWN_CHARACTERS - 1] + "…"
