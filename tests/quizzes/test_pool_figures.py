"""Figures of a checkpoint that draws some of its questions: by position, and by those asked."""

import csv
import io
import math
from dataclasses import replace
from decimal import Decimal

import lxml.html
import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from quizzes.models import Answer, Attempt, Quiz
from quizzes.statistics.item_analysis import analyse, analyse_pool
from readings.guides.actions import apply_guide
from readings.models import Reading
from tests.base import People
from tests.quizzes.base import add_members, add_quiz

URL = "/s/seminar/r/margins/quizzes/results/"
TEXT_URL, CSV_URL = f"{URL}text/", f"{URL}csv/"

# Twenty-four tries at three of five questions, of two points each, in the order of asking.
TRIES = """
A2 B2 C2
A2 B1 C2
A1 B2 D2
A2 C1 D2
B2 C2 D1
A2 B0 C1
A1 B1 D0
A0 C2 D1
B1 C0 D2
A2 D1 E0
B2 C1 E1
A0 B1 C0
A1 B0 D1
A2 C1 E2
B0 C1 D0
A0 B0 C1
A1 D2 E0
B1 D1 E2
A0 B2 C0
C2 D0 E1
A1 B1 E0
C0 D0 E2
A0 C1 D1
B0 D0 E1
"""
NAMES = "ABCDE"
ROWS = [[(cell[0], int(cell[1])) for cell in row.split()] for row in TRIES.split("\n") if row]
DRAWN, MOST = 3, 2

# By hand, over the n tries that were asked it, with T the points of the whole try and r = T − x:
#        n   Σx  Σx²  ΣT  ΣxT  Σr  Σr²  Σxr  Σ of sorted x · sorted r
#   1st  24  25  43   73  99   48  120  56   68        T: Σ = 73, Σ² = 275 of all
#   2nd  24  23  35   73  82   50  146  47   68
#   3rd  24  25  41   73  94   48  128  53   70
#   A    16  17  29   50  68   33   87  39   48
#   B    16  16  26   47  61   31   85  35   45
#   C    16  17  27   51  65   34  100  38   50
#   D    15  14  22   44  51   30   74  29   38
#   E     9: too few
# C(x, y) = (n·Σxy − Σx·Σy) / (n·(n−1)). So of what stood first: V(x) = (24·43 − 25²)/552 = 407/552,
# V(r) = (24·120 − 48²)/552 = 576/552, C(x, r) = (24·56 − 25·48)/552 = 144/552, sorted 432/552,
# discrimination 100·144/√(407·576) = 29.740896, efficiency 100·144/432; and of A: V(x) = 175/240,
# V(r) = 303/240, C(x, r) = 63/240, sorted 207/240, 100·63/√(175·303) = 27.358999, 100·63/207.
# Weights: C(x, T) = 551/552, 289/552, 431/552, and √551 : √289 : √431 = 23.473389 : 17 : 20.760539.
POSITIONS = [
    # facility, deviation, discrimination, efficiency, effective weight
    (100 * 25 / 48, 0.858672720, 29.740895826, 100 / 3, 38.333959121),
    (100 * 23 / 48, 0.750603622, -3.937092604, -100 * 11 / 241, 27.762386583),
    (100 * 25 / 48, 0.806450444, 13.712121795, 15.0, 33.903654296),
]
QUESTIONS = {
    "A": (16, 53.125, 0.853912564, 27.358999461, 100 * 7 / 23),
    "B": (16, 50.0, 0.816496581, 25.329903475, 100 * 2 / 7),
    "C": (16, 53.125, 0.771902412, 11.905886853, 100 * 5 / 37),
    "D": (15, 100 * 7 / 15, 0.798808637, 8.941887724, 10.0),
}
# V(T) = (24·275 − 73²)/552 = 1271/552; ΣV(x) = (407 + 311 + 359)/552 = 1077/552;
# 100·3/2·(1 − 1077/1271) = 100·291/1271.
CONSISTENCY, ERROR_RATIO = 100 * 291 / 1271, 87.809248951


