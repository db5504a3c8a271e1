"""Finding words: what a person pastes is found where it stands, and nowhere else."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from readings.anchoring import find_words, fold, nearest

TEXT = "The “rise” of China – and of NATO’s doubts – has changed both; the rise is not over."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ('"rise" of China', "“rise” of China"),
        ("NATO's doubts - has", "NATO’s doubts – has"),
        ("of\nChina   –  and", "of China – and"),
        ("the rise", "the rise"),
        ("  changed both;  ", "changed both;"),
    ],
)
def test_finds_what_was_pasted(words: str, found: str) -> None:
    assert [TEXT[start:end] for start, end in find_words(TEXT, words)] == [found]


@pytest.mark.parametrize("words", ["", "   ", "\u00ad", "the fall", "RISE"])
def test_finds_nothing_where_nothing_is(words: str) -> None:
    assert find_words(TEXT, words) == []


def test_finds_every_place() -> None:
    assert find_words("aXa a a", "a") == [(0, 1), (2, 3), (4, 5), (6, 7)]


def test_soft_hyphens_ligatures_and_normal_forms_do_not_matter() -> None:
    text = "the ﬁnal co\u00adoperation of Geoana\u0306"
    assert text[slice(*find_words(text, "final cooperation")[0])] == "ﬁnal co\u00adoperation"
    assert text[slice(*find_words(text, "Geoană")[0])] == "Geoana\u0306"


def test_a_combining_mark_is_not_cut_off() -> None:
    """“Geoana” is another word than “Geoană”."""
    assert find_words("Geoana\u0306", "Geoana") == []


words = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=40
)


@given(before=words, quoted=words, after=words)
def test_what_was_cut_out_is_found_again(before: str, quoted: str, after: str) -> None:
    """Any slice at character borders is found, at its own place among others."""
    assume(fold(quoted).text.strip())
    assume(not unicodedata.combining(quoted[0]) and not (after and unicodedata.combining(after[0])))
    text = before + quoted + after
    places = find_words(text, quoted)
    inner = (
        len(before) + (len(quoted) - len(quoted.lstrip())),
        len(before) + len(quoted.rstrip()),
    )
    assert any(start <= inner[1] and end >= inner[0] for start, end in places)
    for start, end in places:
        assert 0 <= start < end <= len(text)
        assert fold(text[start:end]).text.strip() == fold(quoted).text.strip()


@given(text=words, wanted=words)
def test_a_place_always_holds_the_words(text: str, wanted: str) -> None:
    for start, end in find_words(text, wanted):
        assert fold(text[start:end]).text.strip() == fold(wanted).text.strip()


def test_nearest_place() -> None:
    assert nearest([(0, 3), (40, 43), (90, 93)], 50) == (40, 43)
    assert nearest([], 50) is None
