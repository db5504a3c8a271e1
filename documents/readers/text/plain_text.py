"""Plain text as a parsed document: paragraphs from lines."""

from __future__ import annotations

import re
from itertools import groupby, pairwise

from documents.document import BULLET
from documents.hyphens import WordCounts
from documents.parsed import ParsedBlock, ParsedDocument, ParseWarning, broken_word
from documents.readers.text.bracket_notes import listed_notes
from documents.readers.text.etext import chapter_headings, raised_bracket_notes
from documents.readers.text.gutenberg import EMPHASIS, dressed, parts_of, with_publisher
from documents.readers.text.line_ends import whole_words
from documents.readers.text.margins import LineGroup, columns, indent_of, line_groups
from documents.readers.text.note_lists import raised_note_lists
from documents.readers.text.paged_text import is_paged, read_paged_text, table_of_rows
from documents.readers.text.symbol_notes import NOTE, raised_symbols, refers
from documents.rich import InlineMark, Rich
from documents.words import TERMINAL, bare, has_case, is_wide, starts_small

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
# A note stands so many groups below what refers to it, at most.
_FARTHEST_NOTE = 15
# A line set further in than this is placed for show.
_DEEPEST_QUOTATION = 12


def read_text(text: str) -> ParsedDocument:
    """Blocks of a plain text, one line or many to a paragraph."""
    if is_paged(text):
        return read_paged_text(text)
    parts = parts_of(text)
    groups = line_groups(parts.text.replace(_FORM_FEED, "\n\n").expandtabs(4))
    reader = _PlainTextReader(*listed_notes(groups))
    blocks = reader.blocks()
    if parts.head:
        blocks = chapter_headings(raised_bracket_notes(blocks))
    blocks = raised_symbols(raised_note_lists(blocks))
    if parts.head or len(EMPHASIS.findall(parts.text)) > 1:
        blocks = [dressed(block) for block in blocks]
    parsed = ParsedDocument("text", blocks=tuple(blocks), warnings=tuple(reader.warnings))
    return with_publisher(parsed, parts)


class _PlainTextReader:
    """Makes blocks of groups of lines, in the measure that most were wrapped at."""

    def __init__(self, groups: list[LineGroup], notes: set[int]) -> None:
        self.groups, self.notes = groups, notes
        self.width = _measure(groups)
        self.words = WordCounts(line for group in groups for line in group.lines)
        self.warnings: list[ParseWarning] = []
        # Where paragraphs open with an indent, a lone indented line is no quotation.
        self.indents = any(
            len(g.lines) > 2 and g.lines[0][:1] == " " and g.lines[1][:1] not in {" ", ""}
            for g in groups
        )

    def blocks(self) -> list[ParsedBlock]:
        out: list[ParsedBlock] = []
        for n, group in enumerate(self.groups):
            at = len(out)
            whole, doubts = self._whole_words(group)
            for kind, rich, gap, level, marker, html in self._parts(n, whole):
                out.append(ParsedBlock(len(out), kind, rich, level, marker, gap, html=html))
            self.warnings += [
                ParseWarning("hyphen_at_break", at, broken_word(seam)) for seam in doubts
            ]
        return out

    def _whole_words(self, group: LineGroup) -> tuple[LineGroup, list[str]]:
        if _table(group):
            return group, []
        lines, doubts = whole_words(group.lines, self.words)
        return LineGroup(tuple(lines), group.gap), doubts

    def _parts(self, n: int, group: LineGroup) -> list[_Part]:
        if self._is_note(n, group):
            words = _unwrapped([line.strip() for line in group.lines])
            return [("paragraph", words, group.gap, None, "", "")]
        table = _table(group)
        if table is not None:
            return [table]
        if self._is_lone_quotation(n, group):
            return [("blockquote", Rich(group.lines[0]).squashed(), group.gap, None, "", "")]
        return [(*part, "") for part in _parts(group, self.width, first=n == 0)]

    def _is_note(self, n: int, group: LineGroup) -> bool:
        """Whether a listed number, or a sign that a paragraph above ends in, opens this group."""
        if n in self.notes:
            return True
        match = NOTE.match(group.lines[0])
        if match is None:
            return False
        above = self.groups[max(0, n - _FARTHEST_NOTE) : n]
        return any(refers(line, match["symbol"]) for one in above for line in one.lines)

    def _is_lone_quotation(self, n: int, group: LineGroup) -> bool:
        """One line on an indent, alone: a block quotation, if a sentence is whole in it."""
        line = group.lines[0]
        if len(group.lines) > 1 or not line.startswith("  ") or not n or _ITEM.match(line):
            return False
        text = line.strip()
        if not any(c.isalpha() for c in text) or _RULE.fullmatch(line):
            return False
        introduced = self.groups[n - 1].lines[-1].rstrip().endswith((":", "："))
        indent = len(line) - len(text)
        centred = bool(self.width) and abs(self.width - len(text) - 2 * indent) <= 3
        if bare(text)[-1:] not in tuple(TERMINAL) or indent > _DEEPEST_QUOTATION:
            return False
        return introduced or not (self.indents or centred)


