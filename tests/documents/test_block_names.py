"""What blocks are called, and how numbers that others write are read."""

from __future__ import annotations

import pytest

from documents.block_names import block_anchor, paragraph_label
from documents.whole_number import MAX_DIGITS, whole_number


def test_a_block_is_found_and_cited_by_its_number_or_its_key() -> None:
    assert (block_anchor(12, "b0a1"), paragraph_label(12)) == ("p12", "¶ 12")
    assert (block_anchor(None, "b0a1"), paragraph_label(None)) == ("b-b0a1", "")


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("007", 7), ("9" * MAX_DIGITS, 10**18 - 1)])
def test_digits_are_a_number(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", "-1", "+1", "1.0", "1_0", " 1", "²", "٣", "1" * 19, "one"])
def test_anything_else_is_none(text: str) -> None:
    assert whole_number(text) is None


def test_more_digits_than_were_asked_for_are_none() -> None:
    assert (whole_number("999", digits=3), whole_number("1000", digits=3)) == (999, None)
