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
from readings.guides.draft_actions import (
    begin_draft,
    put_item,
)
from readings.guides.draft_items import (
    DraftItem,
    ItemChanged,
    NoGuideDraft,
    check_item,
    draft_of,
    end_of_paragraph,
    parse_draft,
)
from readings.guides.draft_page import (
    block_at,
    blocks_of,
    live_draft,
)
from readings.guides.draft_parts import (
    PartMark,
    register_parts,
)
from readings.guides.draft_responses import (
    DRAFT_IS_GONE,
    block_in,
    tell_changed,
    to_draft,
    version_in,
)
from readings.guides.draft_steps import (
    hold_draft,
    save_items,
)
from readings.guides.gate_effects import (
    register_writers,
)
from readings.guides.gates import (
    note_gates,
    set_gate,
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
    format_guide,
    parse_anchor,
    parse_guide,
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
from readings.guides.kept_forms import (
    KeptForm,
)
from readings.guides.layer import (
    GuideLayer,
)
from readings.guides.link_ends import (
    Hindrance,
    LinkOffers,
    attach_waiting,
    register_link_ends,
)
from readings.guides.link_items import (
    LinkItem,
    link_of,
    read_link,
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
from readings.guides.unfinished import (
    DraftPlace,
    SentForm,
    Unfinished,
    take_finished,
)
from readings.guides.unfinished_responses import (
    form_answer,
    kept_for,
    kept_key,
    save_or_keep,
)
from readings.guides.unfinished_shown import (
    ItemForms,
    ShownUnfinished,
    register_part_forms,
)

__all__ = [
    "DRAFT_IS_GONE",
    "FENCE",
    "FIRST_WORDS",
    "MAX_TITLE",
    "Anchor",
    "AppliedGuide",
    "Candidate",
    "Consequence",
    "DraftItem",
    "DraftPlace",
    "GuideLayer",
    "GuideRefused",
    "Hindrance",
    "ItemChanged",
    "ItemForms",
    "ItemState",
    "KeptForm",
    "LinkItem",
    "LinkOffers",
    "NoGuideDraft",
    "NotFound",
    "ParsedGuide",
    "ParsedItem",
    "PartMark",
    "PlacedItem",
    "Problem",
    "SentForm",
    "ShownUnfinished",
    "Source",
    "Unfinished",
    "apply_guide",
    "asked_of",
    "attach_waiting",
    "begin_draft",
    "block_at",
    "block_in",
    "blocks_of",
    "check_asked_of",
    "check_item",
    "draft_of",
    "end_of_paragraph",
    "fenced",
    "find_guide",
    "find_place",
    "form_answer",
    "format_guide",
    "hold_draft",
    "kept_for",
    "kept_key",
    "link_of",
    "live_draft",
    "match_items",
    "note_gates",
    "parse_anchor",
    "parse_draft",
    "parse_guide",
    "put_item",
    "read_link",
    "register_handler",
    "register_link_ends",
    "register_part_forms",
    "register_parts",
    "register_reader",
    "register_writers",
    "render_line",
    "render_prose",
    "save_items",
    "save_or_keep",
    "set_gate",
    "split_lines",
    "stands_at",
    "take_finished",
    "tell_changed",
    "to_draft",
    "version_in",
]