def _is_near(found: float | None, expected: float) -> bool:
    return found is not None and math.isclose(found, expected, abs_tol=1e-6)


def _tries() -> list[list[tuple[int, Decimal | None]]]:
    return [[(NAMES.index(name), Decimal(mark)) for name, mark in row] for row in ROWS]


@pytest.mark.parametrize("place", range(DRAWN))
def test_each_position_is_as_by_hand(place: int) -> None:
    found = analyse_pool(_tries(), MOST, at_least=10).positions[place]
    facility, deviation, discrimination, efficiency, weight = POSITIONS[place]
    assert found.attempts == 24
    assert _is_near(found.facility, facility)
    assert _is_near(found.deviation, deviation)
    assert _is_near(found.discrimination, discrimination)
    assert _is_near(found.efficiency, efficiency)
    assert _is_near(found.weight, weight)


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_question_is_as_by_hand_of_those_that_were_asked_it(name: str) -> None:
    found = analyse_pool(_tries(), MOST, at_least=10).items[NAMES.index(name)]
    asked, facility, deviation, discrimination, efficiency = QUESTIONS[name]
    assert found.attempts == asked
    assert _is_near(found.facility, facility)
    assert _is_near(found.deviation, deviation)
    assert _is_near(found.discrimination, discrimination)
    assert _is_near(found.efficiency, efficiency)
    assert (found.weight, found.is_negative) == (None, False)


def test_the_whole_is_as_by_hand_and_what_few_were_asked_has_nothing() -> None:
    found = analyse_pool(_tries(), MOST, at_least=10)
    assert found.quiz.attempts == 24
    assert _is_near(found.quiz.mean, 73 / 24)
    assert _is_near(found.quiz.median, 3.0)
    assert _is_near(found.quiz.deviation, math.sqrt(1271 / 552))
    assert _is_near(found.quiz.consistency, CONSISTENCY)
    assert _is_near(found.quiz.error_ratio, ERROR_RATIO)
    assert _is_near(found.quiz.standard_error, 1.332427228)
    assert set(found.items) == {NAMES.index(name) for name in QUESTIONS}
    # Of nine, Moodle's own formula would still say something: E goes against the rest.
    of_nine = analyse_pool(_tries(), MOST, at_least=9).items[4]
    assert _is_near(of_nine.discrimination, -100 / math.sqrt(8))


@given(
    st.integers(1, 4).flatmap(
        lambda asked: st.lists(
            st.lists(st.decimals(0, 2, places=1), min_size=asked, max_size=asked),
            min_size=2,
            max_size=15,
        )
    )
)
def test_where_everybody_is_asked_the_same_it_is_as_without_a_pool(
    table: list[list[Decimal | None]],
) -> None:
    asked = len(table[0])
    whole = analyse(table, [2] * asked)
    pool = analyse_pool([list(enumerate(row)) for row in table], 2, at_least=2)
    assert (pool.quiz, list(pool.positions)) == (whole.quiz, list(whole.items))
    for number, figures in enumerate(whole.items):
        assert pool.items[number] == replace(figures, weight=None)


# --- On the page ---------------------------------------------------------------------------------
def _guide(head: str = f"Draw: {DRAWN}", worth: str = "22222", names: str = NAMES) -> str:
    asked = "".join(
        f"### Asked-{name}?\n\nAnswer: right\nPoints: {worth[NAMES.index(name)]}\n\n"
        for name in names
    )
    return (
        f"---\nguide: 1\ntitle: Guide\n---\n\n## Checkpoint ¶ 3\n\nTitle: Pool\n{head}\n\n{asked}"
    )


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    return add_quiz(people, reading, _guide())


