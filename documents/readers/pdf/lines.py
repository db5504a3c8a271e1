"""From runs to lines, and from lines to text with its markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from documents.readers.pdf.characters import BOLD, ITALIC, MONO, SUB, SUP
from documents.readers.pdf.direction import is_rtl
from documents.readers.pdf.letters import WIDE_SPACE
from documents.readers.pdf.runs import SAME_BASELINE, WIDE_GAP, TextRun, TextSpan
from documents.rich import InlineMark, Rich
from documents.sanitise import is_address
from documents.words import is_wide

# A gap of this part of the size is a space, where runs meet.
_SPACE = 0.14
# A raised number stands this close to its word.
_NEAR_LABEL = 0.6
# A large first letter: how much larger than the text beside it.
_DROPPED = 1.75
# Full lines are this much longer, at most, than three in four.
_FULL = 1.1

_TAGS = ((BOLD, "strong"), (ITALIC, "em"), (MONO, "code"), (SUP, "sup"), (SUB, "sub"))


@dataclass(slots=True)
class TextLine:
    """A line of one column. `first` is the width of its first word (of its
    first letter, where letters may stand at a line's end).

    `cells` are the places in `text`, and the sides, of what stands apart.
    """

    x0: float
    x1: float
    y: float
    size: float
    spans: list[TextSpan] = field(default_factory=list)
    first: float = 0.0
    cells: list[tuple[int, float, float]] = field(default_factory=list)
    page: int = 0

    @property
    def natural(self) -> float:
        """How wide its letters are in usual type, where no size is known."""
        return sum(map(natural_width, self.text)) * self.size

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)

    def wholly(self, style: int) -> bool:
        """Whether all its letters are set so."""
        return all(span.style & style for span in self.spans if _has_word(span.text))


def with_natural_widths(parts: list[list[TextLine]]) -> None:
    """Gives lines the sides that their letters would have in type.

    A program that mends a broken word may put both its lines into one, and notes
    are of smaller type: lines longer than the usual end where full lines do.
    """
    for line in (line for lines in parts for line in lines):
        line.x1 = line.x0 + line.natural
    widths = sorted(line.x1 - line.x0 for lines in parts for line in lines)
    if not widths:
        return
    usual = widths[len(widths) * 3 // 4]
    full = max(width for width in widths if width <= _FULL * usual)
    for lines in parts:
        longer = [line for line in lines if line.x1 - line.x0 > full]
        if len(longer) * 3 < len(lines):
            for line in longer:
                line.x1 = line.x0 + full


def natural_width(c: str) -> float:
    """About how wide a letter is in book type, as a part of the size."""
    if is_wide(c):
        return 1.0
    if c in "iljtfrI.,;:'’‘!|()[]/ -":
        return 0.3
    if c in "mwMW—…":
        return 0.85
    return 0.67 if c.isupper() else 0.48


def _has_word(text: str) -> bool:
    return any(c.isalnum() for c in text)


def lines_of(runs: list[TextRun], page: int, *, leftwards: bool = False) -> list[TextLine]:
    """The lines of one column, from the top."""
    runs, dropped = _without_dropped(runs)
    groups: list[list[TextRun]] = []
    for run in sorted(runs, key=lambda r: (-round(r.y, 1), r.x0)):
        for group in reversed(groups[-3:]):
            if _one_line(group, run):
                group.append(run)
                break
        else:
            groups.append([run])
    lines = [_line(group, page, leftwards) for group in groups]
    lines.sort(key=lambda line: -line.y)
    for letter in dropped:
        _restore(letter, lines)
    return lines


def _one_line(group: list[TextRun], run: TextRun) -> bool:
    main = max(group, key=lambda r: (r.size, len(r.text)))
    large = max(main.size, run.size)
    if abs(main.y - run.y) <= SAME_BASELINE * large:
        return True
    if run.size <= 0.85 * main.size:
        # Raised or lowered beside the line.
        return -0.35 * main.size <= run.y - main.y <= 0.62 * main.size
    if main.size <= 0.85 * run.size and sum(len(r.text) for r in group) <= 8:
        return -0.35 * run.size <= main.y - run.y <= 0.62 * run.size
    # Raised without being smaller, and close beside.
    short = min(run.text, main.text, key=len).strip()
    near = (_NEAR_LABEL if short.isdigit() else 0.3) * large
    close = any(abs(run.x0 - r.x1) < near or abs(r.x0 - run.x1) < near for r in group)
    return close and abs(main.y - run.y) <= 0.52 * large and min(len(run.text), len(main.text)) <= 4


def _line(group: list[TextRun], page: int, leftwards: bool) -> TextLine:
    weights: Counter[tuple[float, float]] = Counter()
    for run in group:
        weights[run.size, run.y] += len(run.text)
    # The baseline of most letters; of raised ones only where there are no others.
    size, y = max(weights, key=lambda key: weights[key] * (1.6 if key[0] == max(weights)[0] else 1))
    text = "".join(run.text for run in group)
    turned = sum(map(is_rtl, text)) * 2 > sum(c.isalpha() for c in text) and not leftwards
    group.sort(key=lambda r: -r.x1 if turned else r.x0)
    line = TextLine(min(r.x0 for r in group), max(r.x1 for r in group), y, size, page=page)
    length = 0
    last: TextRun | None = None
    for run in group:
        raised = run.y - y
        script = 0
        if raised > 0.15 * size and (run.size < 0.9 * size or raised > 0.2 * size):
            script = SUP
        elif raised < -0.08 * size and run.size < 0.9 * size:
            script = SUB
        gap = (last.x0 - run.x1 if turned else run.x0 - last.x1) if last else 0.0
        if last is None or gap > WIDE_GAP * size:
            line.cells.append((length + (last is not None), run.x0, run.x1))
        else:
            at, x0, x1 = line.cells[-1]
            line.cells[-1] = (at, x0, max(x1, run.x1))
        if last is not None and run.tight is not last and gap > _space(last, run):
            style = line.spans[-1].style & run.spans[0].style
            line.spans.append(TextSpan(" ", style, ""))
            length += 1
        for span in run.spans:
            line.spans.append(replace_style(span, span.style | script))
            length += len(span.text)
        last = run if last is None or turned or run.x1 > last.x1 else last
    first = group[0]
    line.first = first.first
    for after in group[1:]:
        if " " in line.text[: len(first.text) + 1] or after.x0 - first.x1 > _SPACE * size:
            break
        line.first += after.first
        first = after
    return line


def _space(a: TextRun, b: TextRun) -> float:
    """How wide a gap is a space, between two runs."""
    wide = is_wide(a.spans[-1].text[-1]) or is_wide(b.spans[0].text[0])
    return (WIDE_SPACE if wide else _SPACE) * min(a.size, b.size)


def replace_style(span: TextSpan, style: int) -> TextSpan:
    return span if span.style == style else span._replace(style=style)


def _without_dropped(runs: list[TextRun]) -> tuple[list[TextRun], list[TextRun]]:
    """The runs, and apart from them the large first letters of paragraphs."""
    dropped = []
    for run in runs:
        text = run.text.strip(" “\"‘'«")
        if not 0 < len(text) <= 2 or not text[0].isalpha():
            continue
        beside = [
            r
            for r in runs
            if r.size * _DROPPED <= run.size
            and -0.1 * run.size <= r.y - run.y <= run.size
            and -0.1 * run.size <= r.x0 - run.x1 <= 1.2 * r.size
        ]
        if len({round(r.y) for r in beside}) >= 2:
            dropped.append(run)
    gone = {id(run) for run in dropped}
    return [run for run in runs if id(run) not in gone], dropped


def _restore(letter: TextRun, lines: list[TextLine]) -> None:
    """Puts a dropped letter before the first line that stands beside it."""
    beside = [
        line
        for line in lines
        if line.size * _DROPPED <= letter.size
        and -0.1 * letter.size <= line.y - letter.y <= letter.size
        and line.x0 >= letter.x1 - 0.1 * letter.size
    ]
    if not beside:
        return
    top = beside[0]
    words = top.text.split()
    # “A long time”: a word by itself, and not the first letter of one.
    own = letter.text in {"A", "I", "O", "À", "Y"} and top.x0 - letter.x1 > 0.22 * top.size
    spaced = own and bool(words) and words[0].lower() not in {"n", "t", "s", "f"}
    spans = [TextSpan(span.text, 0, span.href) for span in letter.spans]
    top.spans[:0] = [*spans, TextSpan(" ", 0)] if spaced else spans
    for line in beside:
        line.x0 = min(line.x0, letter.x0)


def rich_of(spans: Iterable[TextSpan], *, lines: bool = False) -> Rich:
    """Spans as text with marks; white space is squashed (but for line ends, with `lines`)."""
    text: list[str] = []
    marks: list[InlineMark] = []
    open_at: dict[tuple[str, str], int] = {}
    size = 0

    def close(kept: set[tuple[str, str]]) -> None:
        for key in [key for key in open_at if key not in kept]:
            start = open_at.pop(key)
            attrs = (("href", key[1]),) if key[0] == "a" else ()
            if "".join(text)[start:size].strip():
                marks.append(InlineMark(start, size, key[0], attrs))

    for span in spans:
        wanted = {(tag, "") for bit, tag in _TAGS if span.style & bit}
        if span.href and is_address(span.href):
            wanted.add(("a", span.href))
        if not span.text.strip() and not span.href:
            wanted &= set(open_at)
        close(wanted)
        for key in wanted:
            open_at.setdefault(key, size)
        text.append(span.text)
        size += len(span.text)
    close(set())
    order = {"a": 0, "strong": 1, "em": 2, "code": 3, "sup": 4, "sub": 5}
    marks.sort(key=lambda m: (m.start, -m.end, order[m.tag]))
    whole = Rich("".join(text), tuple(marks))
    return _tight(whole).squashed(lines=lines)


def _tight(rich: Rich) -> Rich:
    """Marks without the spaces at their ends."""

    def tight(mark: InlineMark) -> InlineMark:
        words = rich.text[mark.start : mark.end]
        start = mark.start + len(words) - len(words.lstrip())
        return replace(mark, start=start, end=mark.end - len(words) + len(words.rstrip()))

    return replace(rich, marks=tuple(map(tight, rich.marks)))
