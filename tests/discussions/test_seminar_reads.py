"""Marking all of a seminar read, and taking it back."""

import re
import uuid

from django.test import Client
from django.urls import reverse

from readings.models import Reading
from tests.base import People, htmx, make_reading
from tests.discussions.base import say
from tests.discussions.reads import been, plainly_unread
from tests.seminars.helpers import words


def test_all_readings_are_read_and_new_again(people: People, reading: Reading) -> None:
    other = make_reading(people, "other")
    for one in (reading, other):
        been(one, people.carol)
        say(one, people.dan)
    before = plainly_unread(people.carol)
    assert len(before) == 2
    client = people.client("carol")
    page = client.get(people.seminar.get_absolute_url()).content.decode()
    assert "Mark all read" in page
    key = re.findall(r'name="client_key" value="([^"]+)"', page)[-1]
    where = reverse("seminar_reads", args=["seminar"])
    done = client.post(where, {"client_key": key}, follow=True)
    assert "2 threads are marked read." in words(done)
    assert plainly_unread(people.carol) == {}
    undone = client.post(where, {"undo": key}, follow=True)
    assert "1 thread with something new" in words(undone)
    assert plainly_unread(people.carol) == before


def test_nothing_is_offered_where_nothing_is_new(people: People, reading: Reading) -> None:
    page = people.client("carol").get(f"{reading.seminar.get_absolute_url()}?marked=nonsense")
    assert "Mark all read" not in page.content.decode()
    assert "marked read" not in page.content.decode()


def test_gates(people: People) -> None:
    where = reverse("seminar_reads", args=["seminar"])
    data = {"undo": str(uuid.uuid4())}
    assert htmx(Client(), "post", where, data).status_code == 401
    assert people.client("mallory").post(where, data).status_code == 404
    assert people.client("carol").get(where).status_code == 405
    assert people.client("carol").post(where, {}).status_code == 422
