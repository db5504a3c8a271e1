"""Who wrote anonymously: told to staff who ask, and kept in the log."""

import pytest

from discussions.models import Decision, Thread
from readings.models import Anonymity, Reading
from tests.base import People, htmx, make_reading
from tests.discussions.base import first_of, say, url
from tests.discussions.gates import assert_closed_to_strangers

NAME = "Carolina Unmistakable"


@pytest.fixture
def reading(people: People) -> Reading:
    people.carol.user.name = NAME
    people.carol.user.save()
    return make_reading(people, anonymity=Anonymity.OPTIONAL)


@pytest.fixture
def thread(people: People, reading: Reading) -> Thread:
    return say(reading, people.carol, "Who am I?", anonymous=True)


def test_who_looks_up_an_author_stands_in_the_log(
    people: People, reading: Reading, thread: Thread
) -> None:
    client = people.client("alice")
    address = url("comment_author", reading, first_of(thread).pk)
    assert NAME not in client.get(address).content.decode()
    assert not Decision.objects.exists()
    assert NAME in client.post(address).content.decode()
    decision = Decision.objects.get()
    assert (decision.actor, decision.action) == (people.alice, "see_author")
    log = client.get("/s/seminar/desk/log/").content.decode()
    assert "Looked up the author" in log
    assert thread.alias in log
    assert NAME not in log


def test_assistants_look_up_where_the_seminar_lets_them(
    people: People, reading: Reading, thread: Thread
) -> None:
    address = url("comment_author", reading, first_of(thread).pk)
    assert people.client("bob").post(address).status_code == 403
    people.seminar.assistants_see_authors = True
    people.seminar.save()
    assert NAME in people.client("bob").post(address).content.decode()
    assert people.client("carol").post(address).status_code == 403
    people.bob.group = people.thursday
    people.bob.save()
    assert people.client("bob").post(address).status_code == 403


def test_in_place_by_htmx(people: People, reading: Reading, thread: Thread) -> None:
    client = people.client("alice")
    address = url("comment_author", reading, first_of(thread).pk)
    asked = htmx(client, "get", address).content.decode()
    assert "<html" not in asked
    assert "the log will say that you did" in asked
    told = htmx(client, "post", address).content.decode()
    assert NAME in told
    assert "<html" not in told


def test_strangers_and_named_words(people: People, reading: Reading, thread: Thread) -> None:
    assert_closed_to_strangers(people, url("comment_author", reading, first_of(thread).pk))
    named = first_of(say(reading, people.dan, block="p2", quote="a conversation"))
    assert people.client("alice").post(url("comment_author", reading, named.pk)).status_code == 403
    assert not Decision.objects.exists()
