"""The places in a reading that people point at: made from a selection, or from quoted words."""

from readings.passages.gates import (
    find_gate_places,
    load_gate_places,
)
from readings.passages.marked import (
    MarkedBlock,
    marked_blocks,
)
from readings.passages.segments import (
    MAX_SEGMENTS,
    PassageChange,
    PassageNotFound,
    Segment,
    create_passage,
    locate,
    place_segments,
    segments_of,
)
from readings.passages.selection import (
    Unreadable,
    is_block_key,
    selected,
    ticked,
)

__all__ = [
    "MAX_SEGMENTS",
    "MarkedBlock",
    "PassageChange",
    "PassageNotFound",
    "Segment",
    "Unreadable",
    "create_passage",
    "find_gate_places",
    "is_block_key",
    "load_gate_places",
    "locate",
    "marked_blocks",
    "place_segments",
    "segments_of",
    "selected",
    "ticked",
]
