"""Answers in one's own words: taken within their limits, unmarked, and read by staff."""

import pytest

from quizzes.attempts import SubmissionRefused, submit_attempt
from quizzes.models import Attempt, Quiz
from readings.models import Reading
from tests.base import People, markup
from tests.quizzes.base import add_quiz

RESULTS = "/s/seminar/r/margins/quizzes/results/"
ASKED = """\
---
guide: 1
title: Guide to margins
essay: On margins
---

## Checkpoint ¶ 3

### What would you write in it?

Open: 3 to 6 words
Points: 2
Feedback: Feedback-open.
"""


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    return add_quiz(people, reading, ASKED)


def hand_in(quiz: Quiz, people: People, *words: str) -> Attempt:
    question = quiz.questions.get()
    return submit_attempt(quiz=quiz, responses={question.pk: list(words)}, by=people.carol)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", "Write an answer."),
        ("\u200b\n", "Write an answer."),
        ("A doubt.", "You have written this many words: 2. Asked for are 3–6."),
        ("A doubt, and one more of them.", "You have written this many words: 7."),
        ("x" * 10_001, "This has 10001 characters; an answer has at most 10000."),
    ],
)
def test_what_is_no_answer_is_told(people: People, quiz: Quiz, words: str, told: str) -> None:
    with pytest.raises(SubmissionRefused) as refused:
        hand_in(quiz, people, words)
    (error,) = refused.value.errors.values()
    assert error.startswith(told)


def test_it_waits_for_a_mark_and_keeps_its_lines(people: People, quiz: Quiz) -> None:
    attempt = hand_in(quiz, people, "A doubt,\r\n\r\nand <another>.")
    assert (attempt.state, attempt.score) == ("submitted", None)
    assert attempt.answers.get().response == ["A doubt,\n\nand <another>."]
    html = markup(people.client("carol").get("/s/seminar/r/margins/"))
    assert "Your answer waits for a mark." in html
    assert "<p>A doubt,</p> <p>and &lt;another&gt;.</p>" in html
    assert "Feedback-open" in html
    assert "A person marks this answer." in html


def test_staff_read_it_without_a_name_and_it_counts_as_unmarked(people: People, quiz: Quiz) -> None:
    hand_in(quiz, people, "A doubt of mine.")
    html = markup(people.client("alice").get(RESULTS))
    answers = html.partition("1 answer, without a name")[2].partition("</details>")[0]
    assert "A doubt of mine." in answers
    assert "Carol" not in answers
    assert "1 not marked yet" in html
    # An assistant reads those of the own group: Carol's, and not Dan's.
    submit_attempt(
        quiz=quiz, responses={quiz.questions.get().pk: ["A word of Dan’s."]}, by=people.dan
    )
    html = markup(people.client("bob").get(RESULTS))
    assert "A doubt of mine." in html
    assert "A word of Dan" not in html


def test_a_mark_that_a_person_gave_stands(people: People, quiz: Quiz) -> None:
    attempt = hand_in(quiz, people, "A doubt of mine.")
    attempt.answers.update(score=1)
    Attempt.objects.update(score=1, state="marked")
    html = markup(people.client("carol").get("/s/seminar/r/margins/"))
    assert "1 of 2 points" in html
    assert "Partly right." in html
    add_quiz(people, quiz.reading, ASKED.replace("Feedback-open.", "Feedback-open, put right."))
    attempt.refresh_from_db()
    assert [attempt.state, attempt.score] == ["marked", 1]
