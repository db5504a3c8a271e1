"""Notes by asterisk and dagger, set below the paragraph that refers to them."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import replace

from documents.draft import Piece
from documents.rich import Mark

SIGNS = "*†‡§¶"
NOTE = re.compile(rf"\s*(?P<sign>[{SIGNS}]{{1,3}})\s*(?=[^\W_]|[\"“‘«(\[])")
_REFERENCE = re.compile(rf"(?<=[^\s{SIGNS}])(?P<sign>[{SIGNS}]{{1,3}})(?![\w{SIGNS}])")
# A note stands so many pieces below what refers to it, at most.
_FARTHEST = 15


def refers(text: str, sign: str) -> bool:
    """Whether a text holds a reference by this sign."""
    return any(match["sign"] == sign for match in _REFERENCE.finditer(text))


def raised_signs(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces that open with a sign, and the nearest references above, raised.

    The shared repair binds what is raised. References and notes of one sign
    come in the same order.
    """
    out = list(pieces)
    waiting: dict[str, deque[tuple[int, int, int]]] = defaultdict(deque)
    for n, piece in enumerate(out):
        note = NOTE.match(piece.text) if piece.kind == "paragraph" else None
        sign = note["sign"] if note else ""
        queue = waiting[sign]
        while queue and n - queue[0][0] > _FARTHEST:
            queue.popleft()
        if note and queue:
            at, start, end = queue.popleft()
            mark = Mark(start, end, "sup", (("bracket", "1"),))
            rich = out[at].rich
            marks = tuple(sorted((*rich.marks, mark), key=lambda m: m.start))
            out[at] = replace(out[at], rich=replace(rich, marks=marks))
            own = Mark(note.start("sign"), note.end("sign"), "sup")
            out[n] = replace(piece, rich=replace(piece.rich, marks=(own, *piece.rich.marks)))
            continue
        if piece.kind not in {"code", "table", "rule"}:
            for match in _REFERENCE.finditer(piece.text):
                waiting[match["sign"]].append((n, *match.span()))
    return out
