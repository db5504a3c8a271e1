"""Markdown as a parsed document, by way of pandoc's tree."""

from __future__ import annotations

import re
from typing import Any

from documents.messages import gettext_lazy as _
from documents.parsed import ParsedDocument
from documents.progress import OnProgress, silent
from documents.readers.markup.angle_words import with_angle_words
from documents.readers.markup.labelled_notes import MARKDOWN_NOTES, LabelledNotes
from documents.readers.pandoc.chunks import chunks
from documents.readers.pandoc.placeholders import LONG, Placeholders
from documents.readers.pandoc.program import pandoc_json
from documents.readers.pandoc.tree import TreeReader

# CommonMark is the Markdown that most programs write, and pandoc reads it ten
# times faster than its own dialect, so that one is for texts that use it.
_COMMONMARK = (
    "commonmark+footnotes+yaml_metadata_block+pipe_tables+bracketed_spans"
    "+definition_lists+strikeout+fenced_divs+task_lists"
)
_PANDOC = (
    "markdown-smart-citations-fancy_lists-example_lists-raw_tex-latex_macros-implicit_figures"
    "-blank_before_header-tex_math_dollars-raw_attribute+lists_without_preceding_blankline"
)
_PANDOC_SYNTAX = re.compile(
    r"\^\[|^\| +[^|\n]*\n\| +[^|\n]*$|^\+[-=]{3,}|^ *-{3,} +-{3,}[- ]*$|"
    r"\w~[\w+-]{1,6}~|\w\^[\w+-]{1,6}\^|\A%|^\(@[\w-]*\) ",
    re.MULTILINE,
)
_EXAMPLES = re.compile(r"^\(@[\w-]*\) ", re.MULTILINE)
# pandoc's own dialect takes 20 s for 5 MB.
_PANDOC_MOST = 1_000_000


def read_markdown(text: str, on_progress: OnProgress = silent) -> ParsedDocument:
    """Blocks, notes and metadata of a Markdown text, as they are written.

    Raises ImportRefused for what pandoc cannot read within its limits.
    """
    own = len(text) < _PANDOC_MOST and _PANDOC_SYNTAX.search(text)
    dialect = _PANDOC if own else _COMMONMARK
    if own and _EXAMPLES.search(text):
        dialect = dialect.replace("-example_lists", "+example_lists")
    notes = LabelledNotes(MARKDOWN_NOTES)
    tree = _tree(notes.marked(text), dialect, notes, on_progress)
    return TreeReader("markdown").read(notes.settled(with_angle_words(tree)))


def _tree(text: str, dialect: str, notes: LabelledNotes, on_progress: OnProgress) -> dict[str, Any]:
    """pandoc's tree; that of a long text is made of many, with its words for the placeholders."""
    if dialect != _COMMONMARK or len(text) < LONG:
        return pandoc_json(text, dialect, notes.restored)
    placeholders = Placeholders()

    def restored(tree: str) -> str:
        return notes.restored(placeholders.restored(tree))

    tree: dict[str, Any] = {}
    pieces = list(chunks(placeholders.insert(text)))
    for done, piece in enumerate(pieces):
        on_progress(_("Reading the text"), 100 * done // len(pieces))
        found = pandoc_json(piece, dialect, restored)
        if tree:
            tree["blocks"] += found["blocks"]
        else:
            tree = found
    return tree
