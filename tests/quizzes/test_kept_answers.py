"""Answers given so far are kept as they are given: unmarked, for their author, until handed in."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from quizzes.attempts import keep_answers, submit_attempt
from quizzes.models import Attempt, Quiz
from readings.guides.actions import apply_guide
from readings.models import Reading
from seminars.models import Event
from tests.at_once import at_once
from tests.base import People, htmx
from tests.quizzes.base import (
    ALL_TYPES,
    OTHER,
    SECRETS,
    add_quiz,
    as_form,
    form_in,
    right_answers,
    wrong_answers,
)


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    return add_quiz(people, reading, ALL_TYPES)


def url_of(quiz: Quiz) -> str:
    return reverse("kept_answers", args=["seminar", "margins", quiz.pk])


def shown(client: Client, quiz: Quiz, query: str = "") -> dict[str, list[str]]:
    """What stands in the form of the checkpoint's page, by question."""
    url = reverse("quiz_detail", args=["seminar", "margins", quiz.pk])
    return given_in(client.get(url + query).content.decode())


def given_in(html: str) -> dict[str, list[str]]:
    return {
        name: _in_order(
            rows, [one for one, given, kind in rows if (given or kind == "text") and one]
        )
        for name, rows in form_in(html).fields.items()
        if name[0] == "q"
    }


def _in_order(rows: list[tuple[str, bool, str]], given: list[str]) -> list[str]:
    """What lists have been set to stands in an order of its own, which tells nothing."""
    return sorted(given) if all(kind == "option" for _, _, kind in rows) else given


def test_what_was_given_stands_in_the_form_wherever_it_is_opened(
    people: People, quiz: Quiz
) -> None:
    given = as_form(wrong_answers(quiz))
    response = htmx(people.client("carol"), "post", url_of(quiz), given)
    assert response.status_code == 204
    assert response.content == b""
    elsewhere = people.client("carol")  # another device
    assert shown(elsewhere, quiz) == given
    page = elsewhere.get(quiz.reading.get_absolute_url()).content.decode()
    assert given_in(page) == given
    assert "Your answers so far are kept" in page
    assert not any(secret in page for secret in SECRETS)
    assert not Event.objects.filter(kind="attempt.submitted").exists()
    answers = Attempt.objects.get().answers.all()
    assert [answer.score for answer in answers] == [None] * 10


def test_nobody_else_is_shown_them(people: People, quiz: Quiz) -> None:
    people.client("carol").post(url_of(quiz), as_form(wrong_answers(quiz)))
    for key in ("dan", "alice"):
        assert not any(shown(people.client(key), quiz).values())
    results = people.client("alice").get(reverse("quiz_results", args=["seminar", "margins"]))
    assert "0 of 2 participants answered" in " ".join(results.content.decode().split())


def test_what_is_taken_back_is_gone(people: People, quiz: Quiz) -> None:
    client, given = people.client("carol"), wrong_answers(quiz)
    client.post(url_of(quiz), as_form(given))
    first = next(iter(given))
    client.post(url_of(quiz), as_form({first: given[first]}))
    assert [words for words in shown(client, quiz).values() if words] == [given[first]]
    client.post(url_of(quiz), as_form({key: ["  "] for key in given}))
    assert not Attempt.objects.exists()


def test_handing_in_takes_them_away_and_is_the_first_try(people: People, quiz: Quiz) -> None:
    client, key = people.client("carol"), str(uuid4())
    client.post(url_of(quiz), as_form(wrong_answers(quiz), client_key=key))
    url = reverse("attempt_create", args=["seminar", "margins", quiz.pk])
    client.post(url, as_form(right_answers(quiz), client_key=key))
    attempt = Attempt.objects.get()
    assert [attempt.number, attempt.score] == [1, None]
    # What was on its way meanwhile comes too late.
    assert htmx(client, "post", url_of(quiz), as_form({}, client_key=key)).status_code == 204
    client.post(url_of(quiz), as_form(wrong_answers(quiz), client_key=key))
    assert Attempt.objects.get() == attempt


def test_another_try_is_kept_beside_what_came_of_the_first(people: People, quiz: Quiz) -> None:
    submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.carol)
    client = people.client("carol")
    client.post(url_of(quiz), as_form(right_answers(quiz)))
    url = reverse("quiz_detail", args=["seminar", "margins", quiz.pk])
    page = client.get(url).content.decode()
    assert "Answered, not marked yet." in page
    assert "Answers of another try are kept; they are not handed in yet." in page
    assert "Go on with your answers" in page
    assert "Try again" not in page
    assert shown(client, quiz, "?again=1") == as_form(right_answers(quiz))


