"""Locking a thread."""

from discussions.models import Decision, Thread
from readings.models import Reading
from tests.base import People, htmx
from tests.discussions.base import say, url
from tests.discussions.gates import assert_closed_to_strangers


def address(thread: Thread) -> str:
    return url("thread_lock", thread.reading, thread.pk)


def test_lock_and_unlock(people: People, thread: Thread) -> None:
    client = people.client("alice")
    page = client.post(address(thread), {"locked": "1"}, follow=True)
    assert "Locked: nobody can reply." in page.content.decode()
    page = client.post(address(thread), {"locked": "0"}, follow=True)
    assert "Locked" not in page.content.decode()
    assert [row.action for row in Decision.objects.order_by("pk")] == ["lock", "unlock"]


def test_fragment(people: People, thread: Thread) -> None:
    text = htmx(people.client("alice"), "post", address(thread), {"locked": "1"}).content.decode()
    assert "Locked: nobody can reply." in text
    assert 'name="locked" value="0"' in text


def test_twice_is_once(people: People, thread: Thread) -> None:
    for _ in range(2):
        assert people.client("alice").post(address(thread), {"locked": "1"}).status_code == 302
    assert Decision.objects.count() == 1


def test_gates(people: People, reading: Reading, thread: Thread) -> None:
    assert_closed_to_strangers(people, address(thread), {})
    for who in ("bob", "carol", "dan", "grace"):
        assert people.client(who).post(address(thread), {"locked": "1"}).status_code == 403
    assert people.client("alice").get(address(thread)).status_code == 405
    private = say(reading, people.carol, audience="me")
    assert people.client("alice").post(address(private), {"locked": "1"}).status_code == 404
    assert not Decision.objects.exists()
