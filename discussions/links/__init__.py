"""Links between passages of two readings: made, followed, and seen side by side and as a whole."""

from discussions.links.argument import (
    argument_summary,
)
from discussions.links.guide_items import (
    GuideLinks,
    LinkHandler,
    check_link,
)
from discussions.links.kinds import (
    link_kinds,
)

__all__ = [
    "GuideLinks",
    "LinkHandler",
    "argument_summary",
    "check_link",
    "link_kinds",
]
