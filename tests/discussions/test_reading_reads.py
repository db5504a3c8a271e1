"""Marking all of a reading read, and taking it back."""

import json
import uuid
from typing import Any

import pytest
from django.test import Client

from discussions.models import Thread
from readings.models import Reading
from tests.base import People, htmx
from tests.discussions.base import answer, say, url
from tests.discussions.reads import been, plainly_unread


@pytest.fixture
def threads(people: People, reading: Reading) -> list[Thread]:
    """Three that are new to Carol, the last of which she had opened before."""
    been(reading, people.carol)
    made = [say(reading, people.dan, block=f"p{n}", quote="") for n in (1, 2, 3)]
    people.client("carol").get(made[2].get_absolute_url())
    answer(made[2], people.dan)
    return made


def mark(client: Client, reading: Reading, **fields: Any) -> Any:
    return htmx(client, "post", url("reading_reads", reading), fields)


def test_all_is_read_and_new_again(people: People, reading: Reading, threads: list[Thread]) -> None:
    client, key = people.client("carol"), str(uuid.uuid4())
    before = plainly_unread(people.carol)
    for _ in range(2):  # sent twice it is one marking
        response = mark(client, reading, client_key=key)
        assert "3 threads are marked read." in response.content.decode()
        told = json.loads(response.headers["HX-Trigger"])["unread-changed"]
        assert told == {"threads": {}, "whole": True}
        assert plainly_unread(people.carol) == {}
    for _ in range(2):
        response = mark(client, reading, undo=key)
        told = json.loads(response.headers["HX-Trigger"])["unread-changed"]
        assert told["threads"] == {str(thread.pk): 1 for thread in threads}
        assert plainly_unread(people.carol) == before


def test_thread_opened_since_stays_read(
    people: People, reading: Reading, threads: list[Thread]
) -> None:
    client, key = people.client("carol"), str(uuid.uuid4())
    mark(client, reading, client_key=key)
    answer(threads[0], people.dan)
    client.get(threads[0].get_absolute_url())
    mark(client, reading, undo=key)
    assert set(plainly_unread(people.carol)[reading.pk]) == {threads[1].pk, threads[2].pk}


def test_from_the_list_without_javascript(
    people: People, reading: Reading, threads: list[Thread]
) -> None:
    client, key = people.client("carol"), str(uuid.uuid4())
    listed = url("thread_list", reading, query="?show=new")
    assert "Mark all read" in client.get(listed).content.decode()
    page = client.post(url("reading_reads", reading), {"client_key": key}, follow=True)
    assert "3 threads are marked read." in page.content.decode()
    page = client.post(url("reading_reads", reading), {"undo": key}, follow=True)
    assert page.redirect_chain[-1][0] == listed
    assert "Mark all read" in page.content.decode()
    assert len(threads) == 3


def test_only_ones_own(people: People, reading: Reading, threads: list[Thread]) -> None:
    been(reading, people.bob)
    for thread in threads:
        answer(thread, people.dan)
    mark(people.client("carol"), reading, client_key=str(uuid.uuid4()))
    assert plainly_unread(people.bob) != {}
    key = str(uuid.uuid4())
    mark(people.client("bob"), reading, client_key=key)
    mark(people.client("carol"), reading, undo=key)
    assert plainly_unread(people.bob) == {}


def test_what_one_does_not_see_is_not_told(people: People, reading: Reading) -> None:
    been(reading, people.carol)
    key = str(uuid.uuid4())
    mark(people.client("carol"), reading, client_key=key)
    say(reading, people.dan, audience="group")
    say(reading, people.dan, audience="me")
    response = mark(people.client("carol"), reading, undo=key)
    assert json.loads(response.headers["HX-Trigger"])["unread-changed"]["threads"] == {}


def test_nonsense_is_refused(people: People, reading: Reading) -> None:
    for fields in ({}, {"client_key": "7"}, {"undo": "x"}):
        assert mark(people.client("carol"), reading, **fields).status_code == 422


def test_gates(people: People, reading: Reading) -> None:
    assert mark(Client(), reading, undo=str(uuid.uuid4())).status_code == 401
    assert mark(people.client("mallory"), reading, undo=str(uuid.uuid4())).status_code == 404
    assert people.client("carol").get(url("reading_reads", reading)).status_code == 405
