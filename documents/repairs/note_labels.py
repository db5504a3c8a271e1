"""What is left of a note's own number at its beginning."""

from __future__ import annotations

import re
from dataclasses import replace

from documents.parsed import ParsedDocument, ParsedNote
from documents.rich import Rich

# The stop of "1. Mill", where the number alone was taken off.
_STOP = re.compile(r"\s*[.:)\]](?:\s*(?=[^\W\d_])|\s+(?=\S))")
_FEWEST = 2


def without_own_labels(parsed: ParsedDocument) -> ParsedDocument:
    """Notes without the stop after their number, and without the number where all keep it.

    In Markdown a note's label stands apart from its words, and leaves no stop in them.
    """
    notes = parsed.notes
    if parsed.format != "markdown":
        notes = tuple(replace(note, rich=without_stop(note.rich)) for note in notes)
    if len(notes) >= _FEWEST and all(_own(note).match(note.rich.text) for note in notes):
        notes = tuple(replace(note, rich=_clipped(note.rich, _own(note))) for note in notes)
    return replace(parsed, notes=notes)


def without_stop(rich: Rich) -> Rich:
    """A note's words without the stop that its number has left."""
    return _clipped(rich, _STOP)


def _own(note: ParsedNote) -> re.Pattern[str]:
    """The note's number, as it opens its own words."""
    label = re.escape(note.number)
    return re.compile(rf"\s*(?:\[{label}\][.:]?|\({label}\)|{label}[.:)])\s+(?=\S)")


def _clipped(rich: Rich, pattern: re.Pattern[str]) -> Rich:
    match = pattern.match(rich.text)
    return rich.clip(match.end(), len(rich.text)) if match else rich
