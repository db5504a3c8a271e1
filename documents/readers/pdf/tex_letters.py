"""Letters of TeX's fonts, where a file does not say what its numbers draw.

A font drawn for one printer has no names for its letters; pdfium then gives its numbers.
TeX sets ligatures, quotation marks and dashes where ASCII has no letters at all: which
it is tells the encoding, by the tables in “LaTeX font encodings” (OT1, and T1 of Cork).
"""

from __future__ import annotations

from documents.readers.pdf.characters import Glyph

_LIGATURES = "\ufb00\ufb01\ufb02\ufb03\ufb04"
_T1 = {
    **dict(zip(range(13, 23), "‚‹›“”„«»–—", strict=True)),
    **dict(zip(range(27, 32), _LIGATURES, strict=True)),
    25: "ı", 26: "ȷ", 0xDF: "ẞ", 0xFF: "ß",
}  # fmt: skip
_OT1 = {
    **dict(zip(range(11, 16), _LIGATURES, strict=True)),
    **dict(zip(range(25, 32), "ßæœøÆŒØ", strict=True)),
    16: "ı", 17: "ȷ", 34: "”", 92: "“", 123: "–", 124: "—",
}  # fmt: skip
# One of these in a word speaks for an encoding.
_OF_T1, _OF_OT1 = frozenset(range(27, 32)), frozenset(range(11, 16))


def with_tex_letters(glyphs: list[Glyph], unnamed: dict[int, int]) -> list[Glyph]:
    """A page's glyphs with the letters that TeX's fonts draw.

    `unnamed` holds the numbers, by the place of the glyph, of those for which the file has no
    letter. Nothing is changed without a ligature that tells the encoding.
    """
    numbers = list(unnamed.values())
    cork = sum(number in _OF_T1 for number in numbers)
    old = sum(number in _OF_OT1 for number in numbers)
    if not cork and not old:
        return glyphs
    table = _T1 if cork >= old else _OT1
    out = list(glyphs)
    for place, number in unnamed.items():
        if number in table:
            out[place] = out[place]._replace(c=table[number])
    return out
