"""Quotations in edited texts: those that survive are found, those that are gone are refused.

What “right” means here. The edits (tests/readings/edit_kinds.py) know of each word what
became of it, and so of each quotation whether it

- survives: all its words stand in a row, whatever was done to their typography.
  Right is the place of exactly these words, from the first character to the last;
  not another place with the same words.
- changed: words came in, went or were replaced inside it, but by weight three fifths
  of it are left, and are three fifths of what stands there now. Right is a stretch
  that shares at least half its characters with what it became.
- torn: less is left than that. Nobody can say whether it is still the passage:
  refusing it is right, and so is a place that overlaps what is left.
- gone: none of its words is left. Only a refusal is right.

Everything else is wrong if a place was named and lost if none was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256

import pytest

from anchoring.alignment import align
from anchoring.search import find
from anchoring.transfer import QuotedSegment, reanchor
from tests.anchoring.edit_kinds import edits_of
from tests.anchoring.edits import (
    CONTEXT,
    Edit,
    Quotation,
    Text,
    Truth,
    join,
    read,
    span,
    truth,
    written,
)
from tests.readings.texts import ADVERSARIAL, OTHER_SCRIPTS, essays

SEEDS = [1, 777]
RIGHT = 0.97
WRONG = 0.005

Found = tuple[int, int] | None
Method = Callable[[Edit, Quotation], Found]


@dataclass(frozen=True)
class Row:
    key: str
    kind: str
    text: str


def rows(text: Text) -> list[Row]:
    """The paragraphs with keys as an import gives them: of their words, so that they change too."""
    seen: Counter[str] = Counter()
    found = []
    for paragraph in text:
        words = join(paragraph)
        key = f"b{sha256(words.encode()).hexdigest()[:10]}"
        seen[key] += 1
        found.append(Row(key if seen[key] == 1 else f"{key}-{seen[key]}", "paragraph", words))
    return found


def starts(blocks: list[Row]) -> list[int]:
    return [sum(len(block.text) + 1 for block in blocks[:place]) for place in range(len(blocks))]


def by_words_alone(edit: Edit, quotation: Quotation) -> Found:
    """`find` in the whole new text, which knows nothing of the old but the quotation's context."""
    old = written(edit.old)
    start, end = span(edit.old, quotation)
    placement = find(
        written(edit.new),
        exact=old[start:end],
        prefix=old[max(0, start - CONTEXT) : start],
        suffix=old[end : end + CONTEXT],
        start=start,
    )
    if placement.start is None or placement.end is None:
        return None
    return placement.start, placement.end


def by_both_texts(edit: Edit, quotation: Quotation) -> Found:
    """`reanchor`, as a new revision does it."""
    old, new = rows(edit.old), rows(edit.new)
    alignment = align(old, new)
    start, end = span(edit.old, quotation)
    offset = starts(old)[quotation.paragraph]
    words = written(edit.old)[start:end]
    segment = QuotedSegment(old[quotation.paragraph].key, start - offset, end - offset, words)
    (outcome,) = reanchor([[segment]], old=old, new=new, alignment=alignment)
    if not outcome.segments:
        return None
    places = starts(new)
    first, last = outcome.segments[0], outcome.segments[-1]
    assert first.start is not None
    assert last.end is not None
    return (
        places[alignment.keys.index(first.block_key)] + first.start,
        places[alignment.keys.index(last.block_key)] + last.end,
    )


def judged(real: Truth, found: Found) -> str:
    if found is None:
        return "refused" if real.state in {"gone", "torn"} else "lost"
    if real.state == "gone":
        return "wrong"
    shared = max(0, min(found[1], real.end) - max(found[0], real.start))
    if real.state == "survives":
        return "right" if found == (real.start, real.end) else "wrong"
    if real.state == "torn":
        return "overlaps" if shared else "wrong"
    whole = max(found[1], real.end) - min(found[0], real.start)
    return "right" if 2 * shared >= whole else "wrong"


def cases(texts: dict[str, list[str]], seed: int, each: int) -> Iterator[tuple[Edit, Quotation]]:
    for paragraphs in texts.values():
        for edit in edits_of(read(paragraphs), seed, each=each):
            for quotation in edit.quotations:
                yield edit, quotation


def tally(
    texts: dict[str, list[str]], seed: int, each: int, method: Method
) -> tuple[Counter[str], list[str]]:
    """How often each judgement fell, and what was wrong or lost in words."""
    count: Counter[str] = Counter()
    misses = []
    for edit, quotation in cases(texts, seed, each):
        found = method(edit, quotation)
        verdict = judged(truth(edit, quotation), found)
        count[verdict] += 1
        if verdict in {"wrong", "lost"}:
            start, end = span(edit.old, quotation)
            now = written(edit.new)[slice(*found)] if found else None
            misses.append(f"{verdict} {edit.kind}: {written(edit.old)[start:end]!r} → {now!r}")
    return count, misses


def held(count: Counter[str], misses: list[str], *, right: float, wrong: float) -> None:
    surviving = count["right"] + count["lost"]
    told = "\n".join([str(dict(count)), *misses])
    assert count["right"] >= right * surviving, told
    assert count["wrong"] <= wrong * sum(count.values()), told


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("method", [by_words_alone, by_both_texts])
def test_essays(method: Method, seed: int) -> None:
    """At least 300 edits of each seed, of every kind, in the demonstration essays."""
    count, misses = tally(essays(), seed, 8, method)
    assert sum(count.values()) >= 300
    assert count["refused"] > 50
    held(count, misses, right=RIGHT, wrong=WRONG)


@pytest.mark.parametrize("seed", SEEDS)
def test_other_scripts(seed: int) -> None:
    """Chinese without spaces, Turkish and Arabic."""
    held(*tally(OTHER_SCRIPTS, seed, 3, by_both_texts), right=RIGHT, wrong=2 * WRONG)


@pytest.mark.parametrize("seed", SEEDS)
def test_texts_that_repeat_themselves(seed: int) -> None:
    """Near-identical neighbours, a refrain, lists of like items, a table of names.

    Here an edit can make one item into its neighbour, and no reader could tell: the
    share of wrong answers that is allowed is larger.
    """
    held(*tally(ADVERSARIAL, seed, 3, by_both_texts), right=RIGHT, wrong=0.015)


@pytest.mark.parametrize("seed", SEEDS)
def test_texts_that_repeat_themselves_by_words_alone(seed: int) -> None:
    """Without the old text a twin is often told from the original by nothing."""
    held(*tally(ADVERSARIAL, seed, 3, by_words_alone), right=0.9, wrong=0.05)
