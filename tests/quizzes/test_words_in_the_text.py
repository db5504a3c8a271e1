"""Questions that are answered with words of the text: found, marked by overlap, and kept true."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.attempts import SubmissionRefused, submit_attempt
from quizzes.models import Answer, KeyPassage, Quiz
from quizzes.questions.passage import mark_overlap
from readings.guides.actions import apply_guide
from readings.models import Block, Passage, Reading
from tests.base import PARAGRAPHS, People, make_reading, markup
from tests.quizzes.base import add_quiz
from tests.readings.revised import revise

RESULTS = "/s/seminar/r/margins/quizzes/results/"
ASKED = """\
---
guide: 1
title: Guide to margins
essay: On margins
---

## Checkpoint ¶ 3

### Which words say what it was made for?

Passage: ¶ 3 "The margin was made for this" | ¶ 2 "a conversation begins"
Feedback: Feedback-passage.
"""


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    return add_quiz(people, reading, ASKED)


def answer(quiz: Quiz, people: People, *given_words: str) -> Answer:
    question = quiz.questions.get()
    submit_attempt(quiz=quiz, responses={question.pk: list(given_words)}, by=people.carol)
    return Answer.objects.get(attempt__membership=people.carol, question=question)


def selection(block: str, words: str) -> str:
    """What the browser sends of a selection."""
    text = Block.objects.filter(key=block).latest("pk").text
    start = text.index(words)
    row = {"block": block, "start": start, "end": start + len(words), "exact": words}
    return json.dumps([row])


# --- Overlap --------------------------------------------------------------------------------------
def letters(start: int, end: int) -> set[tuple[str, int]]:
    return {("p", at) for at in range(start, end)}


@pytest.mark.parametrize(
    ("answered", "share"),
    [
        ((40, 60), Fraction(1)),  # the passage to the letter
        ((20, 80), Fraction(1)),  # its whole sentence
        ((41, 60), Fraction(1)),  # 19 of 20 of it: an edge
        ((42, 60), Fraction(1)),  # nine tenths are all of it
        ((43, 60), Fraction(17, 20)),
        ((40, 50), Fraction(1, 2)),  # half of it
        ((40, 45), Fraction(1, 4)),  # a quarter is the least that earns
        ((20, 140), Fraction(1, 2)),  # all of it, and as much that is not its sentence
        ((50, 90), Fraction(3, 8)),  # half of it, and a quarter of the answer is outside
        ((0, 400), Fraction(0)),  # everything: 60 of 400 belong
        ((40, 44), Fraction(0)),  # a fifth of it
        ((100, 120), Fraction(0)),
    ],
)
def test_what_agrees_earns(answered: tuple[int, int], share: Fraction) -> None:
    key, sentence = letters(40, 60), letters(20, 80)
    assert mark_overlap(letters(*answered), key, sentence) == share


spans = st.tuples(st.integers(0, 50), st.integers(1, 50)).map(
    lambda one: letters(one[0], one[0] + one[1])
)


@given(spans, spans, spans)
def test_a_share_is_one_and_the_passage_itself_is_right(
    answered: set[tuple[str, int]], key: set[tuple[str, int]], more: set[tuple[str, int]]
) -> None:
    assert 0 <= mark_overlap(answered, key, key | more) <= 1
    assert mark_overlap(key, key, key | more) == 1


# --- Answered -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("written", "score"),
    [
        ("The margin was made for this", "1"),
        ("the MARGIN  was made for this.", "1"),
        ("“The margin was made for this.”", "1"),
        ("a conversation begins", "1"),  # either is right
        ("made for this", "0.48"),  # 11 of the 23 letters
        ("readers filled it with their doubts", "0"),
        ("Where two readers stop", "0"),
    ],
)
def test_words_that_are_typed_are_found(
    people: People, quiz: Quiz, written: str, score: str
) -> None:
    assert answer(quiz, people, written).score == Decimal(score)


def test_words_that_are_chosen_are_taken_where_they_stand(people: People, quiz: Quiz) -> None:
    """“it” alone stands in two places; the one that was chosen is kept."""
    kept = answer(quiz, people, "it", selection("p3", "it"))
    assert kept.score == 0
    (row,) = json.loads(kept.response[0])
    assert (row["block"], row["exact"]) == ("p3", "it")


def test_words_of_two_paragraphs(people: People, quiz: Quiz) -> None:
    both = "a conversation begins; no method is older.\nThe margin was made for this."
    kept = answer(quiz, people, both)
    assert [row["block"] for row in json.loads(kept.response[0])] == ["p2", "p3"]
    # All of either passage; its sentence is 60 of 83 letters, or 23 of 57.
    assert kept.score is not None
    assert 0 < kept.score < 1
    html = people.client("carol").get("/s/seminar/r/margins/").content.decode()
    assert "Partly right: the passage is in it, with more around it" in html


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ([""], "Choose words in the text, or paste or type them."),
        (["Words of nobody"], "These words are not in the text. Copy them from it."),
        (["readers"], "These words stand in 3 places. Add some that stand beside them."),
        (["x" * 5001], "Choose less: at most 5000 characters."),
        (["[{", "nothing"], "These words are not in the text. Copy them from it."),
        (['[{"block": "p9", "start": 1, "end": 2, "exact": "x y"}]'], "These words are not in"),
    ],
)
def test_what_is_nowhere_is_told(people: People, quiz: Quiz, written: list[str], told: str) -> None:
    with pytest.raises(SubmissionRefused) as refused:
        answer(quiz, people, *written)
    (error,) = refused.value.errors.values()
    assert error.startswith(told)


def test_words_changed_after_they_were_chosen_are_looked_for(people: People, quiz: Quiz) -> None:
    kept = answer(quiz, people, "a conversation begins", selection("p3", "doubts"))
    assert json.loads(kept.response[0])[0]["block"] == "p2"


def test_it_is_shown_in_words_and_the_second_try_tells_the_passage(
    people: People, quiz: Quiz
) -> None:
    answer(quiz, people, "no method is older")
    html = markup(people.client("carol").get("/s/seminar/r/margins/"))
    assert "Your answer: <q>no method is older</q>" in html
    assert "A right answer" not in html
    question = quiz.questions.get()
    submit_attempt(quiz=quiz, responses={question.pk: ["older"]}, by=people.carol)
    html = markup(people.client("carol").get("/s/seminar/r/margins/"))
    assert "A right answer: <q>The margin was made for this</q>" in html
    results = markup(people.client("alice").get(RESULTS))
    assert "Words in the text" in results
    assert "no method is older" in results


# --- A gate --------------------------------------------------------------------------------------
BEFORE_A_GATE = """\
---
guide: 1
title: Guide to margins
essay: On margins
---

