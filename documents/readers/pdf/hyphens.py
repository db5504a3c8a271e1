"""Lines as one text: words that a line's end has broken made whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from documents.readers.pdf.lines import TextLine
from documents.readers.pdf.runs import TextSpan
from documents.words import is_wide

_HYPHENS = ("-", "‐", "\u00ad")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
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
    """The words of a document, for asking how one is written elsewhere."""

    def __init__(self, lines: Iterable[TextLine]) -> None:
        self.count: Counter[str] = Counter()
        pairs: list[tuple[str, str]] = []
        left = ""
        for line in lines:
            words = _WORD.findall(line.text)
            if left and words:
                pairs.append((left, words[0]))
            left = ""
            # What a line's end may have cut is no witness.
            if words and line.text.rstrip().endswith(_HYPHENS):
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


def one_text(lines: list[TextLine], words: WordCounts) -> tuple[list[TextSpan], list[str]]:
    """The spans of lines as one line, and the seams that are not sure."""
    spans: list[TextSpan] = []
    warnings: list[str] = []
    for line in lines:
        if spans:
            warning = _add_seam(spans, line, words)
            if warning:
                warnings.append(warning)
        spans.extend(line.spans)
    return spans, warnings


def _add_seam(spans: list[TextSpan], line: TextLine, words: WordCounts) -> str:
    above = "".join(span.text for span in spans[-6:]).rstrip()
    below = line.text.lstrip()
    last = spans[-1]
    if above.endswith(_HYPHENS) and above[-2:-1].isalpha() and below[:1].isalpha():
        left, right = _WORD.findall(above[:-1])[-1:], _WORD.findall(below)[:1]
        if above.endswith("\u00ad"):
            spans[-1] = last._replace(text=last.text.rstrip()[:-1])
            return ""
        if left and right:
            glue, sure = words.joins(left[0], right[0])
            text = last.text.rstrip()
            spans[-1] = last._replace(text=text if glue else text[:-1])
            return "" if sure else f"{above[-25:]} | {below[:25]}"
    if above and below and (is_wide(above[-1]) or is_wide(below[0])):
        return ""
    if above and below and above[-1] in "”’" and is_wide(above.rstrip("”’“‘")[-1:]):
        return ""
    if above and below and below[0] in "“‘" and is_wide(below.lstrip("“‘")[:1]):
        return ""
    if above.endswith(("—", "/")) and not above.endswith((" —", " /")):
        # Broken after a dash or in an address, where no space was.
        if above.endswith("—") or _in_address(above):
            return ""
    elif _in_address(above) and _goes_on_address(above, below):
        return ""
    style = last.style & line.spans[0].style if line.spans else 0
    href = last.href if line.spans and last.href == line.spans[0].href else ""
    spans.append(TextSpan(" ", style, href))
    return ""


def _in_address(above: str) -> bool:
    return bool(re.search(r"(?:https?://|www\.|doi\.org/)\S*$", above))


def _goes_on_address(above: str, below: str) -> bool:
    """An address is broken at its own signs, and goes on in what is no word."""
    return (
        above[-1:] in "/-_.=&?#%:"
        and bool(re.match(r"[\w%~-]*[\w/.=&?#%_-]", below))
        and not below[:1].isupper()
    )
