"""Blocks aligned: what stayed, changed, moved, came, went, was cut in two or put together."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anchoring.alignment import KEY_CHARACTERS, Alignment, align


@dataclass(frozen=True)
class Row:
    key: str
    kind: str
    text: str


TIDE = "The tide comes twice a day and is kept by nobody, least of all by the harbour master."
MILL = "When the mill closed, the town held a meeting in the chapel. Nobody voted for anything."
FERRY = "The ferry company kept a register for thirty years. It gives the name and the fare."
ROAD = "A road to the coast was promised in spring and begun, to general surprise, in autumn."


def rows(*texts: str, key: str = "k") -> list[Row]:
    return [Row(f"{key}{place}", "paragraph", text) for place, text in enumerate(texts)]


def changes(alignment: Alignment) -> list[tuple[int | None, int | None, str]]:
    return [(pair.old, pair.new, pair.change) for pair in alignment.pairs]


def test_the_same_text_keeps_its_keys() -> None:
    found = align(rows(TIDE, MILL), rows(TIDE, MILL, key="n"))
    assert changes(found) == [(0, 0, "same"), (1, 1, "same")]
    assert found.keys == ("k0", "k1")


def test_changed_added_and_removed() -> None:
    new = rows(TIDE.replace("twice", "three times"), ROAD, FERRY, key="n")
    found = align(rows(TIDE, MILL, FERRY), new)
    assert changes(found) == [
        (0, 0, "changed"),
        (1, None, "removed"),
        (None, 1, "added"),
        (2, 2, "same"),
    ]
    assert found.keys == ("k0", "n1", "k2")


def test_typography_alone_keeps_the_block() -> None:
    new = rows(TIDE.replace("nobody, least", "nobody,\u00a0least"), key="n")
    assert align(rows(TIDE), new).keys == ("k0",)


@pytest.mark.parametrize("edited", [False, True])
def test_moved(edited: bool) -> None:
    moved = TIDE.replace("twice", "once") if edited else TIDE
    found = align(rows(TIDE, MILL, FERRY, ROAD), rows(MILL, FERRY, moved, ROAD, key="n"))
    assert changes(found) == [(1, 0, "same"), (2, 1, "same"), (0, 2, "moved"), (3, 3, "same")]
    assert found.keys == ("k1", "k2", "k0", "k3")


def test_split_and_merged() -> None:
    first, second = MILL.split(". ")
    cut = align(rows(TIDE, MILL, ROAD), rows(TIDE, f"{first}.", second, ROAD, key="n"))
    assert changes(cut) == [(0, 0, "same"), (1, 1, "split"), (1, 2, "split"), (2, 3, "same")]
    assert cut.keys == ("k0", "k1", "n2", "k2")
    whole = align(rows(TIDE, f"{first}.", second, ROAD), rows(TIDE, MILL, ROAD, key="n"))
    assert changes(whole) == [(0, 0, "same"), (1, 1, "merged"), (2, 1, "merged"), (3, 2, "same")]
    assert whole.keys == ("k0", "k1", "k3")
    assert whole.new_of() == {0: [0], 1: [1], 2: [1], 3: [2]}


def test_an_unlike_block_in_the_same_place_is_another() -> None:
    found = align(rows(TIDE, MILL, FERRY), rows(TIDE, ROAD, FERRY, key="n"))
    assert found.keys == ("k0", "n1", "k2")


def test_siblings_are_not_taken_for_each_other() -> None:
    """Near-identical paragraphs, each with one more word: every one is its own."""
    lines = [
        f"The {name} harbour was dredged in 19{n}1, and its keeper was of the name of {name}."
        for n, name in enumerate(["Vellin", "Kerrow", "Sand", "Oldmouth", "Rook"])
    ]
    new = rows(*(line.replace("dredged", "dredged again") for line in lines), key="n")
    assert align(rows(*lines), new).keys == ("k0", "k1", "k2", "k3", "k4")
    del new[1]
    assert align(rows(*lines), new).keys == ("k0", "k2", "k3", "k4")


def test_rules_and_repeated_lines_stay_in_order() -> None:
    found = align(rows("* * *", TIDE, "* * *", MILL), rows("* * *", MILL, key="n"))
    assert found.keys in {("k0", "k3"), ("k2", "k3")}


def test_keys_stay_unique_and_short() -> None:
    """A new block's own key may be one that an old block keeps."""
    long = "k" * KEY_CHARACTERS
    old = [Row(long, "paragraph", TIDE)]
    new = [Row(long, "paragraph", MILL), Row("x", "paragraph", TIDE), Row(long, "heading", ROAD)]
    keys = align(old, new).keys
    assert keys[1] == long
    assert len(set(keys)) == 3
    assert max(map(len, keys)) <= KEY_CHARACTERS


texts = st.lists(
    st.sampled_from(
        [TIDE, MILL, FERRY, ROAD, "", "* * *", "One.", f"{TIDE} {MILL}", MILL.split(". ")[0]]
    ),
    max_size=12,
)


@given(before=texts, after=texts)
def test_every_block_has_its_place(before: list[str], after: list[str]) -> None:
    found = align(rows(*before), rows(*after, key="n"))
    assert {pair.old for pair in found.pairs} - {None} == set(range(len(before)))
    new = [pair.new for pair in found.pairs if pair.new is not None]
    assert new == sorted(new)
    assert set(new) == set(range(len(after)))
    assert len(set(found.keys)) == len(after)
    assert found == align(rows(*before), rows(*after, key="n"))
    for pair in found.pairs:
        assert (pair.change == "added") == (pair.old is None)
        assert (pair.change == "removed") == (pair.new is None)
        if pair.change == "same":
            assert pair.old is not None
            assert pair.new is not None
            assert before[pair.old] == after[pair.new]


def test_three_thousand_blocks() -> None:
    """Every tenth changed, some gone, some moved: no comparison of each with each."""
    chance = random.Random(7)  # noqa: S311 - not for secrets
    vocabulary = [f"w{number}" for number in range(4_000)]
    old = rows(*(" ".join(chance.choices(vocabulary, k=60)) for _ in range(3_000)))
    new = [
        Row(f"n{row.key}", row.kind, f"{row.text[:100]} altered {row.text[100:]}")
        if place % 10 == 0
        else row
        for place, row in enumerate(old)
        if place % 50 != 1
    ]
    new.insert(2_000, new.pop(10))
    began = time.process_time()
    found = align(old, new)
    took = time.process_time() - began
    count = Counter(pair.change for pair in found.pairs)
    assert count == {"same": 2_639, "changed": 300, "moved": 1, "removed": 60}
    assert took < 15  # about one second; an order more would be a quadratic
