"""More time and further tries for one person: arranged by instructors, seen by few."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from quizzes.accommodations.actions import set_accommodation
from quizzes.attempts import SubmissionRefused, begin_attempt, submit_attempt
from quizzes.models import Accommodation, Attempt, Quiz, QuizSettings, adjusted
from readings.models import Reading
from seminars.models import Event
from tests.base import People, markup
from tests.quizzes.base import GUIDE, add_quiz, wrong_answers

TITLE = "Title: What the margin is for\n"
SENT = {"time_more": "50", "extra_tries": "1", "reason": "Reason-secret", "version": "0"}


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    head = "Time: 21 min\nTries: 1\nGrade by: last\n"
    return add_quiz(people, reading, GUIDE.replace(TITLE, TITLE + head))


def url(people: People, key: str = "carol") -> str:
    return reverse("accommodation", args=["seminar", getattr(people, key).pk])


def arrange(people: People, percent: int = 150, tries: int = 1) -> Accommodation:
    return set_accommodation(
        member=people.carol,
        time_percent=percent,
        extra_tries=tries,
        reason="Reason-secret",
        by=people.alice,
    )


def page(people: People, quiz: Quiz, key: str) -> str:
    return markup(
        people.client(key).get(reverse("quiz_detail", args=["seminar", "margins", quiz.pk]))
    )


def test_an_instructor_arranges_it_and_the_person_reads_it(people: People, quiz: Quiz) -> None:
    answer = people.client("alice").post(url(people), SENT)
    assert answer.status_code == 302
    row = Accommodation.objects.get()
    assert (row.membership, row.time_percent, row.extra_tries) == (people.carol, 150, 1)
    for key in ("alice", "bob", "carol"):  # Bob assists her group
        html = markup(people.client(key).get(url(people)))
        assert "Reason-secret" in html, key
        assert ("<button" in html.partition("<main")[2].partition("</main>")[0]) == (key == "alice")
    event = Event.objects.get(kind="accommodation.changed")
    assert event.audience == "staff"
    assert event.detail == {"time_percent": 150, "extra_tries": 1}


@pytest.mark.parametrize(
    ("key", "status"), [("dan", 403), ("grace", 403), ("mallory", 404), ("bob", 200)]
)
def test_nobody_else_sees_or_changes_it(people: People, quiz: Quiz, key: str, status: int) -> None:
    arrange(people)
    client = people.client(key)
    assert client.get(url(people)).status_code == status
    assert client.post(url(people), SENT).status_code == (404 if status == 404 else 403)
    assert "/accounts/login/" in Client().get(url(people))["Location"]
    assert people.client("alice").put(url(people)).status_code == 405
    # Nor does it shape anything that classmates are sent.
    for address in (quiz.reading.get_absolute_url(), reverse("people", args=["seminar"])):
        body = client.get(address).content.decode()
        assert "Reason-secret" not in body
        assert "Arranged for you" not in body
    if key == "dan":
        html = page(people, quiz, "dan")
        assert "You have 21 minutes" in html
        assert "There is one try." in html


def test_it_is_told_where_it_matters(people: People, quiz: Quiz) -> None:
    client, address = people.client("carol"), quiz.reading.get_absolute_url()
    assert "You have 21 minutes" in markup(client.get(address))
    arrange(people)
    for html in (page(people, quiz, "carol"), markup(client.get(address))):
        assert "You have 32 minutes from when you begin" in html  # 31.5, rounded up
        assert "There are 2 tries." in html
        assert url(people) in html
    arrange(people, 100, 0)
    assert "You have 21 minutes" in markup(client.get(address))


def test_time_and_tries_are_those_arranged(people: People, quiz: Quiz) -> None:
    arrange(people, 200)
    for number in (1, 2):
        attempt = begin_attempt(quiz=quiz, by=people.carol)
        assert attempt.begun_at is not None
        assert attempt.ends_at == attempt.begun_at + timedelta(minutes=42)
        done = submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.carol)
        assert done.number == number
    with pytest.raises(SubmissionRefused):
        begin_attempt(quiz=quiz, by=people.carol)
    begin_attempt(quiz=quiz, by=people.dan)
    submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.dan)
    with pytest.raises(SubmissionRefused):
        begin_attempt(quiz=quiz, by=people.dan)


def test_a_try_that_is_running_gets_its_time(people: People, quiz: Quiz) -> None:
    attempt = begin_attempt(quiz=quiz, by=people.carol)
    arrange(people, 200)
    attempt.refresh_from_db()
    assert attempt.begun_at is not None
    assert attempt.ends_at == attempt.begun_at + timedelta(minutes=42)
    assert Attempt.objects.count() == 1


def test_who_comes_second_sees_both(people: People, quiz: Quiz) -> None:
    client = people.client("alice")
    client.post(url(people), SENT)
    late = {**SENT, "time_more": "75"}
    answer = client.post(url(people), late)
    assert answer.status_code == 409
    html = markup(answer)
    assert 'value="75"' in html
    assert "50" in html
    assert Accommodation.objects.get().time_percent == 150
    # The same sent twice is once.
    assert client.post(url(people), SENT).status_code == 302
    assert Event.objects.filter(kind="accommodation.changed").count() == 1


@pytest.mark.parametrize(
    "wrong", [{"time_more": "-1"}, {"time_more": "301"}, {"extra_tries": "11"}]
)
def test_what_is_wrong_is_told_with_the_words_kept(
    people: People, quiz: Quiz, wrong: dict[str, str]
) -> None:
    answer = people.client("alice").post(url(people), SENT | wrong)
    assert answer.status_code == 422
    assert "Reason-secret" in answer.content.decode()
    assert not Accommodation.objects.exists()


def test_nothing_is_arranged_for_staff_and_guests(people: People, quiz: Quiz) -> None:
    for key in ("bob", "grace"):
        assert people.client("alice").post(url(people, key), SENT).status_code == 403


def test_what_is_unlimited_stays_so() -> None:
    row = Accommodation(time_percent=150, extra_tries=2)
    assert adjusted(QuizSettings(), row) == QuizSettings()
    assert adjusted(QuizSettings(review="after_closing"), row).tries_allowed == 3
    assert adjusted(QuizSettings(minutes=1), row).minutes == 2
