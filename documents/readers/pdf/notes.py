"""Notes at the foot of a column: told from the text by size, a rule and their labels."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from documents.readers.pdf.characters import SUP, Box
from documents.readers.pdf.lines import TextLine
from documents.readers.pdf.measures import Measures, TextColumn
from documents.readers.pdf.runs import TextSpan
from documents.words import ends_sentence, has_case, is_wide, starts_small

# Notes are set smaller than the text by this much, unless a rule stands above.
_SMALLER = 0.945
_LABEL = re.compile(
    r"(?:(?P<number>\d{1,3})(?P<stop>[.)]?)|\[(?P<bracket>\d{1,3})\]|(?P<sign>[*†‡§¶]{1,3}))\s*"
)
_RAISED = re.compile(r"\d{1,4}|[*†‡§¶]{1,3}|[a-z]")
# Numbers may be left out between one note and the next: pages without notes, or a lost one.
_MOST_SKIPPED = 3
_ITEM = re.compile(r"\d{1,3}[.)]\s")
# The end of a note, alone on a page, has so many lines at most.
_LONGEST_REST = 8
# A line that a page's end has cut reaches this far, where widths are guessed.
_FULL = 0.8


@dataclass(slots=True)
class PageNote:
    """A note, with the label that it is printed under; `raised` says how."""

    label: str
    raised: bool
    lines: list[TextLine]
    page: int
    bracket: bool = False
    # Whether the text above it, on its page, ends with a sentence; how wide it is.
    below_end: bool = False
    width: float = 0.0


def take_notes(column: TextColumn, measures: Measures, notes: list[PageNote]) -> list[PageNote]:
    """Takes the notes at a column's foot out of it.

    What stands there before the first label goes on from the last note of
    `notes`, those of the pages before. Returns the column's own notes.
    """
    start = _start(column, measures, notes)
    found: list[PageNote] = []
    lines = column.lines[start:]
    ended = bool(start) and ends_sentence(column.lines[start - 1].text.rstrip("0123456789*†‡ "))
    last = notes[-1] if notes else None
    for n, line in enumerate(lines):
        label = label_of(line, close=measures.sizeless)
        if label is not None and _begins(label, found[-1] if found else last, n == 0, line, lines):
            note = PageNote(label.label, label.raised, [line], column.page, label.bracket)
            note.below_end, note.width = ended, column.width
            found.append(note)
            _drop_label(line, label)
        elif found:
            found[-1].lines.append(line)
        elif last is not None:
            last.lines.append(line)
    del column.lines[start:]
    return found


def reference_of(label: str, *, bracket: bool = False) -> re.Pattern[str]:
    """What refers to a note, where nothing raises its label."""
    if bracket:
        return re.compile(rf"\[{re.escape(label)}\]")
    if label.isdigit():
        # Close to a word or its stop, or after a space between two sentences; and not
        # part of a larger number.
        stops = '[.,;:!?”"’)»…。，、；：！？」』）]'
        return re.compile(
            rf"(?:(?<=[^\W\d_])|(?<=[^\W\d_]{stops})|(?<=[.,;:!?…][”\"’)»])|(?<=[。！？；，、」』）]))(?:{label})"
            rf"(?!\d|[.,]\d)|(?<=[^\W\d_][.!?»”]\s){label}(?=\s+[^\W\d_a-zà-ÿ]|\s*$)",
            re.MULTILINE,
        )
    return re.compile(rf"(?<=[^\s*†‡§]){re.escape(label)}(?![\w*†‡§])")


@dataclass(frozen=True, slots=True)
class NoteLabel:
    """How a note's first line opens: `size` characters of it."""

    label: str
    raised: bool
    size: int
    bracket: bool = False


def label_of(line: TextLine, *, close: bool = False) -> NoteLabel | None:
    """A line's label; `close`: its words may follow without a space."""
    first = line.spans[0] if line.spans else None
    if first is None:
        return None
    if first.style & SUP:
        text = first.text
        if _RAISED.fullmatch(text.strip(" .)")) and len(line.text) > len(text):
            return NoteLabel(text.strip(" .)"), True, len(text))
    match = _LABEL.match(line.text)
    if match is None or match.end() == len(line.text):
        return None
    apart = match["stop"] or match.group() != match.group().strip()
    if match["number"] and not apart:
        after = line.text[match.end()]
        if not close or not (after.isupper() or after in '“"‘«(' or is_wide(after)):
            return None
    label = match["number"] or match["bracket"] or match["sign"]
    return NoteLabel(label, bool(match["sign"]), match.end(), bool(match["bracket"]))


def _drop_label(line: TextLine, label: NoteLabel) -> None:
    left = label.size
    spans: list[TextSpan] = []
    for span in line.spans:
        kept = span.text[left:]
        left = max(0, left - len(span.text))
        if kept:
            spans.append(span._replace(text=kept))
    line.spans = spans


