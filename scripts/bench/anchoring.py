"""How fast quotations are found, and carried from one revision of a long essay to the next."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from anchoring import QuotedSegment, align, find_words, reanchor
from scripts.bench.report import Figure, at_most
from scripts.bench.seed import WORDS, sentence

QUOTES = 500
PASSAGES = 1_000
SECONDS_GOAL = 2  # of the processor, for the longest essay that we take
EDITED = 10  # one block in so many


@dataclass(frozen=True)
class BenchBlock:
    key: str
    kind: str
    text: str


def find_quotations() -> Figure:
    """Find the words of quotations in their own paragraphs, as a post does."""
    source = random.Random(2)
    texts = [" ".join(_told(source) for _ in range(7)) for _ in range(40)]
    wanted = []
    for _ in range(QUOTES):
        text = source.choice(texts)
        start = source.randrange(0, len(text) - 50)
        wanted.append((text, text[start : start + 40].strip()))
    began = time.process_time()
    found = sum(bool(find_words(text, words)) for text, words in wanted)
    took = (time.process_time() - began) * 1000
    text = f"{QUOTES} quotations looked for in their paragraphs, {found} found: {took:.0f} ms"
    return Figure(text, None if found == QUOTES else False)


def carry_passages(blocks: int) -> Iterator[Figure]:
    """Align two revisions of so many paragraphs, and carry a thousand passages over."""
    source = random.Random(3)
    old = [
        BenchBlock(f"b{n}", "paragraph", " ".join(_told(source) for _ in range(7)))
        for n in range(blocks)
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
    name = f"{blocks:,} blocks aligned with {blocks:,}"
    yield at_most(name, aligned - began, SECONDS_GOAL, " s")
    name = f"{PASSAGES:,} passages re-anchored"
    yield at_most(name, carried - aligned, SECONDS_GOAL, " s", told)


def _told(source: random.Random) -> str:
    """A sentence with a number in it, so that paragraphs of so few words can be told apart."""
    return f"{sentence(source, 14)[:-1]} {source.randrange(1000, 9999)}."


def _place(source: random.Random, number: int, blocks: int) -> int:
    place = source.randrange(blocks)
    return place - place % EDITED if number % 2 else place


def _edited(source: random.Random, row: BenchBlock) -> BenchBlock:
    words = row.text.split()
    for _ in range(4):
        words[source.randrange(len(words))] = source.choice(WORDS)
    return BenchBlock(f"{row.key}n", row.kind, " ".join(words))


def _passage(source: random.Random, row: BenchBlock) -> QuotedSegment:
    start = row.text.index(" ", source.randrange(0, len(row.text) - 120)) + 1
    end = row.text.index(" ", start + source.randrange(10, 60))
    return QuotedSegment(row.key, start, end, row.text[start:end])
