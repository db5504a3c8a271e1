"""Notes by asterisk and dagger, set below the paragraph that refers to them."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import replace

from documents.parsed import ParsedBlock
from documents.rich import InlineMark

SYMBOLS = "*†‡§¶"
NOTE = re.compile(rf"\s*(?P<symbol>[{SYMBOLS}]{{1,3}})\s*(?=[^\W_]|[\"“‘«(\[])")
_REFERENCE = re.compile(rf"(?<=[^\s{SYMBOLS}])(?P<symbol>[{SYMBOLS}]{{1,3}})(?![\w{SYMBOLS}])")
# A note stands so many pieces below what refers to it, at most.
_FARTHEST = 15


def refers(text: str, symbol: str) -> bool:
    """Whether a text holds a reference by this symbol."""
    return any(match["symbol"] == symbol for match in _REFERENCE.finditer(text))


def raised_symbols(blocks: Iterable[ParsedBlock]) -> list[ParsedBlock]:
    """Pieces that open with a symbol, and the nearest references above, raised.

    The shared repair binds what is raised. References and notes of one symbol
    come in the same order.
    """
    out = list(blocks)
    waiting: dict[str, deque[tuple[int, int, int]]] = defaultdict(deque)
    for n, block in enumerate(out):
        note = NOTE.match(block.text) if block.kind == "paragraph" else None
        symbol = note["symbol"] if note else ""
        queue = waiting[symbol]
        while queue and n - queue[0][0] > _FARTHEST:
            queue.popleft()
        if note and queue:
            at, start, end = queue.popleft()
            mark = InlineMark(start, end, "sup", (("bracket", "1"),))
            rich = out[at].rich
            marks = tuple(sorted((*rich.marks, mark), key=lambda m: m.start))
            out[at] = replace(out[at], rich=replace(rich, marks=marks))
            own = InlineMark(note.start("symbol"), note.end("symbol"), "sup")
            out[n] = replace(block, rich=replace(block.rich, marks=(own, *block.rich.marks)))
            continue
        if block.kind not in {"code", "table", "rule"}:
            for match in _REFERENCE.finditer(block.text):
                waiting[match["symbol"]].append((n, *match.span()))
    return out
