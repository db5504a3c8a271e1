"""A strip as a drawing: SVG with the figures in its cells. The table below it says the same.

Made of strings: a template would take longer for the cells of a dozen texts than all the rest of
the page. The links in the drawing are for the pointer; the keyboard has those of the table.
"""

from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from documents.visible import isolated
from overview.strips import Strip, StripCell, StripSection
from rendering.slots import escape

# In pixels.
LABELS, HEIGHT, GAP = 96, 28, 3
LEAST, MOST, WHOLE = 34, 48, 800
# Of the largest number of comments in one text: from these shares on a cell is a tint darker.
TALK_STEPS = (0.2, 0.4, 0.6, 0.8)
# Of the answers, in percent.
WRONG_STEPS = (20, 35, 50, 65)
LETTER = 6.6  # the width of one, about, where the headings stand


def strip_drawing(strip: Strip) -> SafeString:
    """Return the strip as SVG: the talk, the wrong answers, the numbers, the headings."""
    cells = strip.cells
    size = min(max(WHOLE // max(len(cells), 1), LEAST), MOST)
    has_answers = any(cell.marked for cell in cells)
    rows = 2 if has_answers else 1
    width, height = LABELS + size * len(cells), rows * (HEIGHT + GAP) + 46
    pieces = [
        f'<svg class="strip" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' aria-hidden="true" focusable="false">',
        _row_name(_("Talk"), 0),
        *_talk(strip, size),
    ]
    if has_answers:
        pieces += [_row_name(_("Wrong answers"), 1), *_wrong(strip, size)]
    below = rows * (HEIGHT + GAP)
    pieces += _numbers(cells, size, below + 12)
    pieces += _headings(strip.sections, size, below + 21)
    pieces.append("</svg>")
    return mark_safe("".join(pieces))  # noqa: S308 - numbers, and escaped words


def strip_table_rows(strip: Strip) -> SafeString:
    """Return the rows of the table that says the same, and leads to the words."""
    return mark_safe(  # noqa: S308 - numbers, and escaped words
        "".join(
            _table_row(cell, escape(strip.url), escape(strip.threads_url)) for cell in strip.told
        )
    )


def _table_row(cell: StripCell, url: str, threads: str) -> str:
    talk, share = str(cell.talk), "–"
    if cell.talk:
        talk = f'<a href="{threads}?block={escape(cell.block.key)}">{cell.talk}</a>'
    if cell.marked:
        share = _("few") if cell.wrong is None else f"{cell.wrong} %"
    return (
        f'<tr><th scope="row"><a href="{url}#{escape(cell.anchor)}">{escape(cell.label)}</a></th>'
        f'<td class="num-col">{talk}</td><td class="num-col">{escape(share)}</td>'
        f'<td class="own-words">{escape(isolated(cell.beginning))}</td></tr>\n'
    )


def _row_name(name: str, row: int) -> str:
    return f'<text class="side" x="0" y="{row * (HEIGHT + GAP) + 19}">{escape(name)}</text>'


def tint(value: float, steps: Sequence[float]) -> int:
    """Return how dark a cell is, from 0 to as many steps as there are."""
    return sum(value >= step for step in steps)


def _talk(strip: Strip, size: int) -> Iterator[str]:
    most = max((cell.talk for cell in strip.cells), default=0) or 1
    url = escape(strip.url)
    for place, cell in enumerate(strip.cells):
        if not cell.talk:
            yield f'<rect class="none" {_box(place, 0, size)}/>'
            continue
        name = f"talk-{tint(cell.talk / most, TALK_STEPS)}"
        yield _cell(url, cell, name, str(cell.talk), _box(place, 0, size), _at(place, 0, size))


def _wrong(strip: Strip, size: int) -> Iterator[str]:
    url = escape(strip.url)
    for place, cell in enumerate(strip.cells):
        if not cell.marked:
            continue
        share = cell.wrong
        name = "few" if share is None else f"wrong-{tint(share, WRONG_STEPS)}"
        said = _("few") if share is None else f"{share} %"
        yield _cell(url, cell, name, said, _box(place, 1, size), _at(place, 1, size))


def _cell(url: str, cell: StripCell, name: str, said: str, box: str, at: str) -> str:
    title = f"{cell.label}: {cell.beginning}"
    return (
        f'<a href="{url}#{escape(cell.anchor)}" tabindex="-1"><title>{escape(title)}</title>'
        f'<rect class="{name}" {box}/><text class="on-{name}" {at}>{escape(said)}</text></a>'
    )


def _box(place: int, row: int, size: int) -> str:
    x, y = LABELS + place * size, row * (HEIGHT + GAP)
    return f'x="{x}" y="{y}" width="{size - 1}" height="{HEIGHT}"'


def _at(place: int, row: int, size: int) -> str:
    x, y = LABELS + place * size + (size - 1) / 2, row * (HEIGHT + GAP) + 19
    return f'x="{x}" y="{y}" text-anchor="middle"'


def _numbers(cells: Sequence[StripCell], size: int, y: int) -> Iterator[str]:
    for place, cell in enumerate(cells):
        x = LABELS + place * size + (size - 1) / 2
        number = cell.block.number or "·"
        yield f'<text class="side" x="{x}" y="{y}" text-anchor="middle">{number}</text>'


def _headings(sections: Sequence[StripSection], size: int, y: int) -> Iterator[str]:
    place = 0
    for section in sections:
        x, width = LABELS + place * size, section.cells * size - 4
        place += section.cells
        if not section.title:
            continue
        room = max(int(width / LETTER), 1)
        title = section.title if len(section.title) <= room else f"{section.title[: room - 1]}…"
        yield (
            f'<path class="axis" d="M{x} {y}h{width}"/>'
            f'<text class="side" x="{x}" y="{y + 16}">'
            f"<title>{escape(section.title)}</title>{escape(title)}</text>"
        )


def week_bars(counts: Sequence[int]) -> SafeString:
    """Return bars for so many comments in each of the weeks, as high as the highest of them."""
    most = max(counts, default=0) or 1
    bars = "".join(
        f'<rect class="bar" x="{place * 7}" y="{18 - height}" width="5" height="{height}"/>'
        if (height := round(count * 17 / most) or int(count > 0))
        else f'<rect class="rail" x="{place * 7}" y="17" width="5" height="1"/>'
        for place, count in enumerate(counts)
    )
    width = len(counts) * 7
    return mark_safe(  # noqa: S308 - numbers
        f'<svg class="weeks" width="{width}" height="18" viewBox="0 0 {width} 18"'
        f' aria-hidden="true" focusable="false">{bars}</svg>'
    )


def read_bar(progress: int) -> SafeString:
    """Return how far somebody has read, in percent, as a bar."""
    return mark_safe(  # noqa: S308 - numbers
        '<svg class="read" width="72" height="6" viewBox="0 0 72 6" aria-hidden="true"'
        ' focusable="false"><rect class="rail" width="72" height="6" rx="2"/>'
        f'<rect class="done" width="{round(progress * 0.72)}" height="6" rx="2"/></svg>'
    )
