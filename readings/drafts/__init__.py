"""Drafts: files being read and put right, until they are published."""

from readings.drafts.actions import (
    import_now,
    publish,
)
from readings.drafts.import_actions import (
    discard,
)

__all__ = [
    "discard",
    "import_now",
    "publish",
]
