"""Words that a line's end has broken: whether their hyphen is the author's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

HYPHENS = ("-", "‐", "\u00ad")
WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
# First parts that stand with a hyphen more often than without.
_KEEPING = frozenset(
    """
    self well half all ever ill far so long short high low full cross ex twenty thirty forty
    fifty sixty seventy eighty ninety vice quasi non north south
    """.split()  # noqa: SIM905 - read as words
)
# And those that never do.
_SOLID = frozenset(
    ("every", "some", "any", "no", "with", "there", "where", "him", "her", "them", "it", "can")
)
# So many words broken for sure, to each kept whole, say that a program broke the lines.
_FEWEST_BROKEN, _MOST_TO_ONE = 4, 3


class WordCounts:
    """The words of a document, by its lines, for asking how one is written elsewhere."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.count: Counter[str] = Counter()
        pairs: list[tuple[str, str]] = []
        left = ""
        for line in lines:
            words = WORD.findall(line)
            if left and words:
                pairs.append((left, words[0]))
            left = ""
            # What a line's end may have cut is no witness.
            if words and line.rstrip().endswith(HYPHENS):
                left = words.pop()
            self.count.update(word.casefold() for word in words)
        glues = Counter(self._glue(one, other) for one, other in pairs)
        broken, kept = glues["", True], glues["-", True]
        self.breaks = broken >= max(_FEWEST_BROKEN, _MOST_TO_ONE * kept)

    def joins(self, left: str, right: str) -> tuple[str, bool]:
        """What stands between the parts of a word, "-" or "", and whether that is sure.

        In doubt a hyphen goes where a program has hyphenated the text, else it stays.
        """
        glue, sure = self._glue(left, right)
        return ("" if self.breaks and not sure else glue), sure

    def _glue(self, left: str, right: str) -> tuple[str, bool]:
        if not right[:1].islower():
            return "-", True
        whole = self.count[(left + right).casefold()]
        parted = self.count[f"{left}-{right}".casefold()]
        if whole or parted:
            return ("" if whole >= parted else "-"), True
        last = re.split("[-‐]", left)[-1].casefold()
        if last in _KEEPING:
            return "-", True
        if last in _SOLID:
            return "", True
        doubtful = self.count[last] > 0 and self.count[right.casefold()] > 0
        if doubtful and len(last) > 2 and len(right) > 2:
            return "-", False
        return "", True
