"""Answering a checkpoint as a browser does it, with and without scripting."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from quizzes.attempts import submit_attempt
from quizzes.models import Attempt, Quiz
from readings.guides.actions import apply_guide
from readings.models import Reading
from tests.base import People, htmx, markup
from tests.quizzes.base import (
    GUIDE,
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
    return add_quiz(people, reading)


def url_of(quiz: Quiz) -> str:
    return reverse("attempt_create", args=["seminar", "margins", quiz.pk])


def test_answering_leads_back_to_the_checkpoint_in_the_text(people: People, quiz: Quiz) -> None:
    client = people.client("carol")
    response = client.post(url_of(quiz), as_form(right_answers(quiz)))
    assert response.status_code == 302
    assert response["Location"] == f"/s/seminar/r/margins/#quiz-{quiz.pk}"
    assert Attempt.objects.get().score == 4
    page = client.get("/s/seminar/r/margins/").content.decode()
    assert "All right: 4 of 4 right." in page
    assert f'data-label="quiz-{quiz.pk}">Checkpoint 1 · 4 of 4 right<' in page  # in the contents


def test_the_form_of_the_reading_page_can_be_posted_as_it_is(people: People, quiz: Quiz) -> None:
    """Read the form as a browser does, choose the last of everything, and send it."""
    client = people.client("carol")
    form = form_in(client.get("/s/seminar/r/margins/").content.decode())
    chosen = {name: rows[-1][0] or "the margin" for name, rows in form.fields.items()}
    assert client.post(form.action, chosen).status_code == 302
    attempt = Attempt.objects.get()
    assert attempt.answers.count() == 4
    assert str(attempt.client_key) == chosen["client_key"]


def test_htmx_gets_the_result_with_the_focus_on_it(people: People, quiz: Quiz) -> None:
    response = htmx(people.client("carol"), "post", url_of(quiz), as_form(wrong_answers(quiz)))
    html = markup(response)
    assert response.status_code == 200
    assert "<html" not in html
    assert html.count("data-focus") == 1
    assert 'role="status" tabindex="-1" data-focus' in html
    assert "Not yet: 0 of 4 right." in html
    assert "Feedback-wrong" in html
    assert not form_in(html).action


@pytest.mark.parametrize(
    ("guide", "told"),
    [(GUIDE, "Read the places that are named below"), (OTHER, "Read the text before this")],
)
def test_places_are_spoken_of_only_where_some_are_named(
    people: People, reading: Reading, guide: str, told: str
) -> None:
    quiz = add_quiz(people, reading, guide)
    answers = as_form(wrong_answers(quiz))
    html = markup(htmx(people.client("carol"), "post", url_of(quiz), answers))
    assert told in html
    assert ("named below" in html) == ("data-source" in html)


@pytest.mark.parametrize("with_htmx", [True, False])
def test_what_is_missing_is_told_in_place_with_the_answers_kept(
    people: People, quiz: Quiz, with_htmx: bool
) -> None:
    responses = right_answers(quiz)
    missing = quiz.questions.get(kind="one_choice")
    words = quiz.questions.get(kind="short_answer")
    del responses[missing.pk]
    client, fields = people.client("carol"), as_form(responses, client_key=str(uuid4()))
    response = (
        htmx(client, "post", url_of(quiz), fields)
        if with_htmx
        else client.post(url_of(quiz), fields)
    )
    html = response.content.decode()
    assert response.status_code == 422
    assert ("<html" in html) is not with_htmx
    assert f'<a href="#q{missing.pk}">Question 1</a>: Choose an answer.' in html
    assert html.count("data-focus") == 1
    assert html.count("Choose an answer.") == 2  # above the form, and at the question
    form = form_in(html)
    assert form.fields["client_key"][0][0] == fields["client_key"]
    for pk, given in responses.items():
        rows = form.fields[f"q{pk}"]
        if pk == words.pk:
            assert [rows[0][0]] == given
        else:
            assert [value for value, checked, _ in rows if checked] == given
    assert not Attempt.objects.submitted()
    assert not any(secret in html for secret in SECRETS if secret not in str(responses.values()))


def test_an_unknown_choice_is_refused(people: People, quiz: Quiz) -> None:
    one = quiz.questions.get(kind="one_choice")
    fields = as_form({**right_answers(quiz), one.pk: [str(uuid4())]})
    response = people.client("carol").post(url_of(quiz), fields)
    assert response.status_code == 422
    assert "Choose among the answers that stand here." in response.content.decode()


def test_the_same_form_sent_twice_is_one_try(people: People, quiz: Quiz) -> None:
    client = people.client("carol")
    fields = as_form(right_answers(quiz), client_key=str(uuid4()))
    assert [client.post(url_of(quiz), fields).status_code for _ in range(3)] == [302] * 3
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize("key", ["", "no key", "\0"])
def test_a_form_without_a_key_is_taken_too(people: People, quiz: Quiz, key: str) -> None:
    fields = as_form(right_answers(quiz), client_key=key)
    assert people.client("carol").post(url_of(quiz), fields).status_code == 302
    assert Attempt.objects.get().client_key is None


def test_staff_may_try_the_questions(people: People, quiz: Quiz) -> None:
    for key in ("alice", "bob"):
        fields = as_form(right_answers(quiz))
        assert people.client(key).post(url_of(quiz), fields).status_code == 302


@pytest.mark.parametrize("with_htmx", [True, False])
def test_answers_to_a_replaced_checkpoint_are_not_lost(
    people: People, quiz: Quiz, reading: Reading, with_htmx: bool
) -> None:
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.dan)
    responses = wrong_answers(quiz)
    apply_guide(reading=reading, text=OTHER, by=people.alice)
    client = people.client("carol")
    response = (
        htmx(client, "post", url_of(quiz), as_form(responses))
        if with_htmx
        else client.post(url_of(quiz), as_form(responses))
    )
    html = response.content.decode()
    assert response.status_code == 422
    assert "changed this checkpoint" in html
    assert "the spine" in html
    assert not any(secret in html for secret in SECRETS)


def test_a_quiz_of_another_reading_is_not_found(people: People, quiz: Quiz) -> None:
    from tests.base import make_reading

    make_reading(people, "other")
    url = reverse("attempt_create", args=["seminar", "other", quiz.pk])
    assert people.client("carol").post(url, as_form(right_answers(quiz))).status_code == 404


def test_anonymous_is_sent_to_sign_in(quiz: Quiz) -> None:
    response = Client().post(url_of(quiz), as_form(right_answers(quiz)))
    assert response.status_code == 401
    assert "/accounts/login/" in response.content.decode()
    assert not Attempt.objects.submitted()


def test_stranger_finds_nothing(people: People, quiz: Quiz) -> None:
    fields = as_form(right_answers(quiz))
    assert people.client("mallory").post(url_of(quiz), fields).status_code == 404


def test_guest_may_not_answer(people: People, quiz: Quiz) -> None:
    fields = as_form(right_answers(quiz))
    assert people.client("grace").post(url_of(quiz), fields).status_code == 403
    assert not Attempt.objects.submitted()


def test_wrong_method(people: People, quiz: Quiz) -> None:
    assert people.client("carol").get(url_of(quiz)).status_code == 405
