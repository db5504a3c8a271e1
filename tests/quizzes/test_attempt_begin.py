"""Tries against the clock: begun, counted by the server, and handed in as they stand."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from quizzes.attempts import (
    SubmissionRefused,
    begin_attempt,
    hand_in_overdue,
    keep_answers,
    submit_attempt,
)
from quizzes.models import Answer, Attempt, Quiz
from readings.guides.actions import apply_guide
from readings.models import Reading
from tests.base import People, htmx, markup
from tests.conftest import forget_task_backends
from tests.quizzes.base import (
    ALL_TYPES,
    add_quiz,
    as_form,
    form_in,
    right_answers,
    wrong_answers,
)
from tests.quizzes.test_no_key_before_the_answer import addresses

TITLE = "Title: What the margin is for\n"
# Words that stand in the questions alone.
ASKED = ["Where do readers stop?", "At different places.", "What was left wide?", "How wide was it"]


def guide(*more: str) -> str:
    return ALL_TYPES.replace(TITLE, TITLE + "\n".join(["Time: 20 minutes", *more]) + "\n")


@pytest.fixture
def queued(settings: Any) -> Any:
    """Tasks wait in the database for a worker, as they do for a host."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    forget_task_backends()
    yield
    forget_task_backends()


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    return add_quiz(people, reading, guide())


def url(name: str, quiz: Quiz) -> str:
    return reverse(name, args=["seminar", "margins", quiz.pk])


def page(people: People, quiz: Quiz, query: str = "", key: str = "carol") -> str:
    return people.client(key).get(url("quiz_detail", quiz) + query).content.decode()


def begin(people: People, quiz: Quiz, *, ago: float = 0) -> Attempt:
    """Carol has begun, so many minutes ago."""
    attempt = begin_attempt(quiz=quiz, by=people.carol)
    shift = timedelta(minutes=ago)
    assert attempt.begun_at is not None
    assert attempt.ends_at is not None
    Attempt.objects.filter(pk=attempt.pk).update(
        begun_at=attempt.begun_at - shift, ends_at=attempt.ends_at - shift
    )
    attempt.refresh_from_db()
    return attempt


def at_the_end(attempt: Attempt) -> datetime:
    assert attempt.ends_at is not None
    return attempt.ends_at


# --- Beginning -----------------------------------------------------------------------------------
@pytest.mark.once
@pytest.mark.parametrize("key", ["carol", "grace", "bob"])
def test_no_response_holds_a_question_before_one_begins(
    people: People, quiz: Quiz, key: str
) -> None:
    begin_attempt(quiz=quiz, by=people.dan)  # what he is asked now is nobody else's
    client = people.client(key)
    client.raise_request_exception = False
    staff = {"quiz_results", "quiz_results_text", "quiz_results_file", "reading_guide"}
    for name, address in addresses(quiz):
        if name in {"attempt_begin", *staff} or (key == "bob" and "marking" in name):
            continue
        for method, query in [("get", ""), ("get", "?again=1"), ("post", "")]:
            with transaction.atomic():
                response = getattr(client, method)(address + query)
                whole = repr(response.headers) + response.getvalue().decode(errors="replace")
                transaction.set_rollback(True)
            for words in ASKED:
                assert words not in whole, f"{method} {address} sends {words}"


def test_time_begins_with_a_press_and_the_questions_come(people: People, quiz: Quiz) -> None:
    client = people.client("carol")
    html = page(people, quiz)
    assert "You have 20 minutes from when you begin" in html
    assert "Begin</button>" in html
    answer = client.post(url("attempt_begin", quiz))
    assert answer.status_code == 302
    assert answer["Location"] == url("quiz_detail", quiz)
    attempt = Attempt.objects.get()
    assert attempt.begun_at is not None
    assert at_the_end(attempt) - attempt.begun_at == timedelta(minutes=20)
    for html in (page(people, quiz), client.get(quiz.reading.get_absolute_url()).content.decode()):
        assert all(words in html for words in ASKED)
        assert f'until="{int(at_the_end(attempt).timestamp())}"' in html
        assert "Your time is up at" in html
    assert client.post(url("attempt_create", quiz), as_form(right_answers(quiz))).status_code == 302
    done = Attempt.objects.get()
    assert (done.begun_at, done.ends_at) == (attempt.begun_at, attempt.ends_at)
    assert "Answered, not marked yet." in page(people, quiz)  # one of them is open


def test_htmx_gets_the_form_with_the_focus_on_it(people: People, quiz: Quiz) -> None:
    response = htmx(people.client("carol"), "post", url("attempt_begin", quiz), {})
    html = markup(response)
    assert response.status_code == 200
    assert "<html" not in html
    assert html.count("data-focus") == 1
    assert form_in(html).fields