def _hand_in(people: People, quiz: Quiz, rows: list[list[tuple[str, int]]] | None = None) -> None:
    """Keep these tries as they are kept when they are handed in."""
    questions = {one.text[len("Asked-")]: one for one in quiz.questions.all()}
    wanted = rows or ROWS
    for member, row in zip(add_members(people, people.monday, len(wanted)), wanted, strict=True):
        attempt = Attempt.objects.create(
            seminar=people.seminar,
            quiz=quiz,
            membership=member,
            number=1,
            state="marked",
            submitted_at=timezone.now(),
            score=sum(mark for _, mark in row),
            max_score=sum(questions[name].points for name, _ in row),
        )
        Answer.objects.bulk_create(
            Answer(attempt=attempt, question=questions[name], response=["said"], score=mark)
            for name, mark in row
        )


def _page(people: People, url: str = URL) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(people.client("alice").get(url).content.decode())


def _words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _named(element: lxml.html.HtmlElement) -> dict[str, str]:
    return {_words(dt): _words(dt.getnext()) for dt in element.iter("dt")}


def _of_question(page: lxml.html.HtmlElement, name: str) -> lxml.html.HtmlElement:
    return next(one for one in page.iter("article") if f"Asked-{name}?" in one.text_content())


def test_the_page_says_what_the_figures_are_of(people: People, quiz: Quiz) -> None:
    _hand_in(people, quiz)
    page = _page(people)
    of_quiz = page.xpath("//section[@class='part']/details[@class='figures-of']")[0]
    assert _named(of_quiz)["Average"] == "3.04 of 6 points"
    assert _named(of_quiz)["Internal consistency"] == "23 %"
    assert _named(of_quiz)["Error ratio"] == "88 %"
    assert "From 24 tries that are marked whole." in _words(of_quiz)
    assert (
        "Each of these tries was asked 3 questions of the pool. So all of this is by position"
        in (_words(of_quiz))
    )
    rows = [[_words(cell) for cell in row] for row in of_quiz.xpath(".//tbody/tr")]
    assert rows == [
        ["1", "52 %", "0.86", "30", "33 %", "38 %"],
        ["2", "48 %", "0.75", "-4", "-5 %", "28 %"],
        ["3", "52 %", "0.81", "14", "15 %", "34 %"],
    ]
    for url in (URL, TEXT_URL):
        of_a = _of_question(_page(people, url), "A")
        assert _named(of_a) == {
            "Facility": "53 %",
            "Standard deviation": "0.85",
            "Discrimination": "27",
            "Discriminative efficiency": "30 %",
        }
        assert "From 16 of 24 tries: those that were asked this question." in _words(of_a)
        assert "Effective weights belong to positions" in _words(of_a)
        of_e = _of_question(_page(people, url), "E")
        assert not of_e.xpath(".//dl")
        assert "Asked in 9 of 24 tries: fewer than 10, too few for figures." in _words(of_e)


def _rows(people: People) -> list[dict[str, str]]:
    text = people.client("alice").get(CSV_URL).getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_file_says_it_too(people: People, quiz: Quiz) -> None:
    _hand_in(people, quiz)
    rows = _rows(people)
    of_a, of_e = (
        next(row for row in rows if row["Words of the question"] == f"Asked-{name}?")
        for name in "AE"
    )
    assert of_a["Figures are of"] == (
        "16 of 24 tries: those that were asked it; weights are by position"
    )
    assert (of_a["Facility"], of_a["Discrimination"]) == ("53.125", "27.359")
    assert (of_a["Effective weight"], of_a["Internal consistency"]) == ("", "22.8954")
    assert of_e["Figures are of"] == "none: asked in 9 of 24 tries, too few"
    assert (of_e["Facility"], of_e["Discrimination"]) == ("", "")
    second = next(row for row in rows if row["Words of the question"] == "Position 2 of 3")
    assert (second["Discrimination"], second["Effective weight"]) == ("-3.9371", "27.7624")
    assert "whichever question it was" in second["Figures are of"]
    assert second["Question"] == second["Answer"] == ""