def _begins(
    label: NoteLabel, before: PageNote | None, first: bool, line: TextLine, lines: list[TextLine]
) -> bool:
    """Whether a label begins a note; a number that a line happens to open with does not."""
    if label.raised:
        return True
    if not label.label.isdigit():
        return False
    if before is None or not before.label.isdigit():
        return True
    step = int(label.label) - int(before.label)
    restarts = first and int(label.label) == 1
    return 0 < step <= (1 + _MOST_SKIPPED if first or line.x0 != lines[0].x0 else 1) or restarts


def _start(column: TextColumn, measures: Measures, notes: list[PageNote]) -> int:
    """The index of the first line that belongs to notes."""
    lines = column.lines
    end = len(lines)
    if measures.sizeless:
        return 0 if _is_rest(column, measures, notes) else _start_by_label(lines, notes)
    small = end
    while small and lines[small - 1].size <= _SMALLER * measures.size:
        small -= 1
    rule = _rule_above(column)
    ruled = next((n for n, line in enumerate(lines) if rule is not None and line.y < rule.y0), end)
    if ruled < end and ruled >= min(small, ruled):
        start = min(ruled, end)
        if all(line.size <= 1.03 * measures.size for line in lines[start:]) and (
            label_of(lines[start]) or _goes_on(lines[start], notes)
        ):
            return start
    for n in range(small, end):
        if label_of(lines[n]) is not None and _apart(column, n, small, measures):
            return n
    if small < end and ruled == small and notes:
        return small
    # A whole foot of small lines that go on from the page before.
    if small < end and _goes_on(lines[small], notes):
        cut = not ends_sentence("".join(line.text for line in notes[-1].lines))
        if _clear(column, small, measures) if small else cut:
            return small
    return end


def _start_by_label(lines: list[TextLine], notes: list[PageNote]) -> int:
    """The first line whose label comes next and is referred to above it.

    Where nothing is smaller than the text, its number and its reference tell a
    note from a paragraph that opens with a number. An item of a list may be
    both: then a line further down has the same number.
    """
    end = len(lines)
    start, wanted = end, ""
    numbers = [int(note.label) for note in notes if note.label.isdigit()]
    last = numbers[-1] if numbers else 0
    for n in range(1, end):
        label = label_of(lines[n], close=True)
        if label is None:
            continue
        if label.label.isdigit() and int(label.label) not in {*range(last + 1, last + 3), 1}:
            continue
        above = "\n".join(line.text for line in lines[:n])
        if wanted and label.label != wanted:
            continue
        if reference_of(label.label, bracket=label.bracket).search(above):
            start, wanted = n, label.label
            if not _ITEM.match(lines[n].text):
                break
    return start


def _is_rest(column: TextColumn, measures: Measures, notes: list[PageNote]) -> bool:
    """Whether a page holds nothing but the end of a note that the page before has cut.

    The text there ended with a sentence, and what comes here begins within one.
    """
    lines = column.lines
    last = notes[-1] if notes else None
    if last is None or last.page != column.page - 1 or not last.below_end:
        return False
    cut = last.lines[-1]
    if ends_sentence(cut.text) or cut.natural < _FULL * last.width or len(lines) > _LONGEST_REST:
        return False
    if any(a.y - b.y > 1.3 * measures.distance(b.size) for a, b in pairwise(lines)):
        return False
    return starts_small(lines[0].text) or not has_case(lines[0].text)


def _apart(column: TextColumn, n: int, small: int, measures: Measures) -> bool:
    """Whether line `n` can open the notes: white above it, or the end of the text."""
    label = label_of(column.lines[n])
    if label is None:
        return False
    if n == small:
        return True
    above, line = column.lines[n - 1], column.lines[n]
    return above.y - line.y > 1.25 * measures.distance(line.size) or label.raised


def _goes_on(line: TextLine, notes: list[PageNote]) -> bool:
    return (
        bool(notes)
        and notes[-1].page == line.page - 1
        and abs(notes[-1].lines[-1].size - line.size) <= 0.04 * line.size
    )


def _clear(column: TextColumn, n: int, measures: Measures) -> bool:
    if n == 0:
        return False
    return column.lines[n - 1].y - column.lines[n].y > 1.3 * measures.distance(measures.size)


def _rule_above(column: TextColumn) -> Box | None:
    """The lowest short rule that begins at the column's left side, with text below it."""
    fits = [
        rule
        for rule in column.rules
        if abs(rule.x0 - column.left) <= 8
        and rule.x1 - rule.x0 <= 0.62 * column.width
        and any(line.y < rule.y0 for line in column.lines)
        and not any(_underlines(rule, line) for line in column.lines)
    ]
    return min(fits, key=lambda rule: rule.y0) if fits else None


def _underlines(rule: Box, line: TextLine) -> bool:
    return (
        0 <= line.y - rule.y0 <= 0.3 * line.size
        and rule.x0 >= line.x0 - 1
        and rule.x1 <= line.x1 + 3
    )
