"""What one person answered, as staff read it: with the feedback that its author read."""

import pytest
from django.test import Client

from quizzes.attempts import keep_answers, submit_attempt
from quizzes.models import Quiz
from readings.guides.actions import apply_guide
from readings.models import Reading
from tests.base import People
from tests.queries import PageQueries
from tests.quizzes.base import OTHER, add_quiz, right_answers, wrong_answers


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    return add_quiz(people, reading)


def url(people: People, name: str = "carol") -> str:
    return f"/s/seminar/r/margins/quizzes/results/members/{getattr(people, name).pk}/"


def shown(people: People, who: str = "alice", name: str = "carol") -> str:
    answer = people.client(who).get(url(people, name))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_answers_stand_with_the_feedback_that_was_read(people: People, quiz: Quiz) -> None:
    submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.carol)
    html = shown(people)
    assert "Feedback-wrong: rarely." in html
    assert "the spine" in html
    assert "0 of 4 right" in html
    assert "Feedback-right" not in html, "what its author was not told is not said here"


def test_first_try_counts_and_the_latest_stands_beside_it(people: People, quiz: Quiz) -> None:
    submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.carol)
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    html = shown(people)
    assert html.index("0 of 4 right") < html.index("Try 2, for practice: 4 of 4 right")
    assert html.index("the spine") < html.index("Try 2, for practice")


def test_what_is_not_handed_in_is_not_read(people: People, quiz: Quiz) -> None:
    words = quiz.questions.get(kind="short_answer")
    keep_answers(quiz=quiz, responses={words.pk: ["half a thought"]}, by=people.carol)
    html = shown(people)
    assert "Begun, and not handed in yet." in html
    assert "half a thought" not in html


def test_replaced_checkpoint_stays_where_it_was_answered(
    people: People, quiz: Quiz, reading: Reading
) -> None:
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    apply_guide(reading=reading, text=OTHER, by=people.alice)
    html = shown(people)
    assert "Replaced checkpoint: " in html
    assert "What the margin is for" in html
    assert "Something else" in html
    assert "What the margin is for" not in shown(people, name="dan")


def test_results_lead_to_the_answers_of_each(people: People, quiz: Quiz) -> None:
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    html = people.client("alice").get("/s/seminar/r/margins/quizzes/results/").content.decode()
    assert url(people, "carol") in html
    assert url(people, "dan") not in html


def test_reading_without_checkpoints_says_so(people: People, reading: Reading) -> None:
    assert "No checkpoints yet" in shown(people)


@pytest.mark.parametrize(
    ("who", "name", "status"),
    [
        ("alice", "dan", 200),
        ("bob", "carol", 200),  # of his group
        ("bob", "dan", 403),  # of another
        ("alice", "bob", 403),  # staff are not counted
        ("carol", "carol", 403),
        ("grace", "carol", 403),
        ("mallory", "carol", 404),
    ],
)
def test_who_reads_whose(
    people: People, reading: Reading, who: str, name: str, status: int
) -> None:
    assert people.client(who).get(url(people, name)).status_code == status


def test_nobody_of_another_seminar_is_found(people: People, reading: Reading) -> None:
    page = "/s/seminar/r/margins/quizzes/results/members/999999/"
    assert people.client("alice").get(page).status_code == 404


def test_anonymous_is_sent_to_sign_in(people: People, reading: Reading) -> None:
    response = Client().get(url(people))
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]


def test_wrong_method(people: People, reading: Reading) -> None:
    assert people.client("alice").post(url(people)).status_code == 405


def test_queries_are_the_same_however_often_one_tried(people: People, quiz: Quiz) -> None:
    client = people.client("alice")

    def count() -> int:
        with PageQueries() as captured:
            assert client.get(url(people)).status_code == 200
        return len(captured)

    for responses in (wrong_answers(quiz), right_answers(quiz)):
        submit_attempt(quiz=quiz, responses=responses, by=people.carol)
    count()
    two = count()
    for _ in range(20):
        submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    assert count() == two