def test_who_begins_twice_has_no_more_time(people: People, quiz: Quiz) -> None:
    attempt = begin(people, quiz, ago=5)
    client = people.client("carol")
    for _again in range(2):
        client.post(url("attempt_begin", quiz))
        # What is kept and taken back takes the time along as little.
        client.post(url("kept_answers", quiz), as_form(wrong_answers(quiz)))
        client.post(url("kept_answers", quiz), as_form({pk: [""] for pk in wrong_answers(quiz)}))
    again = Attempt.objects.get()
    assert (again.pk, again.ends_at) == (attempt.pk, attempt.ends_at)
    assert not again.answers.exists()


@pytest.mark.django_db(transaction=True)
def test_many_who_begin_at_once_begin_once(people: People, quiz: Quiz) -> None:
    def press(_number: int) -> Any:
        try:
            return begin_attempt(quiz=quiz, by=people.carol).ends_at
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        ends = set(pool.map(press, range(24)))
    assert len(ends) == 1
    assert Attempt.objects.count() == 1


def test_nothing_is_answered_before_the_time_begins(people: People, quiz: Quiz) -> None:
    """Who knows the questions from an earlier try could take all the time of the world."""
    given = wrong_answers(quiz)
    with pytest.raises(SubmissionRefused, match="has not begun"):
        submit_attempt(quiz=quiz, responses=given, by=people.carol)
    with pytest.raises(SubmissionRefused, match="not running"):
        keep_answers(quiz=quiz, responses=given, by=people.carol)
    response = people.client("carol").post(url("attempt_create", quiz), as_form(given))
    html = response.content.decode()
    assert response.status_code == 422
    assert "press “Begin” first" in html
    assert "the spine" in html  # what was written stands there
    assert not any(words in html for words in ASKED)
    assert not Attempt.objects.exists()


def test_no_try_is_begun_where_none_is_left_or_the_reading_is_closed(
    people: People, reading: Reading
) -> None:
    quiz = add_quiz(people, reading, guide("Tries: 1"))
    begin(people, quiz)
    submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.carol)
    client = people.client("carol")
    assert client.post(url("attempt_begin", quiz)).status_code == 422
    Reading.objects.filter(pk=reading.pk).update(closes_at=timezone.now() - timedelta(minutes=1))
    assert people.client("dan").post(url("attempt_begin", quiz)).status_code == 403
    assert Attempt.objects.count() == 1


def test_another_try_begins_anew(people: People, quiz: Quiz) -> None:
    begin(people, quiz)
    submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.carol)
    again = page(people, quiz, "?again=1")
    assert "Begin</button>" in again
    assert not form_in(again).fields
    answer = people.client("carol").post(url("attempt_begin", quiz))
    assert answer["Location"] == url("quiz_detail", quiz) + "?again=1"
    assert form_in(page(people, quiz, "?again=1")).fields
    assert Attempt.objects.get(number=2).ends_at is not None


# --- When it is up -------------------------------------------------------------------------------
def test_what_comes_late_is_what_was_kept_by_then(people: People, quiz: Quiz) -> None:
    begin(people, quiz, ago=10)
    keep_answers(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    attempt = begin(people, quiz, ago=11)  # a minute over
    with pytest.raises(SubmissionRefused, match="not running"):
        keep_answers(quiz=quiz, responses=wrong_answers(quiz), by=people.carol)
    client, key = people.client("carol"), str(uuid4())
    fields = as_form(wrong_answers(quiz), client_key=key, asked="whatever")
    assert client.post(url("attempt_create", quiz), fields).status_code == 302
    done = Attempt.objects.get()
    assert done.submitted_at == attempt.ends_at
    marks = dict(done.answers.values_list("question__kind", "score"))
    assert {kind for kind, score in marks.items() if score == 1} == {*marks} - {"open"}
    assert marks["open"] is None
    # And the same form again is the same try.
    assert client.post(url("attempt_create", quiz), fields).status_code == 302
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_the_servers_clock_decides_to_the_second(people: People, quiz: Quiz, seconds: int) -> None:
    attempt = begin(people, quiz)
    at = at_the_end(attempt) + timedelta(seconds=seconds)
    done = submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol, at=at)
    assert (done.answers.filter(score=1).count() > 0) == (seconds < 0)


