"""What changed, word by word: both texts can be put together again from it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from anchoring.diff import WordChange, word_diff
from anchoring.folding import UNSPACED


def test_words_are_exchanged_whole() -> None:
    assert word_diff("It got a committee.", "It got a small community.") == [
        WordChange("same", "It got a "),
        WordChange("removed", "committee"),
        WordChange("added", "small community"),
        WordChange("same", "."),
    ]


def test_neighbouring_exchanges_are_one() -> None:
    """“old boats” became “new ships”: said once, not word by word."""
    found = word_diff("the old boats lay there", "the new ships lay there")
    assert found == [
        WordChange("same", "the "),
        WordChange("removed", "old boats"),
        WordChange("added", "new ships"),
        WordChange("same", " lay there"),
    ]


def test_chinese_is_compared_by_characters() -> None:
    assert word_diff("每天清晨都有渔船", "每天都有小渔船") == [
        WordChange("same", "每天"),
        WordChange("removed", "清晨"),
        WordChange("same", "都有"),
        WordChange("added", "小"),
        WordChange("same", "渔船"),
    ]


def test_nothing_changed() -> None:
    assert word_diff("It is.", "It is.") == [WordChange("same", "It is.")]
    assert word_diff("", "") == []
    assert word_diff("", "new") == [WordChange("added", "new")]


texts = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(["tide ", "mill", ", ", "don’t", "well-kept", "\n", " ", "港口", "é"])
    ).map("".join),
)


@given(old=texts, new=texts)
def test_both_texts_are_in_it_whole(old: str, new: str) -> None:
    found = word_diff(old, new)
    assert "".join(change.text for change in found if change.kind != "added") == old
    assert "".join(change.text for change in found if change.kind != "removed") == new
    assert all(change.text for change in found)


@given(old=texts, new=texts)
def test_no_word_is_cut(old: str, new: str) -> None:
    """No border of a change lies between two letters, but where each letter is a word."""
    for kinds in ({"same", "removed"}, {"same", "added"}):
        parts = [change.text for change in word_diff(old, new) if change.kind in kinds]
        for before, after in pairwise(parts):
            if before[-1].isalpha() and after[0].isalpha():
                assert _is_unspaced(before[-1]) or _is_unspaced(after[0])


def _is_unspaced(character: str) -> bool:
    ranges = UNSPACED.split("-")
    lows = [ranges[0], *(part[1] for part in ranges[1:-1])]
    highs = [part[0] for part in ranges[1:]]
    return any(low <= character <= high for low, high in zip(lows, highs, strict=True))
