"""What only a person can tell of a title page: said, and left as it is."""

from __future__ import annotations

from dataclasses import replace

from documents.document import Metadata
from documents.messages import gettext_lazy as _
from documents.parsed import ParsedBlock, ParsedDocument, ParseWarning, shortened
from documents.words import ends_sentence, is_capitals

# Lines between the title and the text that are no paragraphs are shorter, and few.
_LONGEST = 100
_MOST = 4
_FEWEST_LETTERS = 8


def doubted_title_page(parsed: ParsedDocument) -> ParsedDocument:
    """Asks about lines that stand between title and text, and about a title in capitals."""
    if not parsed.blocks or not parsed.blocks[0].title:
        return parsed
    warnings = [
        ParseWarning(
            "line_under_title",
            block.uid,
            _(
                "It stands between the title and the text, and is counted as a paragraph. Is it "
                "a subtitle, a motto or a date? %(words)s",
                words=shortened(block.text),
            ),
        )
        for block in _lines(parsed.blocks[1:])
    ]
    if _lost_small_letters(parsed.metadata):
        message = _(
            "The title or a name is in capitals throughout. If they are those of a page’s design, "
            "write it as the author does."
        )
        warnings.append(ParseWarning("in_capitals", parsed.blocks[0].uid, message))
    return replace(parsed, warnings=(*parsed.warnings, *warnings))


def _lines(blocks: tuple[ParsedBlock, ...]) -> list[ParsedBlock]:
    """The short lines under a title that a paragraph of the text follows."""
    lines: list[ParsedBlock] = []
    for block in blocks:
        if not _is_line(block):
            return lines if block.kind == "paragraph" and len(lines) <= _MOST else []
        lines.append(block)
    return []


def _is_line(block: ParsedBlock) -> bool:
    if block.kind != "paragraph" or len(block.text) > _LONGEST:
        return False
    return block.rich.wholly("em") or not ends_sentence(block.text)


def _lost_small_letters(metadata: Metadata) -> bool:
    title = metadata.title
    letters = sum(c.isalpha() for c in title)
    long = letters >= _FEWEST_LETTERS and len(title.split()) > 1
    return (long and is_capitals(title)) or any(map(is_capitals, metadata.authors))
