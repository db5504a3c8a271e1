"""Words as an index keeps them: what is the same word, in any language."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from anchoring import Phrase, SearchQuery, find_phrases, index_terms, parse_query, terms_of

CHINESE = "北约与中国合作的可能性"
LETTERS = "abcXYZéÉßüÜİıIiŁłñ0279"
SPACED = st.text(alphabet=f"{LETTERS} '’-.,“”\n", max_size=60)
UNSPACED = st.text(alphabet="北约与中国合作法ความร่วมมือ협력한국の々ー", min_size=1, max_size=12)


def words_found(text: str, typed: str) -> list[str]:
    """What of `text` is marked for these words, if all of them are in it."""
    places = find_phrases(text, parse_query(typed))
    if not all(places):
        return []
    return [text[start:end] for phrase in places for start, end in phrase]


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("Channels of talk", "channel", ["Channels"]),
        ("A CHANNEL", "channel", ["CHANNEL"]),
        ("naïve café", "CAFE naive", ["café", "naïve"]),
        ("Die Straße", "STRASSE", ["Straße"]),
        ("STRASSE", "straße", ["STRASSE"]),
        ("İstanbul’da ISPARTA", "istanbul ısparta", ["İstanbul", "ISPARTA"]),
        ("DIŞ POLİTİKA", "dis politika", ["DIŞ", "POLİTİKA"]),
        ("l’alliance atlantique", "alliance", ["alliance"]),
        ("They don't", "don’t", ["don't"]),
        ("bargaining-chips", "bargaining chips", ["bargaining", "chips"]),
        (CHINESE, "合作", ["合作"]),
        (CHINESE, "国合作", ["国合作"]),
        (CHINESE, "性", ["性"]),
        (CHINESE, "中", ["中"]),
        ("NATO与中国", "nato 中国", ["NATO", "中国"]),
        ("日本語の文章", "文章", ["文章"]),
        ("ｶﾀｶﾅ", "カタカナ", ["ｶﾀｶﾅ"]),
        ("협력은 어렵다", "협력", ["협력"]),
        ("한국의", "한국의", ["한국의"]),
        ("ความร่วมมือระหว่าง", "ร่วมมือ", ["ร่วมมือ"]),
        ("السَّلامُ عليكم", "السلام", ["السَّلامُ"]),
        ("إسلام", "اسلام", ["إسلام"]),
        ("کتاب", "كتاب", ["کتاب"]),
        ("שָׁלוֹם", "שלום", ["שָׁלוֹם"]),
        ("हिन्दी में", "हिन्दी", ["हिन्दी"]),
        ("Ёлка", "елка", ["Ёлка"]),
        ("x² of ½", "x²", ["x²"]),
        ("In 1,000 years", "1,000", ["1,000"]),
        ("a soft\u00adware", "software", ["soft\u00adware"]),
    ],
)
def test_the_same_words(text: str, typed: str, found: list[str]) -> None:
    assert words_found(text, typed) == found


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("unchannelled", "channel"),
        ("an art", "article"),
        ("no one", '"one no"'),
        ("channels", '"channel"'),
        ("ratio", "at"),
        (CHINESE, "国北"),
        ("国。际", "国际"),
        ("x2", "x²"),
        ("Йод", "иод"),
    ],
)
def test_other_words(text: str, typed: str) -> None:
    assert words_found(text, typed) == []


def test_what_was_typed() -> None:
    assert parse_query("the “dull prize” chan").phrases == (
        Phrase(("the",), is_prefix=True),
        Phrase(("dull", "prize"), is_prefix=False),
        Phrase(("chan",), is_prefix=True),
    )
    # A mark that is not closed quotes nothing; nor do two with nothing between.
    assert parse_query('"dull prize').phrases == (
        Phrase(("dull",), is_prefix=True),
        Phrase(("prize",), is_prefix=True),
    )
    assert parse_query('"" !? …').is_empty
    assert parse_query("same SAME Same").phrases == (Phrase(("same",), is_prefix=True),)


@pytest.mark.parametrize(
    ("typed", "short"), [("a", True), ("a b", True), ("法", False), ("of", False)]
)
def test_single_letters_are_too_short(typed: str, short: bool) -> None:
    assert parse_query(typed).is_too_short is short


def test_a_word_without_end_is_cut_alike() -> None:
    word = "a" * 500
    assert len(index_terms(word)) == 64
    assert words_found(word, word) == [word]


@given(st.text())
def test_terms_hold_letters_digits_and_marks_alone(text: str) -> None:
    for term in index_terms(text).split(" "):
        assert all(unicodedata.category(one)[0] in "LMN" for one in term)
    assert " ".join(one.text for one in terms_of(text)) == index_terms(text)


@given(st.text())
def test_places_are_those_of_the_text_in_its_order(text: str) -> None:
    terms = terms_of(text)
    assert all(0 <= one.start < one.end <= len(text) for one in terms)
    assert all(one.start <= after.start for one, after in pairwise(terms))


@given(SPACED)
def test_capitals_and_normal_forms_make_no_difference(text: str) -> None:
    for form in ("NFC", "NFD"):
        assert index_terms(unicodedata.normalize(form, text)) == index_terms(text)
    assert index_terms(text.upper()) == index_terms(text)
    assert index_terms(text.lower()) == index_terms(text)


@given(SPACED, SPACED, SPACED)
def test_words_of_a_text_are_found_in_it(before: str, words: str, after: str) -> None:
    text = f"{before} {words} {after}"
    assert all(find_phrases(text, parse_query(words)))
    bare = "".join(" " if one in "“”" else one for one in words)
    assert all(find_phrases(f"{before} {bare} {after}", parse_query(f'"{bare}"')))


@given(UNSPACED, UNSPACED, UNSPACED)
def test_any_part_of_an_unspaced_run_is_found_where_it_stands(
    before: str, part: str, after: str
) -> None:
    # A tone mark is a part of the letter before it.
    assume(not unicodedata.combining(part[0]) and not unicodedata.combining(after[0]))
    text = before + part + after
    places = find_phrases(text, parse_query(part))[0]
    assert (len(before), len(before) + len(part)) in places


@given(st.text(max_size=80))
def test_anything_may_be_typed(typed: str) -> None:
    query = parse_query(typed)
    assert isinstance(query, SearchQuery)
    assert query.is_empty == (not index_terms(typed))
