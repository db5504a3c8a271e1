"""Words that somebody chose on a page, as forms send them: a selection, or ticked sentences."""

import json
import re
from collections.abc import Sequence

from django.utils.translation import gettext_lazy

from readings.passages.segments import MAX_SEGMENTS, Segment

UNREADABLE = gettext_lazy("The words you chose could not be read. Select them again.")

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Unreadable(ValueError):
    """What was sent names no words; the message says what to do."""

    def __init__(self) -> None:
        super().__init__(UNREADABLE)


def is_block_key(key: str) -> bool:
    """Whether this can be a block's key at all: JSON and URLs can hold what no database does."""
    return key.isprintable()


def selected(text: str) -> list[Segment]:
    """Read the segments of a selection, a JSON list; raise Unreadable."""
    try:
        segments = [
            Segment(str(row["block"]), int(row["start"]), int(row["end"]), str(row["exact"]))
            for row in json.loads(text)[: MAX_SEGMENTS + 1]
        ]
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        raise Unreadable from None
    if not segments or any(
        one.start < 0 or one.end <= one.start or not is_block_key(one.block_key)  # type: ignore[operator]
        for one in segments
    ):
        raise Unreadable
    if any(_LONE_SURROGATE.search(one.quote) for one in segments):
        raise Unreadable  # half a letter, which JSON can hold and no page can be written with
    return segments


def ticked(block: str, sentences: Sequence[str]) -> list[Segment]:
    """Return from the first sentence that is ticked to the last; raise Unreadable.

    Each is START-END in code points; what is between belongs to it.
    """
    try:
        edges = [tuple(map(int, value.split("-"))) for value in sentences]
        start, end = min(edge[0] for edge in edges), max(edge[1] for edge in edges)
    except (ValueError, IndexError):
        raise Unreadable from None
    if not 0 <= start < end or not is_block_key(block):
        raise Unreadable
    return [Segment(block, start, end)]
