"""Words that the end of a line has broken, made whole before lines become paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.hyphens import HYPHENS, WORD, WordCounts

_FIRST = re.compile(r"(?P<indent>\s*)(?P<word>\S+)\s*")
# "pre- and post-war": the hyphen stands for a word, and the line goes on with these.
_SUSPENDING = frozenset(["and", "or", "to", "und", "oder", "bis", "et", "ou", "y", "o", "e", "en"])


def whole_words(lines: Sequence[str], words: WordCounts) -> tuple[list[str], list[str]]:
    """Lines with the rest of a broken word on the line that it began on, and doubtful seams."""
    out = [lines[0]]
    doubts: list[str] = []
    for line in lines[1:]:
        above = out[-1]
        parts = _parts(above, line)
        first = _FIRST.match(line)
        if parts is None or first is None:
            out.append(line)
            continue
        glue, sure = ("", True) if above.endswith("\u00ad") else words.joins(*parts)
        out[-1] = (above if glue else above[:-1]) + first["word"]
        if not sure:
            doubts.append(f"{above[-25:].lstrip()} | {line.lstrip()[:25]}")
        if rest := line[first.end() :]:
            out.append(first["indent"] + rest)
    return out, doubts


def _parts(above: str, below: str) -> tuple[str, str] | None:
    """The two parts of a word, where a hyphen ends one line and small letters open the next."""
    if not above.endswith(HYPHENS) or not above[-2:-1].isalpha():
        return None
    left = WORD.findall(above[:-1])[-1]
    right = WORD.match(below.lstrip())
    if right is None or not right.group()[0].islower() or right.group() in _SUSPENDING:
        return None
    return left, right.group()
