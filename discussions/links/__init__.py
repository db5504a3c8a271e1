"""Links between passages of two readings: made, followed, and seen side by side and as a whole."""

from discussions.links.argument import (
    argument_summary,
)
from discussions.links.kinds import (
    link_kinds,
)

__all__ = [
    "argument_summary",
    "link_kinds",
]