def test_of_questions_worth_different_points_no_totals_are_told(
    people: People, reading: Reading
) -> None:
    quiz = add_quiz(people, reading, _guide(worth="22232"))
    _hand_in(people, quiz)
    page = _page(people)
    assert "The questions of this pool are worth different points" in _words(page)
    assert "Figures of this checkpoint" not in _words(page)
    of_a, of_d = _of_question(page, "A"), _of_question(page, "D")
    assert _named(of_a) == {"Facility": "53 %", "Standard deviation": "0.85"}
    assert _named(of_d)["Facility"] == "31 %"  # 14 of 15 · 3
    assert "the rest of a try is worth as many as its draw happened to bring" in _words(of_a)
    assert "Asked in 9 of 24 tries" in _words(_of_question(page, "E"))
    row = next(row for row in _rows(people) if row["Words of the question"] == "Asked-A?")
    assert (row["Facility"], row["Discrimination"]) == ("53.125", "")
    assert "worth different points" in row["Figures are of"]


def test_a_position_is_where_it_stood_when_it_was_asked(people: People, quiz: Quiz) -> None:
    _hand_in(people, quiz)
    apply_guide(reading=quiz.reading, text=_guide(names="EDCBA"), by=people.alice)
    assert [one.text[-2] for one in quiz.questions.order_by("position")] == [*"EDCBA"]
    rows = _page(people).xpath("//section[@class='part']/details//tbody/tr")
    assert [_words(row[5]) for row in rows] == ["38 %", "28 %", "34 %"]


def test_tries_that_were_asked_another_number_are_left_out(people: People, quiz: Quiz) -> None:
    _hand_in(people, quiz)
    apply_guide(reading=quiz.reading, text=_guide("Draw: 2"), by=people.alice)
    text = _words(_page(people))
    assert "0 tries are marked whole and were asked as much as is asked now" in text
    assert "Figures of this checkpoint" not in text
    assert "Asked in" not in text
    assert "none: too few tries are marked whole (0)" in {
        row["Figures are of"] for row in _rows(people)
    }


def test_a_try_that_waits_for_a_mark_counts_for_no_question(people: People, quiz: Quiz) -> None:
    _hand_in(people, quiz)
    waiting = Answer.objects.order_by("pk").first()
    assert waiting is not None
    Attempt.objects.filter(pk=waiting.attempt_id).update(state="submitted", score=None)
    Answer.objects.filter(pk=waiting.pk).update(score=None)
    page = _page(people)
    assert "From 23 tries that are marked whole." in _words(page)
    # Nor for another of its questions, whose rest is not known.
    assert "From 15 of 23 tries" in _words(_of_question(page, "B"))


def test_what_goes_against_the_rest_is_pointed_out(people: People, reading: Reading) -> None:
    quiz = add_quiz(people, reading, _guide("Draw: 2"))
    rows = [[("A", 2 * (number % 2)), ("B", 1 - number % 2)] for number in range(12)]
    rows += [[("C", 1), ("D", 2)]] * 3
    _hand_in(people, quiz, rows)
    page = _page(people)
    assert "Look at this question" in _words(_of_question(page, "B"))
    assert "Look at this question" not in _words(_of_question(page, "A"))


def test_one_drawn_alone_has_no_rest(people: People, reading: Reading) -> None:
    quiz = add_quiz(people, reading, _guide("Draw: 1"))
    _hand_in(people, quiz, [[("A", number % 3)] for number in range(12)])
    of_a = _named(_of_question(_page(people), "A"))
    assert (of_a["Facility"], of_a["Discrimination"]) == ("50 %", "–")


def test_fewer_than_two_tries_are_refused() -> None:
    with pytest.raises(ValueError, match="attempt"):
        analyse_pool(_tries()[:1], MOST, at_least=1)
