"""Marking: what each kind of question gives for each kind of answer."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.marking import points_for
from quizzes.questions.choices import mark_choice
from quizzes.questions.several import mark_several
from quizzes.questions.short_answer import fold_answer, mark_words

keys = st.sets(st.sampled_from("abcdefgh"))
some_keys = st.sets(st.sampled_from("abcdefgh"), min_size=1)


@pytest.mark.parametrize(
    ("picked", "share"),
    [
        ({"a", "b", "c"}, Fraction(1)),
        ({"a", "b"}, Fraction(2, 3)),
        ({"a"}, Fraction(1, 3)),
        ({"a", "b", "c", "x"}, Fraction(2, 3)),
        ({"a", "x"}, Fraction(0)),
        ({"a", "x", "y"}, Fraction(0)),
        (set(), Fraction(0)),
    ],
)
def test_several_choices_earn_right_picks_less_wrong_ones(
    picked: set[str], share: Fraction
) -> None:
    assert mark_several(picked, {"a", "b", "c"}) == share


@given(keys, some_keys)
def test_several_choices_earn_all_only_for_exactly_the_right_ones(
    picked: set[str], right: set[str]
) -> None:
    mark = mark_several(picked, right)
    assert 0 <= mark <= 1
    assert (mark == 1) == (picked == right)


@given(keys, some_keys, st.sampled_from("abcdefgh"))
def test_another_wrong_pick_never_earns_more(picked: set[str], right: set[str], key: str) -> None:
    more, less = mark_several(picked | {key}, right), mark_several(picked - {key}, right)
    assert more >= less if key in right else more <= less


@given(keys, some_keys)
def test_one_choice_is_all_or_nothing(picked: set[str], right: set[str]) -> None:
    expected = len(picked) == len(right) == 1 and picked == right
    assert mark_choice(picked, right) == (1 if expected else 0)


@pytest.mark.parametrize(
    ("given_words", "accepted"),
    [
        ("1972", "1972"),
        ("  the   margin ", "The margin"),
        ("PIRAUS", "Piräus"),
        ("Pira\u0308us", "Piräus"),
        ("straße", "STRASSE"),
        ("１９７２", "1972"),
        ("ﬁle", "file"),
        ("NATO-China", "NATO–China"),
        ("don't", "don’t"),
        ("Έλληνας", "ελληνας"),
        ("co\u00adoperate", "cooperate"),
        ("a\u00ad\u0301", "a"),
    ],
)
def test_short_answers_are_folded(given_words: str, accepted: str) -> None:
    assert mark_words(given_words, [accepted]) == 1


@pytest.mark.parametrize(
    ("given_words", "accepted"),
    [("", "1972"), ("  ", "1972"), ("1973", "1972"), ("themargin", "the margin"), ("が", "か")],
)
def test_other_answers_stay_other(given_words: str, accepted: str) -> None:
    assert mark_words(given_words, [accepted]) == 0


@pytest.mark.parametrize("wrong", ["sco", "SCÓ", "Sco"])
def test_case_and_accents_count_where_they_matter(wrong: str) -> None:
    assert mark_words(wrong, ["SCO"], case_matters=True) == 0
    assert mark_words(wrong, ["SCO"]) == 1
    assert mark_words(" SCO ", ["SCO"], case_matters=True) == 1


@settings(deadline=None)
@given(st.text(), st.booleans())
def test_folding_twice_is_folding_once(text: str, case_matters: bool) -> None:
    once = fold_answer(text, case_matters=case_matters)
    assert fold_answer(once, case_matters=case_matters) == once


@settings(deadline=None)
@given(st.text().filter(lambda text: fold_answer(text)))
def test_an_accepted_form_is_right_in_any_capitals(text: str) -> None:
    assert mark_words(text, [text]) == 1
    assert mark_words(f"  {text}\t", [text], case_matters=True) == 1


def test_points_are_rounded_half_up_to_two_places() -> None:
    assert points_for(Fraction(2, 3), 1) == Decimal("0.67")
    assert points_for(Fraction(1, 3), 1) == Decimal("0.33")
    assert points_for(Fraction(1, 8), 1) == Decimal("0.13")
    assert points_for(Fraction(1), 3) == Decimal("3")


@given(st.fractions(0, 1), st.integers(1, 100))
def test_points_stay_within_the_question(share: Fraction, points: int) -> None:
    assert 0 <= points_for(share, points) <= points
