"""What becomes of a reading and its passages when the text changes."""

from readings.revisions.actions import (
    move_reading,
)
from readings.revisions.apply import (
    blocks_of,
    lock_essay,
    lock_reading,
    text_change,
)
from readings.revisions.http import (
    chosen_readings,
    published,
)
from readings.revisions.outcomes import (
    TextChange,
)
from readings.revisions.queries import (
    newer_for,
)
from readings.revisions.stale_selection import (
    TextRevised,
    create_passage_as_seen,
)

__all__ = [
    "TextChange",
    "TextRevised",
    "blocks_of",
    "chosen_readings",
    "create_passage_as_seen",
    "lock_essay",
    "lock_reading",
    "move_reading",
    "newer_for",
    "published",
    "text_change",
]
