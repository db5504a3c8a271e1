"""Notes listed at a text's end by numbers in brackets, each on one line or on several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from documents.readers.text.margins import LineGroup

_LABEL = re.compile(r"\s{0,8}\[0{0,2}(?P<number>\d{1,3})\][.:]?\s+(?=\S)")
_REFERENCE = re.compile(r"\[0{0,2}(\d{1,3})\]")
# So many notes are a list, and so many of them are referred to in the text.
_FEWEST, _FEWEST_REFERRED = 2, 0.6


def listed_notes(groups: Sequence[LineGroup]) -> tuple[list[LineGroup], set[int]]:
    """The groups with each note of the list a group of its own, and which groups are notes.

    Neither the measure nor an indent tells where a note ends: the next number does.
    """
    first = _first_note(groups)
    if first is None:
        return list(groups), set()
    out = list(groups[: first[0]])
    notes: set[int] = set()
    expected = 1
    for n, group in enumerate(groups[first[0] :], first[0]):
        at = 0
        for k, line in enumerate(group.lines):
            if (n, k) >= first and _number(line) == expected:
                if k > at:
                    out.append(LineGroup(group.lines[at:k], group.gap if not at else 0))
                notes.add(len(out))
                expected += 1
                at = k
        out.append(LineGroup(group.lines[at:], group.gap if not at else 0))
    return out, notes


def _first_note(groups: Sequence[LineGroup]) -> tuple[int, int] | None:
    """Where the last list that counts from one begins, by group and line."""
    lines = list(_lines(groups))
    start = next((at for at in range(len(lines) - 1, -1, -1) if _number(lines[at][1]) == 1), None)
    if start is None:
        return None
    numbers: list[int] = []
    for _, line in lines[start:]:
        if _number(line) == len(numbers) + 1:
            numbers.append(len(numbers) + 1)
    above = {int(one) for _, line in lines[:start] for one in _REFERENCE.findall(line)}
    referred = sum(number in above for number in numbers)
    if len(numbers) < _FEWEST or referred < _FEWEST_REFERRED * len(numbers):
        return None
    return lines[start][0]


def _lines(groups: Sequence[LineGroup]) -> Iterator[tuple[tuple[int, int], str]]:
    for n, group in enumerate(groups):
        for k, line in enumerate(group.lines):
            yield (n, k), line


def _number(line: str) -> int:
    match = _LABEL.match(line)
    return int(match["number"]) if match else 0
