"""Text written to the left: what a page shows put back into the order of writing."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from documents.readers.pdf.characters import Glyph, PdfPage

# A gap of this part of the size is a space: in a line without any of its own,
# and in one that has some.
_SPACE, _SPACE_BESIDE_OTHERS = 0.17, 0.25


# A mark stands no further from the baseline of its letter, in parts of the size.
_BELOW, _ABOVE = 0.5, 0.6
# So many letters, so little off the line, belong to it.
_FEW_LETTERS, _OFF_THE_LINE = 4, 0.1


def is_rtl(c: str) -> bool:
    """Whether a letter is of a script that is written to the left."""
    return c > "\u0590" and unicodedata.bidirectional(c) in {"R", "AL"}


def reads_leftwards(pages: Iterable[PdfPage]) -> bool:
    """Whether most letters of the text are of a script written to the left."""
    count = Counter(
        is_rtl(g.c) for page in pages for g in page.glyphs[::7] if g.c > "A" and g.c.isalpha()
    )
    return count[True] > count[False]


def mirrored(page: PdfPage) -> PdfPage:
    """The page as if seen from behind: what is read first stands left."""
    wide = page.width
    page.glyphs = [g._replace(x0=wide - g.x1, x1=wide - g.x0) for g in page.glyphs]
    page.rules = tuple(b._replace(x0=wide - b.x1, x1=wide - b.x0) for b in page.rules)
    page.pictures = tuple(b._replace(x0=wide - b.x1, x1=wide - b.x0) for b in page.pictures)
    page.dots = tuple(b._replace(x0=wide - b.x1, x1=wide - b.x0) for b in page.dots)
    page.links = tuple(
        link._replace(box=link.box._replace(x0=wide - link.box.x1, x1=wide - link.box.x0))
        for link in page.links
    )
    return page


def as_they_stand(glyphs: list[Glyph], leftwards: bool) -> tuple[list[Glyph], set[float]]:
    """The rows that hold letters written to the left, from one side to the other.

    pdfium turns some words round and not others; their places are sure. The
    spaces that it made up go: where there is white, there is a space. With them,
    the baselines of lines written to the left on a page that is not.
    """
    rows: dict[float, list[Glyph]] = {}
    for g in glyphs:
        if not _is_made_up(g):
            rows.setdefault(round(g.y, 1), []).append(g)
    turned = {
        y: sum(is_rtl(g.c) for g in row) * 2 > sum(g.c.isalpha() for g in row)
        for y, row in rows.items()
        if leftwards or any(is_rtl(g.c) for g in row)
    }
    home = _homes(rows, set(turned))
    out: list[Glyph] = []
    gathered: dict[float, list[Glyph]] = {}
    for g in glyphs:
        y = home.get(round(g.y, 1))
        if y is None:
            out.append(g)
        elif not _is_made_up(g):
            gathered.setdefault(y, []).append(g)
    baselines: set[float] = set()
    for y, row in gathered.items():
        own = turned[y] and not leftwards
        if own:
            baselines |= {round(g.y, 1) for g in row}
        row.sort(key=lambda g: (g.x0 + g.x1) * (-1 if own else 1))
        out.extend(row)
    return out, baselines


def _is_made_up(g: Glyph) -> bool:
    """Whether pdfium has put in a space where the file has none."""
    return g.c == " " and g.x0 == g.x1


def _homes(rows: dict[float, list[Glyph]], turned: set[float]) -> dict[float, float]:
    """The row that each row of `turned`, and each raised above or set below one, belongs to.

    So does a letter or two a little off the line: a sign that stands upon another.
    """
    size = {y: max(g.size for g in row) for y, row in rows.items()}
    home = {y: y for y in turned}
    for y in rows:
        near = [
            other
            for other in turned
            if (
                size[y] <= 0.85 * size[other]
                and -0.35 * size[other] <= y - other <= 0.62 * size[other]
            )
            or (
                0 < abs(y - other) <= _OFF_THE_LINE * size[other]
                and len(rows[y]) <= _FEW_LETTERS < len(rows[other])
            )
        ]
        if near:
            home[y] = min(near, key=lambda other: abs(other - y))
    return home


def on_their_letters(glyphs: list[Glyph]) -> list[Glyph]:
    """Combining marks on the baseline of what they stand over."""
    if not any(g.c > "\u02ff" and unicodedata.combining(g.c) for g in glyphs):
        return glyphs
    letters = sorted((g for g in glyphs if g.c.isalpha()), key=lambda g: g.y)
    heights = [g.y for g in letters]
    out = list(glyphs)
    for n, g in enumerate(glyphs):
        if g.c > "\u02ff" and unicodedata.combining(g.c):
            low = bisect_left(heights, g.y - _ABOVE * g.size)
            high = bisect_left(heights, g.y + _BELOW * g.size)
            # A mark may come in the file with another line's letters.
            near = [one for one in letters[low:high] if _shared(g, one) > 0]
            if not near:
                near = [
                    one
                    for one in glyphs[max(0, n - 6) : n + 7]
                    if one.c.isalpha() and abs(one.y - g.y) < 1.2 * one.size
                ]
            if near:
                base = max(near, key=lambda one: (_shared(g, one), -_apart(g, one)))
                out[n] = g._replace(y=base.y, size=base.size)
    return out


def _shared(mark: Glyph, letter: Glyph) -> float:
    """How much of a mark stands over or under a letter."""
    return max(0.0, round(min(mark.x1, letter.x1) - max(mark.x0, letter.x0), 2))


def _apart(mark: Glyph, letter: Glyph) -> float:
    return abs(mark.x0 + mark.x1 - letter.x0 - letter.x1)


def in_order(glyphs: list[Glyph], leftwards: bool) -> list[Glyph]:
    """Glyphs in the order of writing, from where they stand."""
    bases, marks = _bases(glyphs)
    _set_upon(marks, bases)
    spaced = sum(g.c == " " and g.x1 > g.x0 for g in glyphs) * 15 > len(glyphs)
    least = _SPACE_BESIDE_OTHERS if spaced else _SPACE
    words: list[list[Glyph]] = []
    for group in bases:
        if words and group[0].x0 - words[-1][0].x1 > least * group[0].size:
            before = words[-1][0]
            if before.c != " " and group[0].c != " ":
                words.append([before._replace(c=" ", x0=before.x1, x1=before.x1)])
        words.append(group)
    return [g for group in _bidi(words, leftwards) for g in group]


def _bases(glyphs: list[Glyph]) -> tuple[list[list[Glyph]], list[Glyph]]:
    """Letters from one side to the other, several where one sign stands for them; and marks."""
    bases: list[list[Glyph]] = []
    marks: list[Glyph] = []
    for g in glyphs:
        if _is_made_up(g):
            continue
        if unicodedata.combining(g.c):
            marks.append(g)
        elif bases and g.c != " " and (g.x0, g.x1) == (bases[-1][0].x0, bases[-1][0].x1):
            bases[-1].append(g)
        else:
            bases.append([g])
    for group in bases:
        # One glyph for lām and alif: pdfium may give them turned round.
        if len(group) == 2 and group[1].c == "ل" and group[0].c in "اأإآٱ":
            group.reverse()
    bases.sort(key=lambda group: group[0].x0 + group[0].x1)
    signs = {(mark.x0, mark.x1) for mark in marks}
    return [
        group for n, group in enumerate(bases) if not n or not _twice(bases[n - 1], group, signs)
    ], marks


def _twice(one: list[Glyph], other: list[Glyph], signs: AbstractSet[tuple[float, float]]) -> bool:
    """Whether a letter stands over itself: once for its own sign, once for its mark's.

    A font may hold a letter with its mark as one sign, which pdfium gives as both.
    """
    a, b = one[0], other[0]
    shared = min(a.x1, b.x1) - max(a.x0, b.x0)
    if a.c != b.c or a.c == " " or shared <= 0:
        return False
    both = (a.x0, a.x1) in signs or (b.x0, b.x1) in signs
    return both or shared > 0.6 * min(a.x1 - a.x0, b.x1 - b.x0)


def _set_upon(marks: list[Glyph], bases: list[list[Glyph]]) -> None:
    letters = [group for group in bases if group[0].c != " "]
    centres = [group[0].x0 + group[0].x1 for group in letters]
    for mark in marks:
        at = bisect_left(centres, mark.x0 + mark.x1)
        near = letters[max(0, at - 2) : at + 2]
        if near:
            best = max(near, key=lambda group: (_shared(mark, group[0]), -_apart(mark, group[0])))
            if all(mark.c != g.c for g in best):
                best.append(mark)


def _bidi(groups: list[list[Glyph]], leftwards: bool) -> list[list[Glyph]]:
    """Turns round the words that run against the page, and numbers in them."""
    kinds = [_direction(group[0].c, leftwards) for group in groups]
    out: list[list[Glyph]] = []
    at = 0
    while at < len(groups):
        if kinds[at] != "against":
            out.append(groups[at])
            at += 1
            continue
        end = last = at
        while end < len(groups) and kinds[end] != "along":
            if kinds[end] == "against":
                last = end
            end += 1
        turned = groups[at : last + 1][::-1]
        out.extend(turned if leftwards else _numbers_turned(turned))
        at = last + 1
    return _brackets(out)


def _direction(c: str, leftwards: bool) -> str:
    kind = unicodedata.bidirectional(c)
    if kind in {"EN", "AN"}:
        return "against" if leftwards else "neutral"
    if kind in {"L", "R", "AL"}:
        return "against" if (kind == "L") == leftwards else "along"
    return "neutral"


def _numbers_turned(groups: list[list[Glyph]]) -> list[list[Glyph]]:
    out: list[list[Glyph]] = []
    at = 0
    while at < len(groups):
        end = at
        while end < len(groups) and groups[end][0].c.isdigit():
            end += 1
        out.extend(groups[at:end][::-1] if end > at else [groups[at]])
        at = max(end, at + 1)
    return out


_OPEN = {"(": ")", "[": "]", "{": "}", "«": "»"}


_CLOSE = {close: start for start, close in _OPEN.items()}


def _brackets(groups: list[list[Glyph]]) -> list[list[Glyph]]:
    """Brackets of a line written to the left, turned by what stands about them.

    A PDF holds the shape of a bracket and not its sense; pdfium turns some.
    """
    out = list(groups)
    for n, group in enumerate(groups):
        c = group[0].c
        if c not in _OPEN and c not in _CLOSE:
            continue
        before = groups[n - 1][0].c if n else " "
        after = groups[n + 1][0].c if n + 1 < len(groups) else " "
        opens = not before.strip() and bool(after.strip())
        closes = bool(before.strip()) and not after.strip()
        if (opens and c in _CLOSE) or (closes and c in _OPEN):
            other = _CLOSE[c] if opens else _OPEN[c]
            out[n] = [group[0]._replace(c=other), *group[1:]]
    return out
