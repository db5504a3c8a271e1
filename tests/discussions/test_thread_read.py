"""Opening a thread, and keeping it as new."""

import json
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client

from discussions.models import Thread, ThreadRead
from discussions.threads import reads
from readings.models import Reading
from tests.base import People, htmx, markup
from tests.discussions.base import answer, say, url
from tests.discussions.reads import been, plainly_unread

HOUR = timedelta(hours=1)


def address(thread: Thread) -> str:
    return url("thread_read", thread.reading, thread.pk)


@pytest.fixture
def thread(people: People, reading: Reading) -> Thread:
    """Dan has begun it and Bob has answered since Carol was here."""
    been(reading, people.carol)
    thread = say(reading, people.dan)
    answer(thread, people.bob)
    return thread


def test_opening_reads_all_that_is_shown(people: People, thread: Thread) -> None:
    client = people.client("carol")
    text = htmx(client, "get", thread.get_absolute_url()).content.decode()
    assert text.count("data-new") == 2
    assert ThreadRead.objects.get().seq == 2
    assert plainly_unread(people.carol) == {}
    assert "data-new" not in client.get(thread.get_absolute_url()).content.decode()


def test_thread_page_reads_it_too_and_without_javascript(people: People, thread: Thread) -> None:
    people.client("carol").get(thread.get_absolute_url())
    assert plainly_unread(people.carol) == {}


def test_page_that_a_browser_fetches_on_a_guess_reads_nothing(
    people: People, thread: Thread
) -> None:
    headers = {"Sec-Purpose": "prefetch;prerender"}
    assert people.client("carol").get(thread.get_absolute_url(), headers=headers).status_code == 200
    assert not ThreadRead.objects.exists()


def test_nothing_is_written_where_nothing_is_new(people: People, thread: Thread) -> None:
    people.client("bob").get(thread.get_absolute_url())  # who was never in the reading
    been(thread.reading, people.alice, ago=-HOUR)
    people.client("alice").get(thread.get_absolute_url())
    assert not ThreadRead.objects.exists()


def test_what_is_news_is_read_though_one_was_never_there(people: People, thread: Thread) -> None:
    people.client("dan").get(thread.get_absolute_url())
    assert ThreadRead.objects.get().membership == people.dan


def test_an_answer_shows_what_came_meanwhile(people: People, thread: Thread) -> None:
    client = people.client("carol")
    where = url("comment_create", thread.reading, thread.pk)
    assert htmx(client, "post", where, {"body": "An answer.", "last_seq": "1"}).status_code == 200
    assert plainly_unread(people.carol) == {}


def test_full_disk_or_a_busy_database_stops_no_reading(
    people: People, thread: Thread, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in ("database or disk is full", "database is locked"):

        def fail(words: str = words) -> None:
            raise OperationalError(words)

        monkeypatch.setattr(reads, "asynchronous_commit", fail)
        page = people.client("carol").get(thread.get_absolute_url())
        assert page.status_code == 200
    assert plainly_unread(people.carol) != {}


def test_kept_as_new_and_read_again(people: People, thread: Thread) -> None:
    client = people.client("carol")
    text = markup(htmx(client, "get", thread.get_absolute_url()))
    assert 'name="seq" value="0"' in text
    response = htmx(client, "post", address(thread), {"seq": "0"})
    told = json.loads(response.headers["HX-Trigger"])
    assert told == {"announce": "Kept as new", "unread-changed": {"threads": {str(thread.pk): 2}}}
    assert 'name="seq" value="2"' in markup(response)
    assert plainly_unread(people.carol) == {thread.reading_id: {thread.pk: 2}}
    response = htmx(client, "post", address(thread), {"seq": "2"})
    assert json.loads(response.headers["HX-Trigger"])["unread-changed"] == {
        "threads": {str(thread.pk): 0}
    }
    assert plainly_unread(people.carol) == {}


def test_what_was_read_before_is_kept_by_its_last_words(people: People, thread: Thread) -> None:
    client = people.client("carol")
    client.get(thread.get_absolute_url())
    text = markup(htmx(client, "get", thread.get_absolute_url()))
    assert 'name="seq" value="1"' in text
    assert client.post(address(thread), {"seq": "1"}, follow=True).status_code == 200
    assert plainly_unread(people.carol) == {thread.reading_id: {thread.pk: 1}}


def test_own_thread_without_an_answer_has_nothing_to_keep(people: People, reading: Reading) -> None:
    own = say(reading, people.carol)
    text = htmx(people.client("carol"), "get", own.get_absolute_url()).content.decode()
    assert "Keep as new" not in text


def test_wrong_numbers(people: People, thread: Thread) -> None:
    client = people.client("carol")
    for wrong in ("", "-1", "many"):
        assert client.post(address(thread), {"seq": wrong}).status_code == 422
    assert client.post(address(thread), {"seq": "99"}).status_code == 302
    assert ThreadRead.objects.get().seq == 2


def test_gates(people: People, thread: Thread) -> None:
    # There are no words in it: whoever is signed out is led to sign in.
    assert Client().post(address(thread), {"seq": "0"}).status_code == 302
    assert htmx(Client(), "post", address(thread), {"seq": "0"}).status_code == 401
    assert people.client("mallory").post(address(thread), {"seq": "0"}).status_code == 404
    assert people.client("carol").get(address(thread)).status_code == 405
    private = say(thread.reading, people.dan, audience="me")
    assert people.client("carol").post(address(private), {"seq": "0"}).status_code == 404
