"""How fast passages are carried from one revision of a long essay to the next."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from anchoring import Segment, align, reanchor
from demo.bench.seed import WORDS, sentence

PASSAGES = 1_000
EDITED = 10  # one block in so many


@dataclass(frozen=True)
class Row:
    key: str
    kind: str
    text: str


def carry_passages(blocks: int) -> Iterator[str]:
    """Align two revisions of so many paragraphs, and carry a thousand passages over."""
    source = random.Random(3)  # noqa: S311
    old = [
        Row(f"b{n}", "paragraph", " ".join(_told(source) for _ in range(7))) for n in range(blocks)
    ]
    new = [_edited(source, row) if n % EDITED == 0 else row for n, row in enumerate(old)]
    new.insert(blocks // 2, new.pop(source.randrange(blocks // 2)))
    # Half of the passages are in blocks that changed: the others are copied, and prove little.
    passages = [[_passage(source, old[_place(source, n, blocks)])] for n in range(PASSAGES)]
    began = time.process_time()
    alignment = align(old, new)
    aligned = time.process_time()
    outcomes = reanchor(passages, old=old, new=new, alignment=alignment)
    carried = time.process_time()
    count = Counter(outcome.placement for outcome in outcomes)
    told = ", ".join(f"{number} {placement}" for placement, number in sorted(count.items()))
    yield f"{blocks:,} blocks aligned with {blocks:,}: {aligned - began:.2f} s (goal 2)"
    yield f"{PASSAGES:,} passages re-anchored: {carried - aligned:.2f} s (goal 2): {told}"


def _told(source: random.Random) -> str:
    """A sentence with a number in it, so that paragraphs of so few words can be told apart."""
    return f"{sentence(source, 14)[:-1]} {source.randrange(1000, 9999)}."


def _place(source: random.Random, number: int, blocks: int) -> int:
    place = source.randrange(blocks)
    return place - place % EDITED if number % 2 else place


def _edited(source: random.Random, row: Row) -> Row:
    words = row.text.split()
    for _ in range(4):
        words[source.randrange(len(words))] = source.choice(WORDS)
    return Row(f"{row.key}n", row.kind, " ".join(words))


def _passage(source: random.Random, row: Row) -> Segment:
    start = row.text.index(" ", source.randrange(0, len(row.text) - 120)) + 1
    end = row.text.index(" ", start + source.randrange(10, 60))
    return Segment(row.key, start, end, row.text[start:end])
