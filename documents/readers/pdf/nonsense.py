"""Pages whose fonts do not say which letters they draw: what is read there is nonsense."""

from __future__ import annotations

import unicodedata

from documents.language import language_of
from documents.readers.pdf.characters import PdfPage

_FEWEST_LETTERS = 120
# Of the letters of any language that is written in Latin letters, more are vowels.
_FEWEST_VOWELS = 0.24
_VOWELS = frozenset("aeiouyAEIOUY")
# Of a page's characters, so many may have no meaning (a symbol, a logo's letters).
_MOST_UNKNOWN = 0.25


def nonsense_pages(pages: list[PdfPage]) -> list[int]:
    """The numbers, from 1, of pages that hold signs without meaning, or words of no language."""
    return [n for n, page in enumerate(pages, 1) if _is_nonsense([g.c for g in page.glyphs])]


def _is_nonsense(signs: list[str]) -> bool:
    seen = [c for c in signs if not c.isspace()]
    unknown = sum(c == "\ufffd" or unicodedata.category(c[:1]) in {"Co", "Cc", "Cn"} for c in seen)
    if unknown > _MOST_UNKNOWN * max(len(seen), _FEWEST_LETTERS):
        return True
    letters = [c for c in seen if c.isalpha()]
    latin = [c for c in letters if c.isascii()]
    if len(latin) < _FEWEST_LETTERS or len(latin) * 10 < len(letters) * 9:
        return False
    vowels = sum(c in _VOWELS for c in latin)
    return vowels < _FEWEST_VOWELS * len(latin) and not language_of("".join(signs))
