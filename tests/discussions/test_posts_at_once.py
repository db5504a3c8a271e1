"""The same post sent fifty times at the same moment is one; two who edit lose no words.

`python -m scripts.drills same_post` does so before a server with several processes.
"""

import uuid
from typing import Any

import pytest
from django.test import Client

from discussions.models import Comment, CommentRevision, Thread
from readings.models import Reading
from seminars.models import Event
from tests.at_once import at_once
from tests.base import People, make_people, make_reading
from tests.discussions.base import first_of, new_thread_data, say, url

TIMES = 50
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None) -> People:
    return make_people()


@pytest.fixture
def reading(people: People) -> Reading:
    return make_reading(people)


@pytest.fixture(autouse=True)
def _unhurried(settings: Any) -> None:
    settings.POSTS_PER_MINUTE = 0


def send_at_once(client: Client, path: str, fields: dict[str, Any]) -> set[Any]:
    """Send it from as many connections of one browser; return the statuses, or errors."""
    cookies = client.cookies.output(header="", sep=";")

    def send() -> int:
        window = Client(headers={"cookie": cookies})
        return window.post(path, fields).status_code

    return set(at_once(*[send] * TIMES))


def test_fifty_identical_replies_are_one(people: People, reading: Reading) -> None:
    thread = say(reading, people.alice)
    fields = {"body": "Once and for all.", "client_key": str(uuid.uuid4())}
    path = url("comment_create", reading, thread.pk)
    assert send_at_once(people.client("carol"), path, fields) == {302}
    assert Comment.objects.filter(body="Once and for all.").count() == 1
    assert Event.objects.filter(kind="comment.published", actor=people.carol).count() == 1
    thread.refresh_from_db()
    assert (thread.last_seq, thread.comment_count) == (2, 2)


def test_fifty_identical_threads_are_one(people: People, reading: Reading) -> None:
    path = url("thread_list", reading)
    assert send_at_once(people.client("carol"), path, new_thread_data()) == {302}
    assert Thread.objects.count() == Comment.objects.count() == 1


def test_fifty_identical_edits_are_one(people: People, reading: Reading) -> None:
    comment = first_of(say(reading, people.carol, "Before."))
    path = url("comment_revisions", reading, comment.pk)
    fields = {"body": "After.", "version": 1}
    assert send_at_once(people.client("carol"), path, fields) == {302}
    comment.refresh_from_db()
    assert (comment.body, comment.version) == ("After.", 2)


@pytest.mark.parametrize("turn", range(3))
def test_two_editors_of_one_comment_lose_nothing(
    people: People, reading: Reading, turn: int
) -> None:
    """One is first. The other is shown both, and what is saved then keeps the first in history."""
    comment = first_of(say(reading, people.carol, "What both have read."))
    path = url("comment_revisions", reading, comment.pk)
    clients = [people.client("carol") for _ in range(2)]
    bodies = [f"From window {place} of turn {turn}." for place in range(2)]

    def edit(place: int, **more: Any) -> Any:
        return clients[place].post(path, {"body": bodies[place], "version": 1, **more})

    answers = at_once(lambda: edit(0), lambda: edit(1))
    statuses = [one.status_code for one in answers]
    assert sorted(statuses) == [302, 409]
    first, second = statuses.index(302), statuses.index(409)
    comment.refresh_from_db()
    assert (comment.body, comment.version) == (bodies[first], 2)
    shown = answers[second].content.decode()
    assert all(body.split(" of ")[0] in shown for body in bodies)
    assert edit(second, version=comment.version, over="on").status_code == 302
    comment.refresh_from_db()
    assert comment.body == bodies[second]
    assert bodies[first] in CommentRevision.objects.values_list("body", flat=True)
