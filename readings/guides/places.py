"""Finding the place of a guide's item in a text: by paragraph number, quoted words, or both."""

from collections.abc import Sequence
from functools import cached_property

from anchoring import Folded, find_words, fold
from readings.guides.guide_file import Anchor
from readings.models import Block
from readings.passages import Segment

SHOWN_CHARACTERS = 60  # of quoted words that a message repeats: enough to find them in the file


class Candidate:
    """A block in which places are looked for; its text is folded once, and when it is needed."""

    def __init__(self, block: Block) -> None:
        self.block = block

    @cached_property
    def folded(self) -> Folded:
        return fold(self.block.text)


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
        raise NotFound(f"The text has no ¶ {anchor.number}; its last paragraph is ¶ {last}.")
    if not anchor.quote:
        return Segment(found.block.key)
    places = find_words(found.folded, anchor.quote)
    if not places:
        raise NotFound(_not_in_paragraph(anchor, among))
    return _segment(found.block, places[0])


def _find_anywhere(quote: str, among: Sequence[Candidate]) -> Segment:
    found = [(one.block, place) for one in among for place in find_words(one.folded, quote)]
    if not found:
        raise NotFound(f"The words “{_shown(quote)}” are nowhere in the text.")
    if len(found) > 1:
        raise NotFound(
            f"The words “{_shown(quote)}” stand in {len(found)} places."
            " Add the paragraph number, or quote more of them."
        )
    block, place = found[0]
    return _segment(block, place)


def _not_in_paragraph(anchor: Anchor, among: Sequence[Candidate]) -> str:
    elsewhere = [str(one.block) for one in among if find_words(one.folded, anchor.quote)]
    where = f" They stand in {elsewhere[0]}." if len(elsewhere) == 1 else ""
    return f"The words “{_shown(anchor.quote)}” are not in ¶ {anchor.number}.{where}"


def _segment(block: Block, place: tuple[int, int]) -> Segment:
    start, end = place
    return Segment(block.key, start, end, block.text[start:end])


def _shown(quote: str) -> str:
    return quote if len(quote) <= SHOWN_CHARACTERS else quote[: SHOWN_CHARACTERS - 1] + "…"