def _table(group: LineGroup) -> _Part | None:
    """A group that is rows of cells, and nothing else."""
    if len(group.lines) < 2 or any(line.count("  ") == 0 for line in map(str.strip, group.lines)):
        return None
    if any(_ITEM.match(line) for line in group.lines):
        return None
    rich, html = table_of_rows(group.lines)
    return ("table", rich, group.gap, None, "", html) if html else None


def _measure(groups: list[LineGroup]) -> int:
    """The length at which lines were wrapped; 0 where they were not."""
    lines = [columns(line) for group in groups for line in group.lines]
    if sum(size for size in lines if size > _WRAPPED) * 2 > sum(lines):
        return 0
    lengths = sorted(
        columns(line) for group in groups if len(group.lines) > 1 for line in group.lines[:-1]
    )
    if not lengths:
        return 0
    usual = lengths[int(len(lengths) * 0.9)]
    return usual if usual <= _WRAPPED else 0


_UntabledPart = tuple[str, Rich, int, int | None, str]
_Part = tuple[str, Rich, int, int | None, str, str]


def _parts(group: LineGroup, width: int, *, first: bool) -> list[_UntabledPart]:
    lines = list(group.lines)
    if len(lines) == 1:
        return [_single(lines[0], group.gap)]
    if any(_ITEM.match(line) for line in lines[1:]) or _ITEM.match(lines[0]):
        return _items(lines, group.gap, width)
    if first and _title_lines(lines, width):
        return [_single(line, group.gap if n == 0 else 0) for n, line in enumerate(lines)]
    if _is_verse(lines, width):
        return [_verse(lines, group.gap)]
    return _prose(lines, group.gap, width) if width else _long_lines(lines, group.gap)


def _long_lines(lines: list[str], gap: int) -> list[_UntabledPart]:
    """A paragraph to a line; lines among them that were wrapped on an indent are a quotation."""
    out: list[_UntabledPart] = []
    for indented, run in groupby(lines, key=lambda line: indent_of(line) >= 2):
        part = list(run)
        words = [line.strip() for line in part]
        longest = max(map(len, words))
        if indented and len(part) > 1 and longest <= _WRAPPED and _is_wrapped(words, longest):
            out.append(("blockquote", _unwrapped(words), gap, None, ""))
        else:
            out += [_single(line, gap) for line in part]
    return [
        (kind, rich, 0 if n else gap, level, marker)
        for n, (kind, rich, _gap, level, marker) in enumerate(out)
    ]


def _single(line: str, gap: int) -> _UntabledPart:
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
    return not width or all(columns(line) < width * 0.9 for line in lines[:-1])


def _is_verse(lines: list[str], width: int) -> bool:
    """Short lines that no measure has wrapped, most with a large first letter."""
    longest = max(len(line.strip()) for line in lines)
    room = max(columns(line.strip()) for line in lines)
    if longest > _LONGEST_VERSE or (width and room > width * 0.85):
        return False
    if _is_wrapped([line.strip() for line in lines], longest):
        return False
    starts = [line.lstrip(' "“‘«—-')[:1] for line in lines]
    large = sum(1 for c in starts if not c.islower())
    return len(lines) >= 3 and (
        large >= len(lines) * 0.7 or all(line.startswith("  ") for line in lines)
    )


def _is_wrapped(lines: list[str], longest: int) -> bool:
    """Whether no line has room for the first word of the next, and a sentence goes on."""
    if has_case("".join(lines)):
        runs_on = any(starts_small(line) for line in lines[1:])
    else:
        runs_on = any(line[-1].isalnum() for line in lines[:-1])
    return runs_on and all(
        len(line) + 1 + len(after.split()[0]) > longest for line, after in pairwise(lines)
    )


def _verse(lines: list[str], gap: int) -> _UntabledPart:
    text = "\n".join(" ".join(line.split()) for line in lines)
    breaks = tuple(InlineMark(at, at, "br") for at, c in enumerate(text) if c == "\n")
    return "verse", Rich(text, breaks), gap, None, ""


def _items(lines: list[str], gap: int, width: int) -> list[_UntabledPart]:
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


def _prose(lines: list[str], gap: int, width: int) -> list[_UntabledPart]:
    """Wrapped lines as paragraphs.

    A new one begins at an indent, or after a line that ends a sentence well
    before the measure. All lines indented: a quotation.
    """
    indents = [indent_of(line) for line in lines]
    quoted = len(lines) > 1 and min(indents) >= 2
    base = min(indents)
    groups: list[list[str]] = []
    for n, line in enumerate(lines):
        above = lines[n - 1] if n else ""
        indented = indents[n] > base and n and indents[n - 1] == base
        ended = n and columns(above) < width * _SHORT and bare(above)[-1:] in tuple(TERMINAL)
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
        wide = is_wide(text[-1:]) and is_wide(line[:1])
        text += line if wide else f" {line}"
    return Rich(text).squashed()
