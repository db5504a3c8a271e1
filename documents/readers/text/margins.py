"""Where the lines of a plain text begin: its margin, and what opens a paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass

from documents.words import TERMINAL, bare, is_wide

# How Chinese and Japanese open a paragraph: by one or two letters' space.
_OPENING = re.compile(r"\u3000{1,2}(?=[^\s\u3000])")
# Of the lines of a text that is indented throughout, so many may stand further out (its titles).
_FURTHER_OUT = 0.1


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Lines without an empty line between, and the empty lines above them."""

    lines: tuple[str, ...]
    gap: int


def columns(text: str) -> int:
    """How much room a line takes: Chinese and Japanese letters are twice as wide."""
    return len(text) + sum(map(is_wide, text)) if not text.isascii() else len(text)


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip())


def line_groups(text: str) -> list[LineGroup]:
    """The groups of a text, from its own margin."""
    groups: list[LineGroup] = []
    lines: list[str] = []
    gap = before = 0
    for line in _from_margin(text.split("\n")):
        opens = bool(_OPENING.match(line)) and _may_open(lines)
        if lines and (opens or not line.strip()):
            groups.append(LineGroup(tuple(lines), before))
            lines = []
        if not line.strip():
            gap += 1
            continue
        if not lines:
            before = gap
        lines.append(line.strip() if opens else line.rstrip())
        gap = 0
    if lines:
        groups.append(LineGroup(tuple(lines), before))
    return groups


def _may_open(above: list[str]) -> bool:
    """Whether a paragraph may begin below these lines; in a quotation it goes on."""
    return not above or not above[-1].startswith("\u3000") or bare(above[-1])[-1:] in TERMINAL


def _from_margin(lines: list[str]) -> list[str]:
    """Lines without the indent that all of the text has, but for some titles."""
    indents = sorted(indent_of(line) for line in lines if line.strip() and line[0] != "\u3000")
    margin = indents[int(len(indents) * _FURTHER_OUT)] if indents else 0
    return [line[min(margin, indent_of(line)) :] for line in lines] if margin else lines
