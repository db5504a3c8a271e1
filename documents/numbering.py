"""Paragraph numbers that people cite, and keys that survive revisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from documents.document import DocumentBlock

NUMBERED = frozenset({"paragraph", "list_item", "blockquote", "verse"})


def numbered(blocks: Iterable[DocumentBlock]) -> tuple[DocumentBlock, ...]:
    """The blocks with their numbers (1, 2, … in reading order) and keys.

    A key is a letter and ten hexadecimal digits of kind and text, with a count
    (-2, -3, …) where the same text comes again: the same text has the same key
    in every import.
    """
    out: list[DocumentBlock] = []
    seen: Counter[str] = Counter()
    count = 0
    for block in blocks:
        number = None
        if block.kind in NUMBERED:
            count += 1
            number = count
        digest = sha256(f"{block.kind}\n{block.text}".encode("utf-8", "replace")).hexdigest()[:10]
        seen[digest] += 1
        key = f"b{digest}" if seen[digest] == 1 else f"b{digest}-{seen[digest]}"
        out.append(replace(block, number=number, key=key))
    return tuple(out)
