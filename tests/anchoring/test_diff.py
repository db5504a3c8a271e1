"""What changed, word by word: both texts can be put together again from it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from anchoring.diff import Change, word_changes
from anchoring.folding import UNSPACED


def test_words_are_exchanged_whole() -> None:
    assert word_changes("It got a committee.", "It got a small community.") == [
        Change("same", "It got a "),
        Change("removed", "committee"),
        Change("added", "small community"),
        Change("same", "."),
    ]


def test_neighbouring_exchanges_are_one() -> None:
    """“old boats” became “new ships”: said once, not word by word."""
    found = word_changes("the old boats lay there", "the new ships lay there")
    assert found == [
        Change("same", "the "),
        Change("removed", "old boats"),
        Change("added", "new ships"),
        Change("same", " lay there"),
    ]


def test_chinese_is_compared_by_characters() -> None:
    assert word_changes("每天清晨都有渔船", "每天都有小渔船") == [
        Change("same", "每天"),
        Change("removed", "清晨"),
        Change("same", "都有"),
        Change("added", "小"),
        Change("same", "渔船"),
    ]


def test_nothing_changed() -> None:
    assert word_changes("It is.", "It is.") == [Change("same", "It is.")]
    assert word_changes("", "") == []
    assert word_changes("", "new") == [Change("added", "new")]


texts = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(["tide ", "mill", ", ", "don’t", "well-kept", "\n", " ", "港口", "é"])
    ).map("".join),
)


@given(old=texts, new=texts)
def test_both_texts_are_in_it_whole(old: str, new: str) -> None:
    found = word_changes(old, new)
    assert "".join(change.text for change in found if change.kind != "added") == old
    assert "".join(change.text for change in found if change.kind != "removed") == new
    assert all(change.text for change in found)


@given(old=texts, new=texts)
def test_no_word_is_cut(old: str, new: str) -> None:
    """No border of a change lies between two letters, but where each letter is a word."""
    for kinds in ({"same", "removed"}, {"same", "added"}):
        parts = [change.text for change in word_changes(old, new) if change.kind in kinds]
        for before, after in pairwise(parts):
            if before[-1].isalpha() and after[0].isalpha():
                assert _is_unspaced(before[-1]) or _is_unspaced(after[0])


def _is_unspaced(character: str) -> bool:
    ranges = UNSPACED.split("-")
    lows = [ranges[0], *(part[1] for part in ranges[1:-1])]
    highs = [part[0] for part in ranges[1:]]
    return any(low <= character <= high for low, high in zip(lows, highs, strict=True))
