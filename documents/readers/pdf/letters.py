"""Ligatures resolved, accents upon their letters, needless spaces gone."""

from __future__ import annotations

import re
import unicodedata

from documents.readers.pdf.characters import Glyph
from documents.words import is_wide

# Chinese and Japanese letters keep this much from others without a space.
WIDE_SPACE = 0.42

_ACCENTS = dict(
    zip(
        "´`¨ˆ˜¸ˇ˙˚¯˘˝",
        "\u0301\u0300\u0308\u0302\u0303\u0327\u030c\u0307\u030a\u0304\u0306\u030b",
        strict=True,
    )
)


_PRESENTATION = re.compile(r"[\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufdff\ufe70-\ufefc]")


def composed(glyphs: list[Glyph]) -> list[Glyph]:
    """Ligatures and presentation forms resolved, accents upon their letters."""
    text = "".join([g.c for g in glyphs])
    if text.isascii() and text.isprintable() and "`" not in text:
        return glyphs
    out: list[Glyph] = []
    for g in glyphs:
        plain = _plain(g.c)
        if not plain:
            continue
        last = out[-1] if out else None
        if last and g.c in _ACCENTS and last.c.isalpha() and _over(g, last):
            out[-1] = last._replace(c=_accented(last.c, g.c))
        elif last and last.c in _ACCENTS and plain.isalpha() and _over(last, g):
            out[-1] = g._replace(c=_accented(plain, last.c))
        elif last and unicodedata.combining(plain[0]):
            letter = unicodedata.normalize("NFC", last.c + plain)
            out[-1] = last._replace(c=letter, x1=max(last.x1, g.x1))
        else:
            if len(out) > 1 and _needless(out[-2], out[-1], plain, g):
                out.pop()
            out.append(g if plain == g.c else g._replace(c=plain))
    return out


def _plain(c: str) -> str:
    """A character as it is written elsewhere; "" for what nobody sees."""
    if c < " " or "\x7f" <= c < "\xa0" or c in "\ufffe\uffff\ufeff\u200b":
        return ""
    if c == "\u00a0":
        return " "
    return unicodedata.normalize("NFKC", c) if _PRESENTATION.match(c) else c


def _needless(before: Glyph, space: Glyph, after: str, g: Glyph) -> bool:
    """Whether pdfium made up a space where Chinese or Japanese letters have none."""
    if space.c != " " or space.x0 != space.x1:
        return False
    one, other = is_wide(before.c[-1]), is_wide(after[0])
    return (one and other) or ((one or other) and g.x0 - before.x1 < WIDE_SPACE * g.size)


def with_ellipses(glyphs: list[Glyph]) -> list[Glyph]:
    """Three full stops set apart, without a space in the file, are one sign."""
    text = "".join("\0" if g.c == " " and g.x0 == g.x1 else g.c[0] for g in glyphs)
    out = list(glyphs)
    for match in reversed(list(re.finditer(r"(?<!\.)(?<!\.\0)\.\0\.\0\.(?!\0?\.)", text))):
        start, end = match.span()
        out[start:end] = [glyphs[start]._replace(c="…", x1=glyphs[end - 1].x1)]
    return out


def _accented(letter: str, accent: str) -> str:
    letter = {"ı": "i", "ȷ": "j"}.get(letter, letter)
    return unicodedata.normalize("NFC", letter + _ACCENTS[accent])


def _over(accent: Glyph, letter: Glyph) -> bool:
    shared = min(accent.x1, letter.x1) - max(accent.x0, letter.x0)
    return shared >= 0.5 * min(accent.x1 - accent.x0, letter.x1 - letter.x0) > 0
