"""Marking: what each kind of question gives for each kind of answer."""

import unicodedata
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.marking import Verdict, points_for, verdict_of
from quizzes.models import Question
from quizzes.questions import WrittenQuestion
from quizzes.questions.answer_folding import fold_answer
from quizzes.questions.choices import mark_choice
from quizzes.questions.several import mark_several
from quizzes.questions.short_answer import ShortAnswer, mark_words
from readings.guides import GuideRefused

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


# Pairs that a person who marks would call the same, by what tells them apart.
SAME = {
    "white space": [("  the   margin ", "The margin"), ("the\u00a0margin", "the\u3000margin")],
    "closing full stop": [
        ("The margin.", "the margin"),
        ("边缘。", "边缘"),
        ("हाशिया।", "हाशिया"),
        ("the margin .", "the margin"),
        ("...", "…"),
        (".", "."),
    ],
    "quotation marks around it": [
        ("“the margin”", "the margin"),
        ("„der Rand“.", "der Rand"),
        ("»der Rand.«", "der Rand"),
        ("« la marge »", "la marge"),
        ("‹la marge›", "la marge"),
        ("「余白」", "余白"),
        ("『余白』。", "余白"),
        ("《红楼梦》", "红楼梦"),
        ("``the margin''", "the margin"),
        ("'the reader's margin'", "the reader’s margin"),
        ("the margin", '"the margin"'),
    ],
    "quotation marks in it": [
        ("the “wide” margin", 'the "wide" margin'),
        ("le « grand » texte", "le “grand” texte"),
        ("don't", "don’t"),
        ("don`t", "donʼt"),
        ("צה״ל", 'צה"ל'),
    ],
    "what no eye sees": [
        ("co\u00adoperate", "cooperate"),
        ("mar\u200bgin\ufeff", "margin"),
        ("\u200e\u202bהשוליים\u202c\u200f", "השוליים"),
        ("\u2068margin\u2069\u061c", "margin"),
        ("mar\u034fgin\U000e0001\ufe0f", "margin"),
        ("a\u00ad\u0301", "a"),
        ("Pira\u00ad\u0308us", "Piräus"),
    ],
    "dashes": [
        ("NATO-China", "NATO–China"),
        ("NATO – China", "NATO-China"),
        ("NATO--China", "NATO—China"),
        ("−5", "-5"),
    ],
    "capitals": [
        ("MARGIN", "margin"),
        ("straße", "STRASSE"),
        ("Έλληνας", "ΕΛΛΗΝΑΣ"),
        ("IŞIK", "ışık"),
        ("istanbul", "İSTANBUL"),
        ("Istanbul", "İstanbul"),
        ("ıstanbul", "ISTANBUL"),
    ],
    "accents and forms": [
        ("PIRAUS", "Piräus"),
        ("Pira\u0308us", "Piräus"),
        ("Έλληνας", "ελληνας"),
        ("ё", "е"),
        ("за\u0301мок", "замок"),
        ("שָׁלוֹם", "שלום"),
        ("مُحَمَّد", "محمد"),
        ("Nguyen", "Nguyễn"),
    ],
    "strokes and ligatures": [
        ("Lodz", "Łódź"),
        ("Kobenhavn", "København"),
        ("oeuvre", "Œuvre"),
        ("aesthetic", "æsthetic"),
        ("Weiss", "weiß"),
        ("Thor", "Þór"),
        ("Dokic", "Đokić"),
        ("ﬁle", "file"),
        ("Ĳssel", "IJssel"),
    ],
    "digits": [
        ("１９７２", "1972"),
        ("١٩٧٢", "1972"),
        ("۱۹۷۲", "1972"),
        ("१९७२", "1972"),
        ("๑๙๗๒", "1972"),
    ],
    "numbers": [
        ("1,000", "1000"),
        ("1 000", "1000"),
        ("1\u202f000", "1,000"),
        ("1'000'000", "1,000,000"),
        ("1,00,000", "100000"),
        ("1,234.50", "1234.5"),
        ("١٬٠٠٠", "1000"),
        ("٣٫٥", "3.5"),
        ("50 %", "50%"),
        ("50 percent", "50 %"),
        ("٥٠٪", "50%"),
        ("½", "1/2"),
        ("1 / 2", "1/2"),
        ("1½", "1 1/2"),
        ("1.5", "1,5"),
        (".5", "0.5"),
        ("$ 1,500", "$1500"),
        ("5km", "5 km"),
        ("10²", "10^2"),
        ("10⁻²", "10^-2"),
        ("H₂O", "H2O"),
    ],
    "initials": [("U.S.", "US"), ("the U.S. army", "the US army"), ("U.S.A.", "USA")],
}
DIFFERENT = [
    ("", "1972"),
    ("  ", "1972"),
    ("\u200b", "1972"),
    ("1973", "1972"),
    ("themargin", "the margin"),
    ("が", "か"),
    ("ไม้", "ไม่"),
    ("की", "क"),
    ("мой", "мои"),
    ("10²", "102"),
    ("102", "10²"),
    ("x²", "x2"),
    ("10⁻²", "10-2"),
    ("5 ㎡", "5 m2"),
    ("1½", "11/2"),
    ("½", "12"),
    ("a ≠ b", "a = b"),
    ("-5", "5"),
    ("1,000", "1"),
    ("1,5", "15"),
    ("1.000.5", "1000.5"),
    ("1.12.2020", "1122020"),
    ("10:30", "1030"),
    ("50", "50 %"),
    ("“a” or “b”", "a” or “b"),
    ("1 2", "12"),
]


