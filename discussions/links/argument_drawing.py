"""The map of the argument as a drawing: SVG with a line for each link, and its number at both ends.

The table beside it says the same: to who cannot see the drawing it is not there. The links in it
are for the pointer; the keyboard has those of the table.
"""

from collections.abc import Iterator, Mapping

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from discussions.common.markdown import shorten
from discussions.links.argument import NumberedLink
from discussions.links.argument_map import (
    FIRST_LETTERS,
    TOP,
    ArgumentMap,
    Extent,
    MapBlock,
    MapColumn,
    MapEnd,
    MapSection,
)
from documents.block_names import block_anchor, paragraph_label
from documents.visible import isolated
from rendering.slots import escape

WIDTH = 608
LINE = 13.5  # from one line of a heading to the next
LETTERS_IN_LINE = 16  # of a heading, in what room there is beside the numbers
TITLE_LINE = 16
TALL = 8  # from that height on words are paler, or those of a whole paragraph would be a wall


class _MapSide:
    """Where things stand on one side: from the outside in, so many pixels from its edge."""

    def __init__(self, *, is_left: bool) -> None:
        self.is_left = is_left
        self.anchor = "end" if is_left else "start"
        self.column = 118 if is_left else WIDTH - 118 - 100

    def x(self, inwards: float) -> float:
        """Return the x of what is so far from this side's edge."""
        return inwards if self.is_left else WIDTH - inwards


_LEFT, _RIGHT = _MapSide(is_left=True), _MapSide(is_left=False)
_COLUMN = 100  # the width of a paragraph


def map_drawing(drawn: ArgumentMap) -> SafeString:
    """Return the map as SVG."""
    is_short = all(len(_lines(one.title, 2)) < 2 for one in (drawn.left, drawn.right))
    top = TITLE_LINE if is_short else 0
    height = drawn.height - top
    pieces = [
        f'<svg class="argument-map" viewBox="0 {top} {WIDTH} {height}" width="{WIDTH}"'
        f' height="{height}" aria-hidden="true" focusable="false">',
        *_column(drawn.left, _LEFT),
        *_column(drawn.right, _RIGHT),
        *(_line(one, drawn.left.ends[one.pk], drawn.right.ends[one.pk]) for one in drawn.links),
        "</svg>",
    ]
    return mark_safe("".join(pieces))  # noqa: S308 - numbers, and escaped words


# --- A text --------------------------------------------------------------------------------------
def _column(column: MapColumn, side: _MapSide) -> Iterator[str]:
    titles = _lines(column.title, 2)
    for above, line in enumerate(titles, start=-len(titles)):
        y = TOP + 8 + above * TITLE_LINE
        yield _text(isolated(line), side.x(218), y, side.anchor, "map-title")
    url = escape(column.reading.get_absolute_url())
    name = isolated(column.reading.title)
    for block, extent in column.blocks:
        if not block.is_heading:
            yield _paragraph(block, extent, side, url, name)
    for number, place in column.numbers.items():
        yield _text(str(number), side.x(112), place + 4, side.anchor, "number")
    for section in column.sections:
        yield from _heading(section, side)


def _paragraph(block: MapBlock, extent: Extent, side: _MapSide, url: str, name: str) -> str:
    label = paragraph_label(block.number)
    beginning = isolated(shorten(block.beginning, FIRST_LETTERS))
    place = f"{name} {label}" if label else name
    anchor = escape(block_anchor(block.number, block.key))
    return (
        f'<a href="{url}#{anchor}" tabindex="-1"><title>{escape(f"{place}: {beginning}")}</title>'
        f'<rect class="para" {_box(extent, side)} rx="1.5"/></a>'
    )


def _heading(section: MapSection, side: _MapSide) -> Iterator[str]:
    """The heading in as many lines as there is room for, two at the most."""
    lines = _lines(section.title, min(int((section.room - 1.5) / LINE), 2))
    for place, line in enumerate(lines):
        yield _text(isolated(line), side.x(92), section.top + 9 + place * LINE, side.anchor, "sec")


def _lines(title: str, room: int) -> list[str]:
    """The words in lines, the first `room` of them; an ellipsis stands for the rest."""
    lines = [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= LETTERS_IN_LINE or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    lines = [shorten(line, LETTERS_IN_LINE) for line in lines]
    if 0 < room < len(lines):
        lines[room - 1] = f"{lines[room - 1].removesuffix('…')}…"
    return [line for line in lines[: max(room, 0)] if line]


# --- A link --------------------------------------------------------------------------------------
def _line(one: NumberedLink, left: MapEnd, right: MapEnd) -> str:
    own = " own" if one.link.card.is_own else ""
    said = f"{one.number}. {one.link.sentence}"
    return (
        f'<a class="tie{own}" href="#l{one.pk}" data-link="{one.pk}" tabindex="-1">'
        f"<title>{escape(said)}</title>"
        f"{''.join(_words(left, _LEFT))}{''.join(_words(right, _RIGHT))}"
        f'<path class="line" d="{_path(left, right)}"/>'
        f"{_head(one, {'left': left, 'right': right})}"
        f"{_badge(one.number, left, _LEFT)}{_badge(one.number, right, _RIGHT)}</a>"
    )


def _words(end: MapEnd, side: _MapSide) -> Iterator[str]:
    """The words in their paragraph; where they are gone, a dotted frame around all of it."""
    for extent in end.words:
        kind = "lost" if end.is_lost else "passage" if extent.height > TALL else "words"
        yield f'<rect class="{kind}" {_box(extent, side)}/>'
    if not end.has_paragraph:
        y = _number(end.at)
        yield f'<path class="lost" d="M{side.x(118)} {y}H{side.x(218)}"/>'
        yield _text(_("gone"), side.x(168), end.at - 3, "middle", "number")


def _path(left: MapEnd, right: MapEnd) -> str:
    """Straight out of the words, past the number, and over to the other text."""
    here, there = _number(left.badge), _number(right.badge)
    start = f"M220 {_number(left.at)}H229"
    if left.at != left.badge:
        start += f"C233 {_number(left.at)} 229 {here} 234 {here}"
    end = "H388"
    if right.at != right.badge:
        at = _number(right.at)
        end = f"H374C379 {there} 375 {at} 379 {at}H388"
    return f"{start}H242C304 {here} 304 {there} 366 {there}{end}"


def _head(one: NumberedLink, ends: Mapping[str, MapEnd]) -> str:
    """The arrow at the end to which the link points."""
    if not one.points:
        return ""
    y = _number(ends[one.points].at)
    start, back = ("220", "8") if one.points == "left" else ("388", "-8")
    return f'<path class="head" d="M{start} {y}l{back} -4v8z"/>'


def _badge(number: int, end: MapEnd, side: _MapSide) -> str:
    width = 16 if number < 100 else 24
    x, y = side.x(242), end.badge
    return (
        f'<rect class="badge" x="{_number(x - width / 2)}" y="{_number(y - 8)}"'
        f' width="{width}" height="16" rx="8"/>{_text(str(number), x, y + 4, "middle", "no")}'
    )


def _box(extent: Extent, side: _MapSide) -> str:
    return (
        f'x="{side.column}" y="{_number(extent.top)}" width="{_COLUMN}"'
        f' height="{_number(extent.height)}"'
    )


def _text(words: str, x: float, y: float, anchor: str, kind: str) -> str:
    return (
        f'<text class="{kind}" x="{_number(x)}" y="{_number(y)}" text-anchor="{anchor}">'
        f"{escape(words)}</text>"
    )


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
