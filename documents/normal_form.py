"""Unicode's normal forms, of any text, in a time that grows with its length.

A run of marks that combine is sorted by comparing each with each, in C, while nothing else of the
process runs: a hundred thousand of them take twenty seconds. No letter of any language has thirty;
where more stand in a row, they are sorted thirty at a time (UAX #15, stream-safe text).
"""

import re
import unicodedata
from functools import lru_cache
from typing import Literal

MOST_MARKS = 30
_JOINER = "\u034f"  # combines nothing, and is not to be seen
# Where marks are: not among the many thousand signs of Chinese and Korean.
_BLOCKS = ((0x300, 0x3100), (0xA600, 0xAC00), (0xF900, 0xFF00), (0x10000, 0x1F000))


def normalized(form: Literal["NFC", "NFD"], text: str) -> str:
    """Return `text` in the form “NFC” or “NFD”."""
    if text.isascii():
        return text
    marks = _marks()
    if len(text) <= MOST_MARKS or marks.isdisjoint(text):
        return unicodedata.normalize(form, text)
    apart = _runs().sub(lambda found: found[0] + _JOINER, text)
    return unicodedata.normalize(form, apart).replace(_JOINER, "")


@lru_cache(maxsize=1)
def _marks() -> frozenset[str]:
    """What is a mark that combines, or becomes one."""
    return frozenset(
        character
        for first, end in _BLOCKS
        for character in map(chr, range(first, end))
        if unicodedata.combining(unicodedata.normalize("NFD", character)[0])
    )


@lru_cache(maxsize=1)
def _runs() -> re.Pattern[str]:
    """As many marks in a row as are sorted at once."""
    marks = "".join(sorted(map(re.escape, _marks())))
    return re.compile(f"[{marks}]{{{MOST_MARKS}}}")