@pytest.mark.parametrize(
    ("one", "other"), [pair for pairs in SAME.values() for pair in pairs], ids=repr
)
def test_answers_that_people_call_the_same_are_the_same(one: str, other: str) -> None:
    assert mark_words(one, [other]) == 1
    assert mark_words(other, [one]) == 1


@pytest.mark.parametrize(("given_words", "accepted"), DIFFERENT, ids=repr)
def test_other_answers_stay_other(given_words: str, accepted: str) -> None:
    assert mark_words(given_words, [accepted]) == 0


@pytest.mark.parametrize(
    ("language", "given_words", "accepted", "share"),
    [
        ("en", "1.500", "1500", 0),
        ("de", "1.500", "1500", 1),
        ("de-AT", "1.500,75", "1500,75", 1),
        ("fr", "1 500,50", "1500,5", 1),
        ("en", "1,500", "1.5", 0),
        ("de", "1,500", "1,5", 1),
        ("de", "1.5", "1,5", 1),
        ("en", "1.5", "1,5", 1),
        ("sv", "50 procent", "50 %", 1),
    ],
)
def test_a_number_is_read_by_the_language_of_the_essay(
    language: str, given_words: str, accepted: str, share: int
) -> None:
    assert mark_words(given_words, [accepted], language=language) == share


@pytest.mark.parametrize("wrong", ["sco", "SCÓ", "Sco"])
def test_case_and_accents_count_where_they_matter(wrong: str) -> None:
    assert mark_words(wrong, ["SCO"], case_matters=True) == 0
    assert mark_words(wrong, ["SCO"]) == 1
    assert mark_words(" SCO ", ["SCO"], case_matters=True) == 1


# Letters alone would hardly ever meet what is written around and between them.
pieces = st.lists(
    st.sampled_from(
        [*"aİıßñŁœが  \u00ad\u0301\u200f'\"“”«»‘’.,。–-−/%$€²⁻½1290٣٫٬", "U.S.", "1,000", "0.50"]
    ),
    max_size=12,
).map("".join)
texts = st.text() | pieces
languages = st.sampled_from(["en", "de", "fr", "tr", "zh"])


@settings(deadline=None, max_examples=400)
@given(texts, st.booleans(), languages)
def test_folding_twice_is_folding_once(text: str, case_matters: bool, language: str) -> None:
    once = fold_answer(text, language=language, case_matters=case_matters)
    assert fold_answer(once, language=language, case_matters=case_matters) == once


@settings(deadline=None, max_examples=400)
@given(texts, st.booleans(), languages)
def test_what_the_key_says_is_right(text: str, case_matters: bool, language: str) -> None:
    """Whatever an author writes as the answer, who writes the same is right."""
    written = WrittenQuestion(1, "", (), {"answer": (text, 1)})
    try:
        key = ShortAnswer().parse(written)
    except GuideRefused:
        return
    question = Question(accepted=list(key.accepted) if key else [])
    question.settings = {"case_matters": case_matters}
    question.language = language
    for form in question.accepted:
        for given_words in (form, f"  {form}\t", form.replace(" ", "  ")):
            response = ShortAnswer().normalise(question, [given_words])
            assert ShortAnswer().mark(question, response) == 1


@settings(deadline=None)
@given(texts.filter(lambda text: text.strip() and fold_answer(text)))
def test_an_answer_is_right_in_composed_and_decomposed_form(text: str) -> None:
    for form in ("NFC", "NFD"):
        assert mark_words(unicodedata.normalize(form, text), [text]) == 1


def test_points_are_rounded_half_up_to_two_places() -> None:
    assert points_for(Fraction(2, 3), 1) == Decimal("0.67")
    assert points_for(Fraction(1, 3), 1) == Decimal("0.33")
    assert points_for(Fraction(1, 8), 1) == Decimal("0.13")
    assert points_for(Fraction(1), 3) == Decimal("3")


@given(st.fractions(0, 1), st.integers(1, 100))
def test_points_stay_within_the_question(share: Fraction, points: int) -> None:
    assert 0 <= points_for(share, points) <= points


@pytest.mark.parametrize(
    ("score", "verdict"),
    [
        ("4", Verdict.RIGHT),
        ("3.99", Verdict.PARTLY),
        ("0.01", Verdict.PARTLY),
        ("0.00", Verdict.WRONG),
        (None, Verdict.UNMARKED),
    ],
)
def test_what_points_mean(score: str | None, verdict: Verdict) -> None:
    assert verdict_of(None if score is None else Decimal(score), 4) == verdict
