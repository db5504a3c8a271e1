"""The results of a reading as a file: a row for each answer, with the figures of its question."""

import csv
import io

import pytest

from quizzes.attempts import submit_attempt
from quizzes.models import Quiz
from readings.models import Reading
from tests.base import People
from tests.quizzes.base import (
    add_members,
    add_quiz,
    assert_for_staff_alone,
    right_answers,
    wrong_answers,
)

URL = "/s/seminar/r/margins/quizzes/results/csv/"


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    return add_quiz(people, reading)


def test_file_has_a_row_for_each_answer(people: People, quiz: Quiz) -> None:
    words = quiz.questions.get(kind="short_answer")
    for number, member in enumerate([people.carol, *add_members(people, people.monday, 10)]):
        given = right_answers(quiz) if number % 2 else wrong_answers(quiz)
        submit_attempt(quiz=quiz, responses=given, by=member)
    formula = {**right_answers(quiz), words.pk: ["=1+1"]}
    submit_attempt(quiz=quiz, responses=formula, by=people.dan)
    answer = people.client("alice").get(URL)
    text = answer.getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert 'attachment; filename="On margins results.csv"' in answer["Content-Disposition"]
    one = [row for row in rows if row["Question"] == "1"]
    assert [(row["Answer"], row["Is right"], row["Count"], row["Share"]) for row in one] == [
        ("At the end.", "no", "6", "50"),
        ("At different places.", "yes", "6", "50"),
    ]
    assert {row["Facility"] for row in one} == {"50.0"}
    assert {row["Tries of the checkpoint"] for row in rows} == {"12"}
    assert "'=1+1" in {row["Answer"] for row in rows}, "no spreadsheet takes it for a formula"


def test_file_of_an_assistant_is_of_the_own_group(people: People, quiz: Quiz) -> None:
    words = quiz.questions.get(kind="short_answer")
    secret = {**right_answers(quiz), words.pk: ["thursday said this"]}
    submit_attempt(quiz=quiz, responses=secret, by=people.dan)
    for who, is_there in (("alice", True), ("bob", False)):
        answer = people.client(who).get(URL)
        assert (b"thursday said this" in answer.getvalue()) is is_there


def test_reading_without_checkpoints_has_heads_alone(people: People, reading: Reading) -> None:
    text = people.client("alice").get(URL).getvalue().decode("utf-8-sig")
    assert len(text.splitlines()) == 1
    assert "Discrimination" in text


def test_it_is_for_staff_alone(people: People, reading: Reading) -> None:
    assert_for_staff_alone(people, URL)
