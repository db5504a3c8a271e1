"""Texts of Project Gutenberg and its like: what they set about and into a book."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from documents.document import Metadata
from documents.messages import gettext_lazy as _
from documents.names import authors_in
from documents.parsed import AppliedRepair, ParsedBlock, ParsedDocument, repair_id, shortened
from documents.rich import InlineMark, Rich

_START = re.compile(
    r"^\*{3} ?START OF (?:THE|THIS) PROJECT GUTENBERG E(?:BOOK|TEXT)[^\n]*\n",
    re.IGNORECASE | re.MULTILINE,
)
_END = re.compile(
    r"^(?:\*{3} ?END OF (?:THE|THIS) PROJECT GUTENBERG|End of (?:the )?Project Gutenberg)",
    re.IGNORECASE | re.MULTILINE,
)
_FIELD = re.compile(r"^(Title|Author|Language):[ \t]*(.+(?:\n[ \t]+\S.*)*)", re.MULTILINE)
# As the head of older texts says it in one line.
_OLD_HEAD = re.compile(
    r"^\W*(?:The )?Project Gutenberg(?:['’]?s)? (?:EBook|E-?text) of "
    r"(?P<title>.+?), by (?P<author>.+?)\W*$",
    re.IGNORECASE | re.MULTILINE,
)
_LANGUAGES = {
    "english": "en", "french": "fr", "german": "de", "spanish": "es", "italian": "it",
    "portuguese": "pt", "dutch": "nl", "latin": "la", "finnish": "fi", "swedish": "sv",
    "danish": "da", "polish": "pl", "chinese": "zh", "japanese": "ja", "greek": "el",
    "esperanto": "eo", "hungarian": "hu", "russian": "ru", "turkish": "tr",
}  # fmt: skip
_PRODUCED = re.compile(r"(?:produced|e-text prepared|transcribed) (?:by|from)\b", re.IGNORECASE)
_TRANSCRIBER = re.compile(r"\[?transcriber['’]?s? notes?\b", re.IGNORECASE)
_ILLUSTRATION = re.compile(r"\[illustration(?::\s*(?P<words>.*?))?\s*\]", re.IGNORECASE | re.DOTALL)
EMPHASIS = re.compile(r"(?<![\w_])_(?=[^\s_])([^_]{1,400}?)(?<=[^\s_])_(?![\w_])")


@dataclass(frozen=True, slots=True)
class GutenbergParts:
    """A text without what its publisher set above and below it, and that."""

    text: str
    head: str = ""
    foot: str = ""


def parts_of(text: str) -> GutenbergParts:
    start = _START.search(text)
    if start is None:
        return GutenbergParts(text)
    end = _END.search(text, start.end())
    stop = end.start() if end else len(text)
    return GutenbergParts(text[start.end() : stop], text[: start.end()], text[stop:])


def stated(head: str) -> Metadata:
    """Title, author and language as the head states them."""
    old = _OLD_HEAD.search(head)
    fields = old.groupdict() if old else {}
    fields |= {m[1].lower(): " ".join(m[2].split()) for m in _FIELD.finditer(head)}
    authors = authors_in(fields.get("author", ""))
    if not authors and fields.get("author"):
        authors = (fields["author"],)
    return Metadata(
        title=fields.get("title", ""),
        authors=authors,
        language=_LANGUAGES.get(fields.get("language", "").lower(), ""),
    )


def with_publisher(parsed: ParsedDocument, parts: GutenbergParts) -> ParsedDocument:
    """The publisher's words kept, and marked, below the text."""
    if not parts.head:
        return parsed
    blocks = list(parsed.blocks)
    repairs: list[AppliedRepair] = []
    for n, block in enumerate(blocks[:6]):
        if _PRODUCED.match(block.text):
            blocks[n] = replace(block, kind="boilerplate", level=None, marker="")
    for paragraph in re.split(r"\n\s*\n", f"{parts.head}\n\n{parts.foot}"):
        rich = Rich(paragraph).squashed()
        if rich:
            uid = len(blocks)
            blocks.append(ParsedBlock(uid, "boilerplate", rich))
            detail = _("Of the publication: %(words)s", words=shortened(rich.text))
            repairs.append(
                AppliedRepair(
                    "marked_boilerplate", uid, detail, repair_id("marked_boilerplate", rich.text)
                )
            )
    metadata = stated(parts.head)
    return replace(
        parsed, blocks=tuple(blocks), repairs=(*parsed.repairs, *repairs), metadata=metadata
    )


def dressed(block: ParsedBlock) -> ParsedBlock:
    """A block with _emphasis_ as emphasis, and what stands for a picture as a figure."""
    if block.kind in {"code", "table", "rule"}:
        return block
    picture = _ILLUSTRATION.fullmatch(block.text)
    if picture:
        at = picture.span("words") if picture["words"] else (0, 0)
        return replace(block, kind="figure", level=None, rich=block.rich.clip(*at).squashed())
    if _TRANSCRIBER.match(block.text):
        return replace(block, kind="boilerplate", level=None, marker="")
    return replace(block, rich=emphasised(block.rich)) if "_" in block.text else block


def emphasised(rich: Rich) -> Rich:
    for match in reversed(list(EMPHASIS.finditer(rich.text))):
        start, end = match.span()
        text = rich.text[:start] + match[1] + rich.text[end:]

        def place(at: int, start: int = start, end: int = end) -> int:
            return at if at <= start else at - 2 if at >= end else min(at - 1, end - 2)

        rich = rich.mapped(text, place)
        marks = (*rich.marks, InlineMark(start, end - 2, "em"))
        rich = replace(rich, marks=tuple(sorted(marks, key=lambda m: (m.start, -m.end))))
    return rich
