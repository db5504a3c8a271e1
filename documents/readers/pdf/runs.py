"""Runs: characters of one size on one baseline, without a wide gap between."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from documents.readers.pdf.characters import Glyph, PdfPage
from documents.readers.pdf.direction import (
    as_they_stand,
    in_order,
    is_rtl,
    on_their_letters,
)
from documents.readers.pdf.letters import composed, with_ellipses
from documents.words import is_wide

# A gap of this part of the size may be one between columns or cells.
WIDE_GAP = 0.7
SAME_BASELINE = 0.18
# A gap without a space, in which a sign of another type may stand.
_UNSPACED = 0.2


class TextSpan(NamedTuple):
    """Characters of one manner; `href` where they are a link."""

    text: str
    style: int
    href: str = ""


@dataclass(slots=True)
class TextRun:
    """Glyphs on one baseline, of one size, without a wide gap between."""

    x0: float
    x1: float
    y: float
    size: float
    spans: list[TextSpan]
    first: float = 0.0
    # The run before it, where nothing but a gap without a space parts them.
    tight: TextRun | None = None

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


def _bullets(page: PdfPage, runs: list[TextRun]) -> Iterator[TextRun]:
    """Drawn dots close before a line, as the bullets that they are."""
    for dot in page.dots:
        middle = (dot.y0 + dot.y1) / 2
        for run in runs:
            if 0 < middle - run.y < 0.7 * run.size and 0 < run.x0 - dot.x1 < 2.2 * run.size:
                wide = dot.x1 - dot.x0
                yield TextRun(dot.x0, dot.x1, run.y, run.size, [TextSpan("•", 0)], wide)
                break


def runs_of(page: PdfPage, *, leftwards: bool) -> list[TextRun]:
    """The page's runs in pdfium's order. `leftwards`: the page is mirrored."""
    runs: list[TextRun] = []
    part: list[Glyph] = []
    glyphs = on_their_letters(page.glyphs)
    turned: set[float] = set()
    # What stands as it is seen has lost the spaces that pdfium made up.
    gathered = leftwards or any(is_rtl(g.c) for g in glyphs)
    if gathered:
        glyphs, turned = as_they_stand(glyphs, leftwards)
    last: Glyph | None = None
    tight: TextRun | None = None

    def end_run() -> TextRun | None:
        found = _run(part, page, leftwards, turned)
        for run in found:
            run.tight = tight
        runs.extend(found)
        part.clear()
        return found[-1] if found else None

    for glyph in glyphs:
        made = glyph.c == " " and glyph.x0 == glyph.x1
        if last and not made and part:
            if _parted(last, glyph, round(glyph.y, 1) in turned):
                end_run()
                tight = None
            elif not gathered and _gapes(last, part[-1], glyph):
                # Something else may stand in the gap.
                tight = end_run()
        part.append(glyph)
        if not made:
            last = glyph
    end_run()
    return [*runs, *_bullets(page, runs)]


def _gapes(last: Glyph, before: Glyph, glyph: Glyph) -> bool:
    """Whether there is a gap between glyphs that no space of the file explains."""
    if glyph.c == " " or glyph.x0 - last.x1 <= _UNSPACED * glyph.size:
        return False
    made = before.x0 == before.x1 and (is_wide(last.c[-1]) or is_wide(glyph.c[0]))
    return before.c != " " or made


def _parted(a: Glyph, b: Glyph, turned: bool) -> bool:
    size = min(a.size, b.size)
    if abs(a.y - b.y) > SAME_BASELINE * 0.6 * size or abs(a.size - b.size) > 0.05 * size:
        return True
    gap = max(b.x0 - a.x1, a.x0 - b.x1)
    if gap > WIDE_GAP * size:
        return True
    # Back to the left, and no accent.
    back = b.x0 < a.x0 - 0.3 * size
    return back and not (turned or unicodedata.combining(b.c))


def _run(glyphs: list[Glyph], page: PdfPage, leftwards: bool, turned: set[float]) -> list[TextRun]:
    glyphs = _ordered(glyphs, leftwards, round(glyphs[0].y, 1) in turned) if glyphs else []
    glyphs = composed(glyphs)
    if len(glyphs) > 4:
        glyphs = with_ellipses(glyphs)
    start, end = 0, len(glyphs)
    while start < end and not glyphs[start].c.strip():
        start += 1
    while end > start and not glyphs[end - 1].c.strip():
        end -= 1
    glyphs = glyphs[start:end]
    if not glyphs:
        return []
    size, y = round(glyphs[0].size, 2), round(glyphs[0].y, 1)
    solid = [g for g in glyphs if g.c != " "]
    x0, x1 = min([g.x0 for g in solid]), max([g.x1 for g in solid])
    return [TextRun(x0, x1, y, size, _spans(glyphs, page, y, size), _first_word(glyphs))]


def _ordered(glyphs: list[Glyph], leftwards: bool, own: bool) -> list[Glyph]:
    """In the order of writing. `own`: a line written to the left on a page that is not."""
    if not (leftwards or own or any(is_rtl(g.c) for g in glyphs)):
        return glyphs
    if own:
        glyphs = [g._replace(x0=-g.x1, x1=-g.x0) for g in glyphs]
    glyphs = in_order(glyphs, leftwards or own)
    return [g._replace(x0=-g.x1, x1=-g.x0) for g in glyphs] if own else glyphs


def _spans(glyphs: list[Glyph], page: PdfPage, y: float, size: float) -> list[TextSpan]:
    near = [link for link in page.links if link.box.y0 <= y + size / 2 and link.box.y1 >= y]
    found: list[tuple[list[str], int, str]] = []
    for g in glyphs:
        href = ""
        if near:
            middle = (g.x0 + g.x1) / 2
            href = next((one.href for one in near if one.box.x0 <= middle <= one.box.x1), "")
        last = found[-1] if found else None
        if last and last[2] == href and (last[1] == g.style or g.c == " "):
            last[0].append(g.c)
        else:
            found.append(([g.c], g.style, href))
    return [TextSpan("".join(letters), style, href) for letters, style, href in found]


def _first_word(glyphs: list[Glyph]) -> float:
    if is_wide(glyphs[0].c[0]):
        return glyphs[0].x1 - glyphs[0].x0
    end = next((n for n, g in enumerate(glyphs) if not g.c.strip()), len(glyphs))
    word = glyphs[:end]
    return max(g.x1 for g in word) - min(g.x0 for g in word)
