"""The words of one block while it is edited: cut, joined, fitted to a kind and written back."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape, unescape

from documents.document import KINDS, DocumentBlock, DocumentNote, NoteRef
from documents.editing.plain_form import clean, plain_of, rich_of_html, rich_of_plain
from documents.rich import VOID, InlineMark, Rich
from documents.sanitise import sanitised, text_content

HEADING_LEVELS = range(1, 7)
LIST_LEVELS = range(1, 10)
# The kinds that a block with words can be made into.
KINDS_OF_WORDS = tuple(kind for kind in KINDS if kind not in {"rule", "table"})
# Between letters of these no space stands: Han, kana, fullwidth forms.
_UNSPACED = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_IMG = re.compile(r"<img\b[^>]*>")
_SRC = re.compile(r'\bsrc="([^"]*)"')
_ALT = re.compile(r'\balt="([^"]*)"')


def pictures_of(block: DocumentBlock) -> list[tuple[str, str]]:
    """(address, alternative text) of each picture in a block."""
    return [(_value(_SRC, tag), _value(_ALT, tag)) for tag in _IMG.findall(block.html)]


def _value(attribute: re.Pattern[str], tag: str) -> str:
    found = attribute.search(tag)
    return unescape(found[1]) if found else ""


def described(block: DocumentBlock, picture: int, alt: str) -> DocumentBlock:
    """The block with this text for its picture at that index; raise IndexError without one."""
    tag = list(_IMG.finditer(block.html))[picture]
    words = escape(" ".join(clean(alt).split()))
    new = f'<img src="{escape(_value(_SRC, tag.group()))}" alt="{words}">'
    html = f"{block.html[: tag.start()]}{new}{block.html[tag.end() :]}"
    return replace(block, html=sanitised(html, table=block.kind == "table"))


def plain_words(block: DocumentBlock) -> str:
    """The words of a block as edits.Reword takes them; of plain code, as they are."""
    if is_raw(block):
        return block.text
    return plain_of(rich_of(block))


def plain_note(note: DocumentNote) -> str:
    return plain_of(rich_of_html(note.html))


def is_raw(block: DocumentBlock) -> bool:
    """Whether a block is code without markup, where every sign stands for itself."""
    return block.kind == "code" and not block.note_refs and "<" not in block.html


def rich_of(block: DocumentBlock) -> Rich:
    return rich_of_html(block.html, block.note_refs)


def typed(block: DocumentBlock, words: str) -> Rich:
    """What a person has typed as the new words of a block."""
    if is_raw(block):
        return Rich(clean(words).strip("\n"))
    return rich_of_plain(words, lines=block.kind in {"verse", "code"})


def note_of(number: str, words: str) -> DocumentNote:
    """A note with these words; a reference to a note has no place in one, and stays as typed."""
    html = sanitised(rich_of_plain(words, refs=False).squashed().html())
    return DocumentNote(number, text_content(html), html)


def fitted(rich: Rich, kind: str) -> Rich:
    """White space as a block of this kind has it: lines in verse, everything in code."""
    return rich if kind == "code" else rich.squashed(lines=kind == "verse")


def broken_into_lines(rich: Rich) -> Rich:
    """Line breaks as verse has them: with a line end that is the text's own."""
    breaks = {m.start for m in rich.marks if m.tag == "br"}
    text = "".join("\n" if at in breaks and c.isspace() else c for at, c in enumerate(rich.text))
    return replace(rich, text=text)


def written(block: DocumentBlock, rich: Rich) -> DocumentBlock:
    """The block with these words, sanitised; its text is the text content of its HTML."""
    html = sanitised(rich.html())
    text = text_content(html)
    refs = sorted(rich.refs, key=lambda ref: ref.offset)
    placed = tuple(NoteRef(ref.number, min(max(ref.offset, 0), len(text))) for ref in refs)
    return replace(block, text=text, html=html, note_refs=placed)


def cut(rich: Rich, at: int) -> tuple[Rich, Rich]:
    """The two parts of a text. What has no width at the cut itself belongs to the first."""
    return _part(rich, 0, at), _part(rich, at, len(rich.text))


def _part(rich: Rich, start: int, end: int) -> Rich:
    def inside(place: int) -> bool:
        return start < place <= end or place == start == 0

    def kept(mark: InlineMark) -> bool:
        if mark.tag in VOID:
            return inside(mark.start) and not (mark.tag == "br" and mark.start == end)
        return mark.start < end and mark.end > start

    marks = tuple(
        replace(m, start=max(m.start, start) - start, end=min(m.end, end) - start)
        for m in rich.marks
        if kept(m)
    )
    refs = tuple(NoteRef(r.number, r.offset - start) for r in rich.refs if inside(r.offset))
    return Rich(rich.text[start:end], marks, refs)


def glue(kind: str, left: str, right: str) -> str:
    """What stands between two texts that become one block of this kind."""
    if not left or not right or (_UNSPACED.match(left[-1]) and _UNSPACED.match(right[0])):
        return ""
    return "\n" if kind in {"verse", "code"} else " "
