"""Lines as one text: words that a line's end has broken made whole."""

from __future__ import annotations

import re

from documents.hyphens import HYPHENS, WORD, WordCounts
from documents.readers.pdf.lines import TextLine
from documents.readers.pdf.runs import TextSpan
from documents.words import is_wide


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
    if above.endswith(HYPHENS) and above[-2:-1].isalpha() and below[:1].isalpha():
        left, right = WORD.findall(above[:-1])[-1:], WORD.findall(below)[:1]
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
