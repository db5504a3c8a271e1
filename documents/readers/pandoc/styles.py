"""What the names of paragraph styles and of classes tell about a block."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from documents.document import Metadata
from documents.names import authors_in
from documents.parsed import ParsedBlock
from documents.rich import InlineMark, Rich, joined

# Kinds that stand only until `settled`: what they hold goes to the metadata or to a neighbour.
_LIFTED = {
    "subtitle": "subtitle",
    "author": "authors",
    "date": "published",
    "abstract": "abstract",
    "keywords": "",
}
STYLED = {"verse", "code", "caption", *_LIFTED, "abstract title"}

# A line that is a paragraph of its own in such a style → what the lines are together.
_LINES = {"code line": "code", "verse line": "verse"}

# Names as Word, LibreOffice and pandoc have them, without case and spaces.
_STYLES: tuple[tuple[str, str], ...] = (
    (r"title|booktitle|essaytitle|documenttitle|titel|titre|título", "heading"),
    (r"subtitle|untertitel|sous-?titre|subtítulo", "subtitle"),
    (r"authors?|byline|autor|auteur", "author"),
    (r"date|datum", "date"),
    (r"abstracttitle|abstractheading", "abstract title"),
    (r"abstract|zusammenfassung", "abstract"),
    (r"pullquote|pullquotation", "pullquote"),
    (r".*(?:verse|poem|poetry|stanza|lyrics?)\w*|lineblock", "verse"),
    (r".*(?:sourcecode|preformatted|htmlpreformatted|codeblock|verbatim|listing)\w*", "code"),
    (r"(?:.*[a-z])?caption(?:edtable)?|figure|table|illustration|drawing|beschriftung", "caption"),
    (r".*(?:quote|quotation|blocktext|extract|epigraph|zitat|citation|cita)\w*", "blockquote"),
)
_KNOWN = [(re.compile(pattern), kind) for pattern, kind in _STYLES]
_CLASSES = {
    "abstract": "abstract",
    "abstract-title": "abstract title",
    "verse": "verse",
    "poem": "verse",
    "poetry": "verse",
    "stanza": "verse",
    "epigraph": "blockquote",
    "caption": "caption",
    # As our own exports write them.
    "pullquote": "pullquote",
    "boilerplate": "boilerplate",
}
# A title page has no more lines than this.
_TOP = 14


def style_kind(name: str, classes: Collection[str] = ()) -> str:
    """What a block of this style is; "" where the name does not tell."""
    plain = re.sub(r"[\s_]+|\(.*\)$", "", name).casefold()
    if plain:
        for pattern, kind in _KNOWN:
            if pattern.fullmatch(plain):
                return kind
    return next((_CLASSES[one] for one in classes if one in _CLASSES), "")


def settled(blocks: list[ParsedBlock]) -> tuple[list[ParsedBlock], Metadata]:
    """Blocks with their last kinds: captions at their pictures and tables, lines of
    verse and of code together, and what a title page holds as metadata."""
    blocks = _together(blocks)
    blocks, metadata = _lifted(blocks)
    return _with_captions(blocks), metadata


def _together(blocks: list[ParsedBlock]) -> list[ParsedBlock]:
    """Lines of code, or of verse, that are paragraphs each, as one block."""
    out: list[ParsedBlock] = []
    above = ""
    for block in blocks:
        kind = _LINES.get(block.kind, "")
        if not kind:
            out.append(block)
        elif kind == above and not (kind == "verse" and "\n" in block.text):
            at = len(out[-1].text)
            whole = joined([out[-1].rich, block.rich], "\n")
            if kind == "verse":
                whole = replace(whole, marks=(*whole.marks, InlineMark(at, at, "br")))
            out[-1] = replace(out[-1], rich=whole)
        else:
            out.append(replace(block, kind=kind))
        # A stanza that is a paragraph already stands for itself.
        above = "" if kind == "verse" and "\n" in block.text else kind
    return out


def _lifted(blocks: list[ParsedBlock]) -> tuple[list[ParsedBlock], Metadata]:
    """What stands at the top in a style of the title page; elsewhere it is a paragraph."""
    values: dict[str, str] = {}
    out: list[ParsedBlock] = []
    for n, block in enumerate(blocks):
        if block.kind == "abstract title" and n < _TOP:
            continue
        if block.kind in _LIFTED and n < _TOP:
            place = _LIFTED[block.kind]
            glue = "; " if place == "authors" else " "
            values[place] = glue.join(filter(None, (values.get(place, ""), block.text)))
        elif block.kind in _LIFTED or block.kind == "abstract title":
            out.append(replace(block, kind="paragraph"))
        else:
            out.append(block)
    values.pop("", None)
    authors = values.pop("authors", "")
    names = tuple(name for one in authors.split("; ") if one for name in authors_in(one) or (one,))
    return out, Metadata(**values, authors=names)


def _with_captions(blocks: list[ParsedBlock]) -> list[ParsedBlock]:
    """Each caption at the picture or table it stands beside; alone it is a figure."""
    out: list[ParsedBlock] = []
    waiting: ParsedBlock | None = None
    for block in blocks:
        if block.kind == "caption" and out and out[-1].kind == "figure" and _is_bare(out[-1]):
            out[-1] = replace(out[-1], rich=under(out[-1].rich, block.rich))
        elif block.kind == "caption":
            _set_down(out, waiting)
            waiting = block
        elif waiting is not None and _takes(block):
            out.append(_captioned(block, waiting.rich))
            waiting = None
        else:
            _set_down(out, waiting)
            waiting = None
            out.append(block)
    _set_down(out, waiting)
    return out


def _set_down(out: list[ParsedBlock], caption: ParsedBlock | None) -> None:
    """A caption that what follows does not take: the table above may."""
    if caption is None:
        return
    if out and out[-1].kind == "table" and _takes(out[-1]):
        out[-1] = _captioned(out[-1], caption.rich)
    else:
        out.append(replace(caption, kind="figure"))


def _takes(block: ParsedBlock) -> bool:
    if block.kind == "table":
        return "<caption>" not in block.html
    return block.kind == "figure" and _is_bare(block)


def _captioned(block: ParsedBlock, caption: Rich) -> ParsedBlock:
    if block.kind == "table":
        return captioned_table(block, caption)
    return replace(block, rich=under(block.rich, caption))


def _is_bare(block: ParsedBlock) -> bool:
    """Whether a figure has a picture and no caption, or only the words of a missing picture."""
    return not block.text or not block.rich.marks


def under(picture: Rich, caption: Rich) -> Rich:
    """A caption under its picture, without emphasis that only says: this is a caption."""
    tags = [tag for tag in ("em", "strong") if caption.wholly(tag)]
    caption = caption.without(*tags)
    marks = tuple(replace(m, start=0, end=0) for m in picture.marks if m.tag == "img")
    return replace(caption, marks=(*marks, *caption.marks))


def captioned_table(table: ParsedBlock, caption: Rich) -> ParsedBlock:
    head = f"<table><caption>{caption.html()}</caption>\n"
    refs = table.rich.clip(0, len(table.text))
    return replace(
        table,
        rich=joined([Rich(caption.text, (), caption.refs), refs], "\n"),
        html=head + table.html.removeprefix("<table>"),
    )
