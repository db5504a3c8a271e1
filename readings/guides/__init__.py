"""Guides: what an instructor adds to a reading, as one Markdown file."""

from readings.guides.actions import (
    AppliedGuide,
    apply_guide,
)
from readings.guides.asked_of import (
    FIRST_WORDS,
    asked_of,
    check_asked_of,
)
from readings.guides.guide_file import (
    FENCE,
    MAX_TITLE,
    Anchor,
    GuideRefused,
    ParsedGuide,
    ParsedItem,
    Problem,
    Source,
    fenced,
    parse_anchor,
    register_reader,
    split_lines,
)
from readings.guides.handlers import (
    Consequence,
    PlacedItem,
    register_handler,
)
from readings.guides.identity import (
    ItemState,
    match_items,
)
from readings.guides.layer import (
    GuideLayer,
)
from readings.guides.matching import (
    find_guide,
)
from readings.guides.places import (
    Candidate,
    NotFound,
    find_place,
    stands_at,
)
from readings.guides.prose import (
    render_line,
    render_prose,
)

__all__ = [
    "FENCE",
    "FIRST_WORDS",
    "MAX_TITLE",
    "Anchor",
    "AppliedGuide",
    "Candidate",
    "Consequence",
    "GuideLayer",
    "GuideRefused",
    "ItemState",
    "NotFound",
    "ParsedGuide",
    "ParsedItem",
    "PlacedItem",
    "Problem",
    "Source",
    "apply_guide",
    "asked_of",
    "check_asked_of",
    "fenced",
    "find_guide",
    "find_place",
    "match_items",
    "parse_anchor",
    "register_handler",
    "register_reader",
    "render_line",
    "render_prose",
    "split_lines",
    "stands_at",
]