def test_what_was_all_right_is_not_folded_away_while_answers_wait(
    people: People, quiz: Quiz
) -> None:
    attempt = submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    attempt.answers.filter(score=None).update(score=1)  # as a person would mark it
    Attempt.objects.update(score=attempt.max_score, state="marked")
    client = people.client("carol")
    url = reverse("quiz_detail", args=["seminar", "margins", quiz.pk])
    folded = "<summary>The questions and your answers</summary>"
    assert folded in client.get(url).content.decode()
    client.post(url_of(quiz), as_form(wrong_answers(quiz)))
    page = client.get(url).content.decode()
    assert "Go on with your answers" in page
    assert folded not in page


def test_answers_that_were_refused_are_kept_too(people: People, quiz: Quiz) -> None:
    """Without scripting this is how they are kept."""
    given, client = right_answers(quiz), people.client("carol")
    words = quiz.questions.get(kind="short_answer")
    given[words.pk] = ["margin " * 60]
    url = reverse("attempt_create", args=["seminar", "margins", quiz.pk])
    response = client.post(url, as_form(given))
    assert response.status_code == 422
    assert "This has 419 characters; an answer has at most 300." in response.content.decode()
    assert shown(client, quiz)[f"q{words.pk}"] == given[words.pk]


def test_a_gap_keeps_its_place_while_another_is_empty(people: People, quiz: Quiz) -> None:
    gap, client = quiz.questions.get(kind="gap"), people.client("carol")
    client.post(url_of(quiz), {f"q{gap.pk}": ["", "the edge"]})
    assert Attempt.objects.get().answers.get().response == ["", "the edge"]
    page = client.get(reverse("quiz_detail", args=["seminar", "margins", quiz.pk]))
    rows = form_in(page.content.decode()).fields[f"q{gap.pk}"]
    assert [value for value, _, kind in rows if kind == "text"] == ["the edge"]
    assert not any(checked for _, checked, kind in rows if kind == "option")


def test_they_outlive_what_is_put_right(people: People, quiz: Quiz) -> None:
    client = people.client("carol")
    client.post(url_of(quiz), as_form(wrong_answers(quiz)))
    apply_guide(
        reading=quiz.reading, text=ALL_TYPES.replace("A library", "A librery"), by=people.alice
    )
    assert shown(client, quiz) == as_form(wrong_answers(quiz))
    apply_guide(reading=quiz.reading, text=OTHER, by=people.alice)
    assert client.post(url_of(quiz), as_form(wrong_answers(quiz))).status_code == 404
    apply_guide(reading=quiz.reading, text=ALL_TYPES, by=people.alice)
    assert shown(client, quiz) == as_form(wrong_answers(quiz))


def test_what_nobody_writes_is_refused(people: People, quiz: Quiz) -> None:
    words = quiz.questions.get(kind="short_answer")
    client = people.client("carol")
    assert htmx(client, "post", url_of(quiz), {f"q{words.pk}": "x" * 10_001}).status_code == 422
    assert htmx(client, "post", url_of(quiz), {f"q{words.pk}": ["x"] * 101}).status_code == 422
    assert client.post(url_of(quiz), {"q0": "x", f"q{words.pk}": "a\0b"}).status_code == 302
    assert Attempt.objects.get().answers.get().response == ["ab"]


def test_half_a_letter_locks_nobody_out(people: People, quiz: Quiz) -> None:
    """JSON can hold one, and no page can be written with it."""
    passage, client = quiz.questions.get(kind="passage"), people.client("carol")
    half = '[{"block": "p1", "start": 0, "end": 5, "exact": "\\ud800"}]'
    fields = {f"q{passage.pk}": half}
    assert client.post(url_of(quiz), fields).status_code == 302
    assert client.get(quiz.reading.get_absolute_url()).status_code == 200
    submit = reverse("attempt_create", args=["seminar", "margins", quiz.pk])
    refused = client.post(submit, as_form(right_answers(quiz)) | fields)
    assert refused.status_code == 422
    assert "These words are not in the text" in refused.content.decode()


@pytest.mark.parametrize(("key", "status"), [("grace", 403), ("mallory", 404)])
def test_who_answers_nothing_keeps_nothing(
    people: People, quiz: Quiz, key: str, status: int
) -> None:
    given = as_form(wrong_answers(quiz))
    assert htmx(people.client(key), "post", url_of(quiz), given).status_code == status
    assert Client().post(url_of(quiz), given).status_code == 401
    assert people.client("carol").get(url_of(quiz)).status_code == 405
    assert not Attempt.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(3))
def test_keeping_and_handing_in_at_once_make_one_try(people: People, quiz: Quiz, turn: int) -> None:
    key = uuid4()
    kept, tried = at_once(
        lambda: keep_answers(
            quiz=quiz, responses=wrong_answers(quiz), by=people.carol, client_key=key
        ),
        lambda: submit_attempt(
            quiz=quiz, responses=right_answers(quiz), by=people.carol, client_key=key
        ),
    )
    assert kept is None
    assert isinstance(tried, Attempt), tried
    assert Attempt.objects.get().state == "submitted"
