"""Paragraphs cut into sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anchoring.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("“Is it?” she asked. “It is.” He left.", ["“Is it?” she asked.", "“It is.”", "He left."]),
        ("Dr. Wu agrees (see p. 12). So do I.", ["Dr. Wu agrees (see p. 12).", "So do I."]),
        ("The U.S. Navy sailed. It came back.", ["The U.S. Navy sailed.", "It came back."]),
        ("It cost 3.5 million. In 1999.", ["It cost 3.5 million.", "In 1999."]),
        ("第一句。第二句！", ["第一句。", "第二句！"]),
        ("a line\nanother line", ["a line", "another line"]),
        ("  ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [one.text for one in split_sentences(text)] == expected


@given(st.text(alphabet="aB.!? \n“”。1é😀", max_size=80))
def test_offsets_hold_the_words_and_nothing_is_lost(text: str) -> None:
    found = split_sentences(text)
    for one in found:
        assert text[one.start : one.end] == one.text
    kept = "".join(one.text for one in found)
    assert "".join(kept.split()) == "".join(text.split())
