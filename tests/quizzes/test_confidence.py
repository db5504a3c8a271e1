"""How sure one is of an answer: optional, worth nothing, and shown to nobody else."""

import pytest
from django.urls import reverse

from quizzes.models import Answer, Attempt, Confidence, Quiz
from readings.models import Reading
from tests.base import People, markup
from tests.quizzes.base import GUIDE, add_quiz, as_form, right_answers, wrong_answers

TITLE = "Title: What the margin is for\n"
SURE = "How sure you were: Certain"


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    return add_quiz(people, reading, GUIDE.replace(TITLE, TITLE + "Confidence: yes\n"))


def url(name: str, quiz: Quiz) -> str:
    return reverse(name, args=["seminar", "margins", quiz.pk])


def fields(quiz: Quiz, level: object = 3) -> dict[str, object]:
    """Right answers, with how sure one is of the first of them."""
    given = right_answers(quiz)
    return {**as_form(given), f"c{next(iter(given))}": level}


def test_three_levels_stand_beside_each_answer(people: People, quiz: Quiz) -> None:
    html = people.client("carol").get(quiz.reading.get_absolute_url()).content.decode()
    assert html.count("How sure are you?") == quiz.questions.count()
    for one in quiz.questions.all():
        assert html.count(f'name="c{one.pk}"') == len(Confidence)


def test_it_is_kept_and_shown_to_who_said_it(people: People, quiz: Quiz) -> None:
    client = people.client("carol")
    client.post(url("kept_answers", quiz), fields(quiz, 2))
    first = next(iter(right_answers(quiz)))
    kept = client.get(url("quiz_detail", quiz)).content.decode()
    assert f'name="c{first}" value="2" checked' in kept
    client.post(url("attempt_create", quiz), fields(quiz))
    assert Answer.objects.get(question=first).confidence == 3
    assert Answer.objects.filter(confidence=None).count() == quiz.questions.count() - 1
    assert Attempt.objects.get().score == 4  # worth nothing
    assert markup(client.get(url("quiz_detail", quiz))).count(SURE) == 1


@pytest.mark.parametrize("key", ["alice", "bob", "dan"])
def test_nobody_else_is_shown_it(people: People, quiz: Quiz, key: str) -> None:
    people.client("carol").post(url("attempt_create", quiz), fields(quiz))
    client = people.client(key)
    for address in (
        reverse("member_answers", args=["seminar", "margins", people.carol.pk]),
        reverse("quiz_results", args=["seminar", "margins"]),
        reverse("quiz_results_file", args=["seminar", "margins"]),
        quiz.reading.get_absolute_url(),
        url("quiz_detail", quiz),
    ):
        body = client.get(address).getvalue().decode()
        assert "How sure you were" not in body, address


def test_it_stays_where_answers_are_refused(people: People, quiz: Quiz) -> None:
    sent = fields(quiz)
    first = next(iter(right_answers(quiz)))
    words = quiz.questions.get(kind="short_answer")
    sent[f"q{words.pk}"] = ""
    answer = people.client("carol").post(url("attempt_create", quiz), sent)
    assert answer.status_code == 422
    assert f'name="c{first}" value="3" checked' in answer.content.decode()


@pytest.mark.parametrize("level", ["4", "0", "x", "", "-1"])
def test_another_level_is_none(people: People, quiz: Quiz, level: str) -> None:
    people.client("carol").post(url("attempt_create", quiz), fields(quiz, level))
    assert Attempt.objects.count() == 1
    assert not Answer.objects.exclude(confidence=None).exists()


def test_where_it_is_not_asked_it_is_not_taken(people: People, reading: Reading) -> None:
    quiz = add_quiz(people, reading)
    client = people.client("carol")
    assert "How sure" not in client.get(url("quiz_detail", quiz)).content.decode()
    client.post(url("attempt_create", quiz), fields(quiz) | as_form(wrong_answers(quiz)))
    assert Attempt.objects.count() == 1
    assert not Answer.objects.exclude(confidence=None).exists()
