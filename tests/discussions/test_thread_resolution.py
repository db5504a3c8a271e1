"""Saying where a question stands: by the buttons above the talk, with and without a script."""

import pytest

from discussions.models import Resolution, Thread
from readings.models import Reading
from readings.setup.actions import change_settings
from tests.base import People, htmx, markup
from tests.discussions.base import answer, say, url
from tests.discussions.gates import assert_closed_to_strangers
from tests.queries import PageQueries

SETTLES = "Does this settle it for you? Only you and staff can say so."


@pytest.fixture
def question(people: People, reading: Reading) -> Thread:
    thread = say(reading, people.carol, "Why so?", kind="question")
    answer(thread, people.dan)
    return thread


def page_of(people: People, who: str, thread: Thread) -> str:
    return markup(people.client(who).get(thread.get_absolute_url()))


def address(thread: Thread) -> str:
    return url("thread_resolution", thread.reading, thread.pk)


def state(thread: Thread) -> str:
    return Thread.objects.get(pk=thread.pk).question_state


def test_asker_and_staff_are_asked_and_others_read_where_it_stands(
    people: People, question: Thread
) -> None:
    assert SETTLES in page_of(people, "carol", question)
    assert "Does this settle it? Only who asked and staff can say so." in page_of(
        people, "bob", question
    )
    others = page_of(people, "dan", question)
    assert '<li aria-current="step">Answered</li>' in others
    assert "settle it" not in others
    assert 'name="outcome"' not in others


def test_resolved_reopened_and_undone_without_a_script(people: People, question: Thread) -> None:
    client = people.client("carol")
    response = client.post(address(question), {"outcome": "resolved"}, follow=True)
    assert response.redirect_chain[-1][0].endswith(f"#question-{question.pk}")
    assert "The question is resolved" in markup(response)
    assert state(question) == "resolved"
    assert "Resolved by Carol." in page_of(people, "dan", question)
    own = page_of(people, "carol", question)
    assert "You said that this is settled." in own
    said = Resolution.objects.get()
    assert f'name="undo" value="{said.pk}"' in own
    assert "Reopen" in page_of(people, "alice", question)
    client.post(address(question), {"undo": said.pk})
    assert state(question) == "answered"
    client.post(address(question), {"outcome": "open"})
    assert state(question) == "open"
    assert "Carol says that it is still open." in page_of(people, "dan", question)


def test_answer_in_place_has_the_card_along(people: People, question: Thread) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/s/seminar/r/margins/"}
    response = people.client("carol").post(
        address(question), {"outcome": "resolved"}, headers=headers
    )
    text = markup(response)
    assert f'id="question-{question.pk}" tabindex="-1" data-focus' in text
    assert '<span class="tag ok">Question · resolved</span>' in text


def test_a_reply_brings_the_new_state_along(people: People, reading: Reading) -> None:
    question = say(reading, people.carol, "Why so?", kind="question")
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/s/seminar/r/margins/"}
    sent = {"body": "Because.", "last_seq": "1"}
    page = url("comment_create", reading, question.pk)
    text = markup(people.client("dan").post(page, sent, headers=headers))
    assert f'<hx-partial hx-target="#question-{question.pk}" hx-swap="outerHTML">' in text
    assert '<li aria-current="step">Answered</li>' in text
    assert "Question · answered" in text


def test_card_and_list_say_where_it_stands(people: People, question: Thread) -> None:
    people.carol.user.set_display(annotations="all")
    client = people.client("carol")
    place, listed = question.reading.get_absolute_url(), url("thread_list", question.reading)
    assert "Question · answered" in client.get(place).content.decode()
    assert "Question · answered" in client.get(listed).content.decode()
    assert "Why so?" not in client.get(f"{listed}?show=open").content.decode()
    htmx(client, "post", address(question), {"outcome": "open"})
    assert "Question · open" in client.get(place).content.decode()
    assert "Why so?" in client.get(f"{listed}?show=open").content.decode()


def test_who_is_not_shown_answers_yet_is_not_told_of_them(people: People, reading: Reading) -> None:
    change_settings(reading=reading, by=people.alice, peek_after=2)
    question = say(reading, people.carol, "Why so?", kind="question")
    answer(question, people.dan)
    people.carol.user.set_display(annotations="all")
    client = people.client("carol")
    pages = [question.get_absolute_url(), reading.get_absolute_url(), url("thread_list", reading)]

    def told() -> list[bool]:
        texts = [markup(client.get(page)) for page in pages]
        return ['aria-current="step">Answered' in texts[0]] + [
            "Question · answered" in text for text in texts[1:]
        ]

    assert told() == [False, False, False]
    answer(question, people.carol, "The second of mine.")
    assert told() == [True, True, True]


def test_bad_input(people: People, question: Thread) -> None:
    client = people.client("carol")
    for sent in ({}, {"outcome": "answered"}, {"undo": "x"}):
        assert client.post(address(question), sent).status_code == 400
    assert state(question) == "answered"


def test_gates(people: People, reading: Reading, question: Thread) -> None:
    sent = {"outcome": "resolved"}
    assert_closed_to_strangers(people, address(question))
    for who in ("dan", "grace"):
        assert people.client(who).post(address(question), sent).status_code == 403
    assert people.client("carol").get(address(question)).status_code == 405
    private = say(reading, people.carol, audience="me", kind="question")
    assert people.client("alice").post(address(private), sent).status_code == 404
    assert people.client("carol").post(address(private), sent).status_code == 302


@pytest.mark.once
def test_fixed_number_of_queries(people: People, question: Thread) -> None:
    counts = []
    client = people.client("alice")
    client.get(question.get_absolute_url())  # the first visit
    for _ in range(2):
        with PageQueries() as asked:
            client.get(question.get_absolute_url())
        counts.append(len(asked))
        for who in (people.dan, people.bob, people.carol):
            comment = answer(question, who)
            htmx(client, "post", url("comment_endorsement", question.reading, comment.pk))
    assert counts[0] == counts[1]