def test_nothing_kept_is_nothing_earned_and_can_be_shown(people: People, quiz: Quiz) -> None:
    attempt = begin(people, quiz, ago=21)
    assert hand_in_overdue(attempt.pk) is None
    done = Attempt.objects.get()
    assert [done.score, done.state] == [0, "marked"]
    assert {tuple(one.response) for one in Answer.objects.all()} == {()}
    html = page(people, quiz)
    assert "Not yet: 0 of 10 right." in html
    client = people.client("alice")
    results = reverse("quiz_results", args=["seminar", "margins"])
    answers = reverse("member_answers", args=["seminar", "margins", people.carol.pk])
    for address in (results, answers, reverse("marking_list", args=["seminar"])):
        assert client.get(address).status_code == 200
    # A key that is put right finds nothing to mark.
    text = guide().replace("Answer: true", "Answer: false").replace("Number: 2.5", "Number: 2.6")
    apply_guide(reading=quiz.reading, text=text, by=people.alice)
    assert Attempt.objects.get().score == 0


def test_what_is_half_done_earns_its_half(people: People, quiz: Quiz) -> None:
    begin(people, quiz, ago=10)
    given = right_answers(quiz)
    kinds = {one.pk: one.kind for one in quiz.questions.all()}
    half = {pk: words[:1] for pk, words in given.items() if kinds[pk] in {"match", "gap", "order"}}
    half |= {pk: ["One."] for pk in given if kinds[pk] == "open"}
    keep_answers(quiz=quiz, responses=half, by=people.carol)
    attempt = begin(people, quiz, ago=11)
    hand_in_overdue(attempt.pk)
    scores = dict(Answer.objects.values_list("question__kind", "score"))
    assert str(scores["match"]) == "0.50"
    assert str(scores["gap"]) == "0.50"
    assert scores["order"] == 0
    assert scores["open"] is None  # fewer words than asked for: a person decides
    html = page(people, quiz)
    assert "One." in html


def test_the_worker_hands_in_what_nobody_sends(
    people: People, quiz: Quiz, queued: None, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        attempt = begin_attempt(quiz=quiz, by=people.carol)
    waiting = DBTaskResult.objects.get(task_path__endswith="hand_in_when_over")
    assert waiting.run_after == attempt.ends_at
    assert waiting.args_kwargs["args"] == [attempt.pk]
    # Too early, it waits until then.
    assert hand_in_overdue(attempt.pk) == attempt.ends_at
    assert Attempt.objects.get().state == "in_progress"
    begin(people, quiz, ago=30)
    assert [hand_in_overdue(attempt.pk) for _twice in range(2)] == [None, None]
    assert Attempt.objects.get().state == "marked"


def test_as_the_reading_closes_the_time_is_up(people: People, quiz: Quiz) -> None:
    attempt = begin(people, quiz)
    given = right_answers(quiz)
    keep_answers(quiz=quiz, responses=given, by=people.carol)
    closes = timezone.now() - timedelta(seconds=1)
    Reading.objects.filter(pk=quiz.reading.pk).update(closes_at=closes)
    client = people.client("carol")
    sent = client.post(url("attempt_create", quiz), as_form(wrong_answers(quiz)))
    assert sent.status_code == 302
    done = Attempt.objects.get()
    assert done.submitted_at == closes
    assert done.answers.filter(score=1).exists()
    assert attempt.number == done.number


@pytest.mark.django_db(transaction=True)
def test_fifty_late_ones_at_once_make_one(people: People, quiz: Quiz) -> None:
    begin(people, quiz, ago=30)
    responses = right_answers(quiz)

    def submit(number: int) -> Any:
        try:
            if number % 5 == 0:
                return hand_in_overdue(Attempt.objects.order_by("pk")[0].pk)
            return submit_attempt(
                quiz=quiz, responses=responses, by=people.carol, client_key=uuid4()
            )
        except SubmissionRefused as refused:
            return str(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(submit, range(50)))
    assert Attempt.objects.get().score == 0
    others = [one for one in found if isinstance(one, str)]
    assert all("has not begun" in one for one in others)


# --- Who may -------------------------------------------------------------------------------------
def test_who_may_begin(people: People, quiz: Quiz) -> None:
    address = url("attempt_begin", quiz)
    assert "/accounts/login/" in Client().post(address)["Location"]
    for key, status in (("mallory", 404), ("grace", 403), ("bob", 302)):
        assert people.client(key).post(address).status_code == status, key
    assert people.client("carol").get(address).status_code == 405
    other = reverse("attempt_begin", args=["seminar", "margins", quiz.pk + 1])
    assert people.client("carol").post(other).status_code == 404


def test_a_limit_that_is_taken_off_is_off(people: People, quiz: Quiz) -> None:
    begin(people, quiz, ago=30)
    text = guide().replace("Time: 20 minutes\n", "")
    apply_guide(reading=quiz.reading, text=text, by=people.alice)
    assert people.client("carol").post(url("attempt_begin", quiz)).status_code == 302
    quiz.refresh_from_db()
    done = submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    assert done.answers.filter(score=1).exists()
    assert not re.findall("time-left", page(people, quiz))
