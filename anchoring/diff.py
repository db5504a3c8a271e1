"""What changed between two texts, word by word, for a page that shows it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import LCSseq

from anchoring.folding import WORD

ChangeKind = Literal["same", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text: in both, in the new one alone, or in the old one alone."""

    kind: ChangeKind
    text: str


def word_changes(old: str, new: str) -> list[Change]:
    """Return what makes `new` of `old`, removed before added, never cut inside a word.

    The same and the removed stretches together are `old`; the same and the added
    are `new`.
    """
    first, second = _pieces(old), _pieces(new)
    changes: list[Change] = []
    steps = list(LCSseq.opcodes(first, second))
    for place, step in enumerate(steps):
        before = "".join(first[step.src_start : step.src_end])
        after = "".join(second[step.dest_start : step.dest_end])
        # White space between two changes belongs to them: “old boats”, not “old”, “boats”.
        is_inner = 0 < place < len(steps) - 1 and before.isspace() and after == before
        if step.tag == "equal" and not is_inner:
            changes.append(Change("same", before))
            continue
        if before:
            changes.append(Change("removed", before))
        if after:
            changes.append(Change("added", after))
    return list(_joined(changes))


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    at = 0
    for match in WORD.finditer(text):
        pieces.extend(re.findall(r"\s+|[^\s]", text[at : match.start()]))
        pieces.append(match[0])
        at = match.end()
    pieces.extend(re.findall(r"\s+|[^\s]", text[at:]))
    return pieces


def _joined(changes: list[Change]) -> Iterator[Change]:
    """Neighbours of one kind put together, and in each change the removed before the added."""
    waiting = {"removed": "", "added": ""}
    same = ""
    for change in changes:
        if change.kind == "same":
            yield from _said(waiting)
            waiting = {"removed": "", "added": ""}
            same += change.text
            continue
        if same:
            yield Change("same", same)
            same = ""
        waiting[change.kind] += change.text
    if same:
        yield Change("same", same)
    yield from _said(waiting)


def _said(waiting: dict[str, str]) -> Iterator[Change]:
    if waiting["removed"]:
        yield Change("removed", waiting["removed"])
    if waiting["added"]:
        yield Change("added", waiting["added"])
