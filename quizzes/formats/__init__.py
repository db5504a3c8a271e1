"""Questions in files: each format reads into and writes from the same plain data."""

from quizzes.formats.guide_items import (
    CheckpointHandler,
    read_sources,
)

__all__ = [
    "CheckpointHandler",
    "read_sources",
]
