"""What becomes of a reading and its passages when the text changes."""

from readings.revisions.alignments import (
    Overtaken,
    blocks_of,
    keep_alignment,
    repeat_when_overtaken,
)
from readings.revisions.apply import (
    lock_essay,
    lock_reading,
    lock_to_move,
    reanchor_reading,
)
from readings.revisions.http import (
    chosen_readings,
    lead_to_revision,
)
from readings.revisions.outcomes import (
    TextChange,
)
from readings.revisions.queries import (
    forward_reanchoring,
    newer_revision,
)
from readings.revisions.stale_selection import (
    TextRevised,
    create_passage_as_seen,
    prepare_selection,
)

__all__ = [
    "Overtaken",
    "TextChange",
    "TextRevised",
    "blocks_of",
    "chosen_readings",
    "create_passage_as_seen",
    "forward_reanchoring",
    "keep_alignment",
    "lead_to_revision",
    "lock_essay",
    "lock_reading",
    "lock_to_move",
    "newer_revision",
    "prepare_selection",
    "reanchor_reading",
    "repeat_when_overtaken",
]
