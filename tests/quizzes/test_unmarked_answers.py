"""Answers that wait for a person's mark, and tries that are not handed in yet."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from quizzes.attempts import submit_attempt
from quizzes.models import Answer, Attempt, AttemptState, QuestionKind, Quiz
from quizzes.questions import TYPES
from readings.models import Reading
from seminars.models import Membership
from tests.base import People, markup
from tests.quizzes.base import SECRETS, add_quiz, right_answers, wrong_answers

RESULTS = "/s/seminar/r/margins/quizzes/results/"


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    return add_quiz(people, reading)


def url_of(quiz: Quiz) -> str:
    return reverse("quiz_detail", args=["seminar", "margins", quiz.pk])


def wait_for_a_mark(quiz: Quiz, by: Membership) -> Attempt:
    """A try whose short answer nobody has marked yet."""
    attempt = submit_attempt(quiz=quiz, responses=right_answers(quiz), by=by)
    attempt.answers.filter(question__kind="short_answer").update(score=None)
    Attempt.objects.filter(pk=attempt.pk).update(state=AttemptState.SUBMITTED, score=None)
    attempt.refresh_from_db()
    return attempt


def begin(quiz: Quiz, by: Membership, number: int = 1) -> Attempt:
    return Attempt.objects.create(
        seminar=quiz.seminar, quiz=quiz, membership=by, number=number, max_score=4
    )


def test_every_kind_has_its_type() -> None:
    assert [one.kind.value for one in TYPES] == QuestionKind.values


def test_a_try_that_is_marked_at_once_is_marked(people: People, quiz: Quiz) -> None:
    attempt = submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.carol)
    assert attempt.state == AttemptState.MARKED
    assert attempt.score == 0


def test_the_page_says_what_is_not_marked_yet(people: People, quiz: Quiz) -> None:
    wait_for_a_mark(quiz, people.carol)
    client = people.client("carol")
    html = client.get(url_of(quiz)).content.decode()
    assert "answered, not marked yet" in html
    assert html.count("Your answer waits for a mark.") == 1
    assert html.count("<b>Right") == 3  # the others are marked
    assert "All right" not in html
    assert "A person marks one of these answers." in html
    assert "Try again" in html
    page = client.get("/s/seminar/r/margins/").content.decode()
    assert f'data-label="quiz-{quiz.pk}">Checkpoint 1 · answered, not marked yet<' in page


def test_the_results_count_what_is_marked(people: People, quiz: Quiz) -> None:
    wait_for_a_mark(quiz, people.carol)
    submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.dan)
    html = markup(people.client("alice").get(RESULTS))
    assert "2 of 2 participants answered" in html
    assert html.count("1 of 2 right (50 %)") == 3
    assert "0 of 1 right (0 %) · 1 not marked yet" in html


def test_a_try_that_is_not_handed_in_is_no_answer(people: People, quiz: Quiz) -> None:
    attempt = begin(quiz, people.carol)
    for question in quiz.questions.all():
        Answer.objects.create(attempt=attempt, question=question, response=["begun"])
    html = people.client("carol").get(url_of(quiz)).content.decode()
    assert "not answered" in html
    assert not any(secret in html for secret in SECRETS)
    html = markup(people.client("alice").get(RESULTS))
    assert "0 of 2 participants answered" in html
    assert "begun" not in html


def test_the_last_try_handed_in_is_shown_while_another_is_begun(people: People, quiz: Quiz) -> None:
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    begin(quiz, people.carol, number=2)
    assert "All right" in people.client("carol").get(url_of(quiz)).content.decode()


@pytest.mark.parametrize(
    "columns",
    [
        {"state": "marked"},
        {"state": "submitted"},
        {"state": "submitted", "submitted_at": timezone.now(), "score": 1},
        {"state": "marked", "submitted_at": timezone.now(), "score": 5},
        {"submitted_at": timezone.now()},
        {"score": 1},
        {"state": "lost"},
    ],
)
def test_the_database_knows_what_each_state_means(
    people: People, quiz: Quiz, columns: dict[str, object]
) -> None:
    attempt = begin(quiz, people.carol)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.filter(pk=attempt.pk).update(**columns)


def test_one_try_is_in_progress_at_a_time(people: People, quiz: Quiz) -> None:
    begin(quiz, people.carol)
    begin(quiz, people.dan)
    with pytest.raises(IntegrityError), transaction.atomic():
        begin(quiz, people.carol, number=2)
