"""Marks of numbers, matches, orders and gaps, worked out by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.attempts import SubmissionRefused, submit_attempt
from quizzes.models import Answer, Question, QuestionVersion, Quiz
from quizzes.questions.numbers import read_number
from quizzes.questions.numeric import Numeric
from quizzes.questions.ordering import mark_order
from readings.guides.actions import apply_guide
from readings.models import Reading
from tests.base import People, markup
from tests.quizzes.base import ALL_TYPES, add_quiz, right_answers, wrong_answers

RESULTS = "/s/seminar/r/margins/quizzes/results/"


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    return add_quiz(people, reading, ALL_TYPES)


# --- Numbers ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("written", "language", "value", "unit"),
    [
        ("½", "en", Fraction(1, 2), ""),
        ("2½", "en", Fraction(5, 2), ""),
        ("2 1/2 km", "en", Fraction(5, 2), "km"),
        ("10²", "en", 100, ""),
        ("10⁻³", "en", Fraction(1, 1000), ""),
        ("3·10⁸", "en", 300_000_000, ""),
        ("1.5e3", "en", 1500, ""),
        ("1,000", "en", 1000, ""),
        ("1,000", "de", 1, ""),
        ("1.000", "de", 1000, ""),
        ("1 000 000", "en", 1_000_000, ""),
        ("1,5", "de", Fraction(3, 2), ""),
        ("−7", "en", -7, ""),
        ("50 %", "en", 50, "%"),
        ("50 percent", "en", 50, "%"),
        ("€5", "en", 5, "€"),
        ("5 €.", "en", 5, "€"),
        ("١٢٫٥", "ar", Fraction(25, 2), ""),
    ],
)
def test_a_number_is_read_as_people_write_it(
    written: str, language: str, value: Fraction | int, unit: str
) -> None:
    measured = read_number(written, language)
    assert measured is not None
    assert (measured.value, measured.unit) == (value, unit)


@pytest.mark.parametrize("written", ["", "many", "about 5", "5-6", "3:4", "1/0", "1.2.3", "10^999"])
def test_what_is_no_number_is_none(written: str) -> None:
    assert read_number(written) is None


@given(st.text(max_size=60))
def test_anything_is_read_or_none(written: str) -> None:
    for language in ("en", "de"):
        read_number(written, language)


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_are_themselves_in_groups_too(number: int) -> None:
    for written in (str(number), f"{number:,}", f"{number:,}".replace(",", " ")):
        measured = read_number(written)
        assert measured is not None
        assert measured.value == number


def numeric(accepted: list[str], language: str = "en", **settings: object) -> Question:
    question = Question(kind="numeric", accepted=accepted, settings=settings)
    question.language = language
    return question


@pytest.mark.parametrize(
    ("given_words", "share"),
    [
        ("517.8 billion euros", 1),
        ("517,8 bn €", Fraction(1, 2)),  # a form of the unit that the guide does not have
        ("€517.8bn", Fraction(1, 2)),
        ("518.3 billion euros", 1),
        ("518.31 billion euros", 0),
        ("517800 million euros", 1),
        ("517.8", Fraction(1, 2)),
        ("518", Fraction(1, 2)),
        ("600", 0),
        ("517.8 dollars", Fraction(1, 2)),
        ("500 dollars", 0),
    ],
)
def test_a_number_within_its_tolerance_and_with_its_unit(
    given_words: str, share: Fraction | int
) -> None:
    units = ["billion euros", "1000 million euros"]
    question = numeric(["517.8"], tolerance="0.5", units=units)
    assert Numeric().mark(question, [given_words]) == share


@pytest.mark.parametrize(
    ("accepted", "more", "language", "given_words", "share"),
    [
        (["0.5"], {}, "en", "50 %", 1),
        (["0.5"], {}, "en", "½", 1),
        (["0.5"], {}, "en", "50", 0),
        (["50"], {"units": ["%"]}, "en", "50%", 1),
        (["50"], {"units": ["%"]}, "en", "50", Fraction(1, 2)),
        (["50"], {"units": ["%"]}, "en", "0.5", 1),
        (["200"], {"tolerance": "2 %"}, "en", "204", 1),
        (["200"], {"tolerance": "2 %"}, "en", "204.1", 0),
        (["32", "31"], {}, "en", "31", 1),
        (["1,5"], {}, "de", "1,5", 1),
        (["1.500"], {}, "de", "1500", 1),
        (["1.500"], {}, "en", "1.5", 1),
        (["102"], {}, "en", "10²", 0),
        (["2.5"], {"units": ["inches", "25.4 mm"]}, "en", "63.5 mm", 1),
    ],
)
def test_what_counts_as_the_number(
    accepted: list[str],
    more: dict[str, object],
    language: str,
    given_words: str,
    share: Fraction | int,
) -> None:
    assert Numeric().mark(numeric(accepted, language, **more), [given_words]) == share


def test_a_number_without_its_unit_is_told_so(people: People, quiz: Quiz) -> None:
    number = quiz.questions.get(kind="numeric")
    submit_attempt(quiz=quiz, responses=right_answers(quiz) | {number.pk: ["2.5"]}, by=people.carol)
    submit_attempt(
        quiz=quiz, responses=right_answers(quiz) | {number.pk: ["2.5 feet"]}, by=people.dan
    )
    carol, dan = (
        people.client(key).get("/s/seminar/r/margins/").content.decode() for key in ("carol", "dan")
    )
    assert "Partly right: the number is right, its unit is missing." in carol
    assert "Partly right: the number is right, its unit is not." in dan
    html = markup(people.client("alice").get(RESULTS))
    assert "2.5 feet" in html


@pytest.mark.parametrize("words", ["wide", "about 2", "", "2.5 inches, and more words than fit "])
def test_what_is_no_number_is_told_before_it_counts(people: People, quiz: Quiz, words: str) -> None:
    number = quiz.questions.get(kind="numeric")
    with pytest.raises(SubmissionRefused) as refused:
        submit_attempt(
            quiz=quiz, responses=right_answers(quiz) | {number.pk: [words * 2]}, by=people.carol
        )
    assert set(refused.value.errors) == {number.pk}


# --- Order --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("ranks", "share"),
    [
        ([0, 1, 2], Fraction(1)),
        ([1, 0, 2], Fraction(1, 3)),  # two pairs right, one wrong, of three
        ([2, 1, 0], Fraction(0)),
        ([0, 1, 3, 2], Fraction(2, 3)),  # five and one of six
        ([3, 0, 1, 2], Fraction(0)),  # three and three
        ([1, 2, 3, 0, 4], Fraction(2, 5)),  # seven and three of ten
        ([], Fraction(0)),
    ],
)
def test_an_order_earns_pairs_right_less_wrong(ranks: list[int], share: Fraction) -> None:
    assert mark_order(ranks) == share


@given(st.permutations(range(6)))
def test_only_the_right_order_earns_all(ranks: list[int]) -> None:
    assert (mark_order(ranks) == 1) == (ranks == sorted(ranks))


# --- Of all parts, some -------------------------------------------------------------------------
def keys_of(question: Question) -> dict[str, str]:
    return {one.text: str(one.key) for one in question.choices.all()}


def scores(quiz: Quiz) -> dict[str, Decimal | None]:
    return {one.question.kind: one.score for one in Answer.objects.filter(attempt__quiz=quiz)}


def test_half_of_the_pairs_and_gaps_earn_half(people: People, quiz: Quiz) -> None:
    match, gap = quiz.questions.get(kind="match"), quiz.questions.get(kind="gap")
    order = quiz.questions.get(kind="order")
    one, other = keys_of(match), keys_of(order)
    given_now = right_answers(quiz) | {
        match.pk: [
            f"{one['Printers']} {one['a wide margin']}",
            f"{one['Readers']} {one['a library card']}",
        ],
        gap.pk: [keys_of(gap)["prices"], "the blankest edge"],
        order.pk: [
            f"1 {other['Readers wrote in it.']}",
            f"2 {other['Printers left it wide.']}",
            f"3 {other['The seminar read it.']}",
        ],
    }
    submit_attempt(quiz=quiz, responses=given_now, by=people.carol)
    found = scores(quiz)
    assert found["match"] == found["gap"] == Decimal("0.5")
    assert found["order"] == Decimal("0.33")
    html = markup(people.client("carol").get("/s/seminar/r/margins/"))
    assert "Partly right: 1 of 2." in html
    assert "Partly right: 1 of 2 gaps." in html
    assert "Partly right: of 3 pairs, 2 stand the right way round." in html
    assert "Feedback-pair" in html
    assert "Right is:" not in html
    results = markup(people.client("alice").get(RESULTS))
    assert "Readers → a library card" in results
    assert "1: prices" in results
    assert "1. Printers left it wide." in results


def test_the_second_try_tells_what_goes_where(people: People, quiz: Quiz) -> None:
    for _ in range(2):
        submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.carol)
    html = markup(people.client("carol").get("/s/seminar/r/margins/"))
    assert "Right is: a wide margin" in html
    assert "(right is: doubts)" in html
    assert "(right is: blankkey)" in html
    assert "A right answer: <q>2.5 inches</q>" in html
    assert html.count("Right is:") == 4  # two pairs; first and last in the order


def test_what_is_missing_or_twice_is_named(people: People, quiz: Quiz) -> None:
    match, order, gap = (quiz.questions.get(kind=kind) for kind in ("match", "order", "gap"))
    one, other = keys_of(match), keys_of(order)
    given_now = right_answers(quiz) | {
        match.pk: [f"{one['Printers']} {one['a wide margin']}", ""],
        order.pk: [f"1 {key}" for key in other.values()],
        gap.pk: [keys_of(gap)["doubts"], " "],
    }
    with pytest.raises(SubmissionRefused) as refused:
        submit_attempt(quiz=quiz, responses=given_now, by=people.carol)
    assert refused.value.errors == {
        match.pk: "Choose what goes with “Readers”, too.",
        order.pk: "Two stand at place 1. Move one.",
        gap.pk: "Fill gap 2, too.",
    }


@pytest.mark.parametrize("kind", ["match", "order", "gap"])
@pytest.mark.parametrize("sent", [["x y"], ["1 x"], ["x"], ["x", "y", "z"], ["99 x"], ["0 x"]])
def test_what_stands_nowhere_is_refused(
    people: People, quiz: Quiz, kind: str, sent: list[str]
) -> None:
    question = quiz.questions.get(kind=kind)
    with pytest.raises(SubmissionRefused) as refused:
        submit_attempt(
            quiz=quiz, responses=right_answers(quiz) | {question.pk: sent}, by=people.carol
        )
    assert set(refused.value.errors) == {question.pk}


# --- Put right afterwards -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("old", "new", "kind", "after"),
    [
        ("Number: 2.5", "Number: 3.5", "numeric", "0"),
        ("Number: 2.5", "Number: 2.4", "numeric", "1"),  # within the tolerance still
        ("Printers -> a wide margin", "Printers -> a wide margins", "match", "1"),  # a typo
        ("- Readers -> a doubt\n- -> a library card", "- Readers -> a library card\n- -> a doubt",
         "match", "0.5"),
        ("(2) Readers wrote", "(3) Readers wrote", "order", "0.33"),
        ("(x) doubts ( ) prices", "( ) doubts (x) prices", "gap", "0.5"),
        ("(x) doubts", "(x) doubt", "gap", "1"),
        ("[[blankkey |", "[[edge |", "gap", "0.5"),
    ],
)  # fmt: skip
def test_another_key_marks_anew_and_the_attempt_keeps_its_version(
    people: People, quiz: Quiz, old: str, new: str, kind: str, after: str
) -> None:
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    assert old in ALL_TYPES
    text = ALL_TYPES.replace(old, new)
    if kind == "order":
        text = text.replace("(3) The seminar", "(2) The seminar")
    apply_guide(reading=quiz.reading, text=text, by=people.alice)
    answer = Answer.objects.get(attempt__quiz=quiz, question__kind=kind)
    assert answer.score == Decimal(after)
    assert (answer.version, answer.question.version) == (1, 2)
    kept = QuestionVersion.objects.get(question=answer.question)
    assert kept.version == 1
    page = people.client("carol").get("/s/seminar/r/margins/").content.decode()
    assert page.count("This question was put right after you answered.") == 1
