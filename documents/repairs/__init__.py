"""What the road to the file has broken, put right.

Each repair is a named function from parsed document to parsed document: it asks
`parsed.allows(name, text)` before it acts and lists what it did. The order
matters, and is this one.
"""

from __future__ import annotations

from collections.abc import Callable

from documents.parsed import ParsedDocument
from documents.repairs.boilerplate import marked_boilerplate
from documents.repairs.characters import suspect_characters, unescaped_links
from documents.repairs.figures import found_figures
from documents.repairs.front_matter import (
    lifted_author_note,
    lifted_to_metadata,
)
from documents.repairs.headings import (
    found_headings,
    headed_lists,
    levelled_headings,
    restored_numbers,
    unwrapped_headings,
)
from documents.repairs.note_labels import without_own_labels
from documents.repairs.notes import bound_notes
from documents.repairs.pages import joined_over_page
from documents.repairs.pullquotes import set_apart_pull_quotes
from documents.repairs.quotations import found_quotations
from documents.repairs.running_headers import removed_outer_rules, removed_running_headers
from documents.repairs.title_page import doubted_title_page
from documents.repairs.titles import found_title

REPAIRS: tuple[Callable[[ParsedDocument], ParsedDocument], ...] = (
    unescaped_links,
    # Notes first: where they stood, a page ended.
    bound_notes,
    without_own_labels,
    restored_numbers,
    found_title,
    lifted_to_metadata,
    # Pull quotes before rules: the rules about them are the page's.
    set_apart_pull_quotes,
    removed_running_headers,
    joined_over_page,
    marked_boilerplate,
    lifted_author_note,
    removed_outer_rules,
    found_figures,
    headed_lists,
    found_headings,
    unwrapped_headings,
    levelled_headings,
    found_quotations,
    doubted_title_page,
    suspect_characters,
)

# Every name that a repair may be listed, and refused, under.
NAMES = (
    "unescaped_links",
    "bound_note",
    "found_title",
    "lifted_to_metadata",
    "set_apart_pull_quote",
    "removed_running_header",
    "joined_over_page",
    "marked_boilerplate",
    "found_figure",
    "found_heading",
    "restored_number",
    "unwrapped_heading",
    "levelled_heading",
    "found_quotation",
)


def repaired(parsed: ParsedDocument) -> ParsedDocument:
    for repair in REPAIRS:
        parsed = repair(parsed)
    return parsed
