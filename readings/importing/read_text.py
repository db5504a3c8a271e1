"""Plain text as a draft: paragraphs from lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from readings.importing.document import BULLET
from readings.importing.draft import Draft, Piece
from readings.importing.rich import Mark, Rich
from readings.importing.words import TERMINAL, bare

# A file whose long lines are longer than this was not wrapped by hand or by
# a mail program: every line is a paragraph.
_WRAPPED = 110
# Where wrapped lines end: lines shorter than this part of the measure end a
# paragraph.
_SHORT = 0.72
_LONGEST_VERSE = 60
_ITEM = re.compile(
    r"(?P<indent> *)(?:(?P<bullet>[-*+•◦▪‣·–])|(?P<number>\(?\d{1,3}[.)]|\(?[a-z]\))) +(?=\S)"
)
_RULE = re.compile(r"\s*(?:(?:[-*_=~#•·.—–⁂]\s*){3,}|⁂)\s*")
_FORM_FEED = "\f"


@dataclass(frozen=True, slots=True)
class _Group:
    """Lines without an empty line between, and the empty lines above them."""

    lines: tuple[str, ...]
    gap: int


def read_text(text: str) -> Draft:
    """Blocks of a plain text, one line or many to a paragraph."""
    groups = _groups(text.replace(_FORM_FEED, "\n\n").expandtabs(4))
    width = _measure(groups)
    pieces: list[Piece] = []
    for n, group in enumerate(groups):
        for kind, rich, gap, level, marker in _parts(group, width, first=n == 0):
            pieces.append(Piece(len(pieces), kind, rich, level, marker, gap))
    return Draft("text", pieces=tuple(pieces))


def _groups(text: str) -> list[_Group]:
    groups: list[_Group] = []
    lines: list[str] = []
    gap = before = 0
    for line in text.split("\n"):
        if line.strip():
            if not lines:
                before = gap
            lines.append(line.rstrip())
            gap = 0
            continue
        if lines:
            groups.append(_Group(tuple(lines), before))
            lines = []
        gap += 1
    if lines:
        groups.append(_Group(tuple(lines), before))
    return groups


def _measure(groups: list[_Group]) -> int:
    """The length at which lines were wrapped; 0 where they were not."""
    lines = [len(line) for group in groups for line in group.lines]
    if sum(size for size in lines if size > _WRAPPED) * 2 > sum(lines):
        return 0
    lengths = sorted(
        len(line) for group in groups if len(group.lines) > 1 for line in group.lines[:-1]
    )
    if not lengths:
        return 0
    usual = lengths[int(len(lengths) * 0.9)]
    return usual if usual <= _WRAPPED else 0


_Part = tuple[str, Rich, int, int | None, str]


def _parts(group: _Group, width: int, *, first: bool) -> list[_Part]:
    lines = list(group.lines)
    if len(lines) == 1:
        return [_single(lines[0], group.gap)]
    if any(_ITEM.match(line) for line in lines[1:]) or _ITEM.match(lines[0]):
        return _items(lines, group.gap, width)
    if first and _title_lines(lines, width):
        return [_single(line, group.gap if n == 0 else 0) for n, line in enumerate(lines)]
    if _is_verse(lines, width):
        return [_verse(lines, group.gap)]
    if not width:
        return [_single(line, group.gap if n == 0 else 0) for n, line in enumerate(lines)]
    return _prose(lines, group.gap, width)


def _single(line: str, gap: int) -> _Part:
    if _RULE.fullmatch(line) and not any(c.isalnum() for c in line):
        return "rule", Rich(), gap, None, ""
    item = _ITEM.match(line)
    if item:
        return _items([line], gap, 0)[0]
    return "paragraph", Rich(line).squashed(), gap, None, ""


def _title_lines(lines: list[str], width: int) -> bool:
    """A title, a byline and a date, one below the other."""
    if len(lines) > 6 or any(len(line) > 100 for line in lines):
        return False
    return not width or all(len(line) < width * 0.9 for line in lines[:-1])


def _is_verse(lines: list[str], width: int) -> bool:
    """Short lines that no measure has wrapped, most with a large first letter."""
    longest = max(len(line.strip()) for line in lines)
    if longest > _LONGEST_VERSE or (width and longest > width * 0.85):
        return False
    starts = [line.lstrip(' "“‘«—-')[:1] for line in lines]
    large = sum(1 for c in starts if not c.islower())
    return len(lines) >= 3 and (
        large >= len(lines) * 0.7 or all(line.startswith("  ") for line in lines)
    )


def _verse(lines: list[str], gap: int) -> _Part:
    text = "\n".join(" ".join(line.split()) for line in lines)
    breaks = tuple(Mark(at, at, "br") for at, c in enumerate(text) if c == "\n")
    return "verse", Rich(text, breaks), gap, None, ""


def _items(lines: list[str], gap: int, width: int) -> list[_Part]:
    """A list: a line that opens with a marker opens an item.

    A line without one goes on with the item above; where lines are not
    wrapped and it stands at the margin, it is a paragraph.
    """
    out: list[tuple[str, list[str], int | None, str]] = []
    depths: list[int] = []
    for line in lines:
        item = _ITEM.match(line)
        if item is not None:
            indent = len(item["indent"])
            while depths and depths[-1] > indent:
                depths.pop()
            if not depths or depths[-1] < indent:
                depths.append(indent)
            marker = BULLET if item["bullet"] else item["number"]
            out.append(("list_item", [line[item.end() :]], len(depths), marker))
        elif out and (width or (line.startswith(" ") and out[-1][0] == "list_item")):
            out[-1][1].append(line.strip())
        else:
            out.append(("paragraph", [line.strip()], None, ""))
    return [
        (kind, _unwrapped(words), 0 if n else gap, level, marker)
        for n, (kind, words, level, marker) in enumerate(out)
    ]


def _prose(lines: list[str], gap: int, width: int) -> list[_Part]:
    """Wrapped lines as paragraphs.

    A new one begins at an indent, or after a line that ends a sentence well
    before the measure. All lines indented: a quotation.
    """
    indents = [len(line) - len(line.lstrip()) for line in lines]
    quoted = len(lines) > 1 and min(indents) >= 2
    base = min(indents)
    groups: list[list[str]] = []
    for n, line in enumerate(lines):
        above = lines[n - 1] if n else ""
        indented = indents[n] > base and n and indents[n - 1] == base
        ended = n and len(above) < width * _SHORT and bare(above)[-1:] in tuple(TERMINAL)
        if not groups or indented or ended:
            groups.append([])
        groups[-1].append(line.strip())
    kind = "blockquote" if quoted else "paragraph"
    return [
        (kind, _unwrapped(part), gap if n == 0 else 0, None, "") for n, part in enumerate(groups)
    ]


def _unwrapped(lines: list[str]) -> Rich:
    """Lines as one; Chinese and Japanese take no space at a line's end."""
    text = lines[0]
    for line in lines[1:]:
        wide = _wide(text[-1:]) and _wide(line[:1])
        text += line if wide else f" {line}"
    return Rich(text).squashed()


def _wide(c: str) -> bool:
    return "\u2e80" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff" or "\uff00" <= c <= "\uffef"
