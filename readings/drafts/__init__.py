"""Drafts: files being read and put right, until they are published."""

from readings.drafts.actions import (
    import_now,
    publish,
)

__all__ = [
    "import_now",
    "publish",
]
