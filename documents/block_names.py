"""What blocks and notes are called: in links, in ids, and by people."""

from __future__ import annotations

import re


def block_anchor(number: int | None, key: str) -> str:
    """Where a link to a block leads: `p12` where it has a paragraph number, else `b-<key>`."""
    return f"p{number}" if number else f"b-{key}"


def paragraph_label(number: int | None) -> str:
    """What people cite a paragraph by: “¶ 12”; nothing for a block without a number."""
    return f"¶ {number}" if number else ""


def note_name(number: str) -> str:
    """Return the note's number as it may stand in an id: “7” as it is, “*” as its code."""
    return re.sub(r"[^0-9A-Za-z_-]", lambda found: f"-{ord(found.group()):x}", number)
