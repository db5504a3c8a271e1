"""Passages carried to a new revision, and what becomes of chains and whole blocks."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass

from anchoring.alignment import align
from anchoring.search import context
from anchoring.transfer import CONTEXT_CHARACTERS, QuotedSegment, Reanchored, reanchor


@dataclass(frozen=True)
class Row:
    key: str
    kind: str
    text: str


TIDE = "The tide comes twice a day and is kept by nobody, least of all by the harbour master."
MILL = (
    "When the mill closed, the town held a meeting in the chapel. Nobody voted for anything. "
    "Those who spoke first spoke longest, and justice was put off until the spring."
)
FERRY = "The ferry company kept a register for thirty years. It gives the name and the fare."
OLD = [Row("t", "paragraph", TIDE), Row("m", "paragraph", MILL), Row("f", "paragraph", FERRY)]


def words(key: str, quote: str) -> QuotedSegment:
    text = next(row.text for row in OLD if row.key == key)
    start = text.index(quote)
    return QuotedSegment(key, start, start + len(quote), quote)


def carried(new: list[str], *passage: QuotedSegment) -> Reanchored:
    blocks = [Row(f"n{place}", "paragraph", text) for place, text in enumerate(new)]
    (outcome,) = reanchor([passage], old=OLD, new=blocks, alignment=align(OLD, blocks))
    keys = align(OLD, blocks).keys
    for segment in outcome.segments:
        text = blocks[keys.index(segment.block_key)].text
        if segment.start is not None and segment.end is not None:
            assert text[segment.start : segment.end] == segment.quote
            assert (segment.prefix, segment.suffix) == context(
                text, segment.start, segment.end, CONTEXT_CHARACTERS
            )
    return outcome


def said(outcome: Reanchored) -> tuple[str, list[tuple[str, str]]]:
    return outcome.placement, [(one.block_key, one.quote) for one in outcome.segments]


def test_unchanged() -> None:
    outcome = carried([TIDE, MILL, FERRY], words("m", "the mill closed"))
    assert said(outcome) == ("exact", [("m", "the mill closed")])
    assert outcome.score == 1


def test_words_around_it_changed() -> None:
    new = MILL.replace("a meeting in", "two meetings, both in").replace("Nobody", "No one")
    outcome = carried([TIDE, new, FERRY], words("m", "the chapel"))
    assert said(outcome) == ("exact", [("m", "the chapel")])


def test_words_inside_it_changed() -> None:
    new = MILL.replace("voted for anything", "voted for anything at all")
    outcome = carried([TIDE, new, FERRY], words("m", "Nobody voted for anything."))
    assert said(outcome) == ("changed", [("m", "Nobody voted for anything at all.")])
    assert 0.5 < outcome.score < 1


def test_its_first_word_was_replaced() -> None:
    new = MILL.replace("Nobody voted", "Few voted")
    outcome = carried([TIDE, new, FERRY], words("m", "Nobody voted for anything"))
    assert said(outcome) == ("changed", [("m", "Few voted for anything")])


def test_its_block_was_moved() -> None:
    outcome = carried([MILL, FERRY, TIDE], words("t", "kept by nobody"))
    assert said(outcome) == ("moved", [("t", "kept by nobody")])


def test_its_sentence_went_to_another_block() -> None:
    new = [
        TIDE,
        MILL.replace("Nobody voted for anything. ", ""),
        f"{FERRY} Nobody voted for anything.",
    ]
    outcome = carried(new, words("m", "Nobody voted for anything."))
    assert outcome.placement in {"moved", "unanchored"}
    if outcome.segments:
        assert said(outcome)[1] == [("f", "Nobody voted for anything.")]


def test_its_words_are_gone() -> None:
    new = MILL.replace(", and justice was put off until the spring", "")
    outcome = carried(
        [TIDE, new, f"{FERRY} Justice has no fare; justice is free."], words("m", "justice")
    )
    assert outcome == Reanchored("unanchored", 0.0, (), near="m")


def test_its_block_is_gone() -> None:
    outcome = carried([TIDE, FERRY], words("m", "the mill closed"))
    assert outcome == Reanchored("unanchored", 0.0, (), near=None)
    assert carried([TIDE, FERRY], QuotedSegment("m")) == Reanchored(
        "unanchored", 0.0, (), near=None
    )


def test_a_split_inside_it_makes_a_chain() -> None:
    first, second = MILL.split(" Those ")
    outcome = carried(
        [TIDE, first, f"Those {second}", FERRY], words("m", "for anything. Those who")
    )
    assert outcome.placement == "exact"
    assert [one.quote for one in outcome.segments] == ["for anything.", "Those who"]


def test_a_merge_makes_one_segment_of_a_chain() -> None:
    chain = (words("t", "by the harbour master."), words("m", "When the mill closed"))
    outcome = carried([f"{TIDE} {MILL}", FERRY], *chain)
    assert outcome.placement == "exact"
    assert [one.quote for one in outcome.segments] == [
        "by the harbour master. When the mill closed"
    ]


def test_a_chain_that_lost_a_block() -> None:
    """Most of its words gone, it is gone; most of them there, it is changed."""
    chain = (words("t", "master."), words("m", "When the mill closed, the town held a meeting"))
    assert carried([TIDE, FERRY], *chain).placement == "unanchored"
    outcome = carried([MILL, FERRY], *chain)
    assert said(outcome) == ("changed", [("m", chain[1].quote)])
    assert outcome.score < 1


def test_a_whole_block_follows_its_block() -> None:
    assert said(carried([TIDE, MILL, FERRY], QuotedSegment("m"))) == ("exact", [("m", "")])
    typography = MILL.replace(" the ", "\u00a0the ")
    assert carried([TIDE, typography, FERRY], QuotedSegment("m")).placement == "exact"
    assert carried([TIDE, FERRY, MILL], QuotedSegment("m")).segments == (QuotedSegment("m"),)
    rewritten = MILL.replace(
        "Nobody voted for anything. ", "Three motions were carried by acclaim. "
    )
    assert carried([TIDE, rewritten, FERRY], QuotedSegment("m")).placement == "changed"


def test_a_block_that_the_old_text_does_not_have() -> None:
    """A row that outlived its block: by its words and their context, or not at all."""
    stray = QuotedSegment(
        "gone", 0, 9, "the mill closed", prefix="When ", suffix=", the town held a meeting"
    )
    outcome = carried([TIDE, MILL, FERRY], stray)
    assert said(outcome) == ("moved", [("m", "the mill closed")])
    assert carried([TIDE, MILL, FERRY], QuotedSegment("gone")).placement == "unanchored"


def test_wrong_offsets_are_mended_by_the_words() -> None:
    wrong = QuotedSegment("m", 3, 9, "the mill closed")
    assert said(carried([TIDE, MILL, FERRY], wrong)) == ("exact", [("m", "the mill closed")])


def test_a_thousand_passages_at_once() -> None:
    """Blocks are folded and aligned once, however many passages they hold."""
    chance = random.Random(3)  # noqa: S311 - not for secrets
    vocabulary = [f"word{number}" for number in range(3_000)]
    old = [
        Row(f"k{place}", "paragraph", " ".join(chance.choices(vocabulary, k=100)))
        for place in range(200)
    ]
    new = [
        Row(f"n{place}", row.kind, f"{row.text[:300]} altered {row.text[300:]}")
        for place, row in enumerate(old)
    ]
    passages = []
    for _ in range(1_000):
        row = chance.choice(old)
        start = row.text.index(" ", chance.randrange(500)) + 1
        end = row.text.index(" ", start + chance.randrange(20, 80))
        passages.append([QuotedSegment(row.key, start, end, row.text[start:end])])
    alignment = align(old, new)
    began = time.process_time()
    outcomes = reanchor(passages, old=old, new=new, alignment=alignment)
    took = time.process_time() - began
    count = Counter(outcome.placement for outcome in outcomes)
    assert count["unanchored"] == count["moved"] == 0
    assert count["exact"] > 800
    assert took < 10  # well under one second