## Checkpoint ¶ 2

Title: Before the gate
Gate: hard

### Which words tell of a conversation?

Passage: ¶ 2 "a conversation begins"
"""


@pytest.fixture
def before_gate(people: People, reading: Reading) -> Quiz:
    quiz = add_quiz(people, reading, BEFORE_A_GATE)
    people.seminar.refresh_from_db()
    return quiz


def test_only_the_text_that_is_served_is_searched(people: People, before_gate: Quiz) -> None:
    """“readers” stands behind the gate too: who may not read there is not told of it."""
    with pytest.raises(SubmissionRefused) as refused:
        answer(before_gate, people, "readers")
    assert "stand in 2 places" in str(refused.value)


@pytest.mark.parametrize("chosen", [False, True])
def test_words_behind_a_gate_are_not_in_the_text(
    people: People, before_gate: Quiz, chosen: bool
) -> None:
    words = "The margin was made for this"
    given_words = ["", selection("p3", words)] if chosen else [words]
    with pytest.raises(SubmissionRefused) as refused:
        answer(before_gate, people, *given_words)
    assert "These words are not in the text" in str(refused.value)


def test_who_came_through_searches_all_of_it(people: People, before_gate: Quiz) -> None:
    answer(before_gate, people, "a conversation begins")
    question = before_gate.questions.get()
    again = {question.pk: ["The margin was made for this"]}
    submit_attempt(quiz=before_gate, responses=again, by=people.carol)
    assert Answer.objects.filter(attempt__membership=people.carol).count() == 2


# --- The text changes -----------------------------------------------------------------------------
def test_the_passage_goes_with_the_text_and_its_paragraph_is_flagged(
    people: People, quiz: Quiz
) -> None:
    client = people.client("alice")
    assert "Check me" not in client.get(RESULTS).content.decode()
    first, second, third = PARAGRAPHS
    revise(quiz.reading, ["A new beginning.", first, second, third.replace("Printers", "Binders")])
    assert "Check me" in client.get(RESULTS).content.decode()
    kept = answer(quiz, people, "The margin was made for this")
    assert kept.score == 1
    # Who has looked adds the guide again, with the numbers of now.
    now = ASKED.replace("¶ 3", "¶ 4").replace("¶ 2", "¶ 3")
    apply_guide(reading=quiz.reading, text=now, by=people.alice)
    assert "Check me" not in client.get(RESULTS).content.decode()
    kept.refresh_from_db()
    assert [kept.score, kept.question.version] == [1, 1]
    assert (
        "was put right" not in people.client("carol").get("/s/seminar/r/margins/").content.decode()
    )


def test_what_is_gone_from_the_text_waits_for_a_person(people: People, quiz: Quiz) -> None:
    before = answer(quiz, people, "The margin was made for this")
    revise(quiz.reading, [PARAGRAPHS[0], "Something else is here.", "And something else again."])
    question = quiz.questions.get()
    later = submit_attempt(
        quiz=quiz, responses={question.pk: ["Something else is here"]}, by=people.dan
    )
    assert (later.state, later.score) == ("submitted", None)
    before.refresh_from_db()
    assert before.score == 1
    changes = people.client("alice").get("/s/seminar/r/margins/changes/")
    assert "Question of Checkpoint 1" in changes.content.decode()
    # Put right, it is marked.
    now = ASKED.replace('"The margin was made for this"', '"Something else again"')
    now = now.replace(' | ¶ 2 "a conversation begins"', ' | ¶ 2 "Something else is here"')
    apply_guide(reading=quiz.reading, text=now, by=people.alice)
    later.refresh_from_db()
    assert [later.state, later.score] == ["marked", 1]
    before.refresh_from_db()
    assert before.score == 1  # its words are gone: nobody can mark it anew


def test_another_passage_marks_anew_and_the_old_place_is_let_go(people: People, quiz: Quiz) -> None:
    kept = answer(quiz, people, "The margin was made for this")
    places = Passage.objects.filter(reading=quiz.reading).count()
    new = ASKED.replace("The margin was made for this", "readers filled it with their doubts")
    apply_guide(reading=quiz.reading, text=new, by=people.alice)
    kept.refresh_from_db()
    assert [kept.score, kept.version, kept.question.version] == [0, 1, 2]
    assert Passage.objects.filter(reading=quiz.reading).count() == places
    assert KeyPassage.objects.count() == 2


def test_without_its_place_a_question_is_not_asked(people: People, reading: Reading) -> None:
    nowhere = ASKED.replace("The margin was made", "A margin was lost").replace(
        "a conversation begins", "a quarrel begins"
    )
    more = nowhere + "\n### Is it wide?\n\nAnswer: true\n"
    applied = apply_guide(reading=reading, text=more, by=people.alice)
    assert [one.heading.split(":")[0] for one in applied.unplaced] == ["Passage", "Passage"]
    assert [one.kind for one in Quiz.objects.get().questions.all()] == ["true_false"]
    page = people.client("alice").get("/s/seminar/r/margins/guide/").content.decode()
    assert "1 checkpoint with 2 questions" in page
    apply_guide(reading=reading, text=nowhere, by=people.alice)
    assert not Quiz.objects.filter(retired_at=None)
    assert people.client("carol").get("/s/seminar/r/margins/").status_code == 200
    apply_guide(reading=reading, text=ASKED, by=people.alice)
    assert Quiz.objects.get(retired_at=None).questions.get().key_passages.count() == 2


def test_a_whole_paragraph_may_be_right(people: People) -> None:
    reading = make_reading(people, "whole")
    text = ASKED.replace('¶ 3 "The margin was made for this" | ¶ 2 "a conversation begins"', "¶ 2")
    quiz = add_quiz(people, reading, text)
    kept = answer(quiz, people, PARAGRAPHS[1])
    assert kept.score == 1
