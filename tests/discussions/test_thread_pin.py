"""Pinning a thread."""

from discussions.models import Pin, Thread
from readings.models import Reading
from tests.base import People, htmx, markup
from tests.discussions.base import say, url
from tests.discussions.gates import assert_closed_to_strangers

PINNED = '<span class="tag answered">Pinned</span>'


def address(thread: Thread) -> str:
    return url("thread_pin", thread.reading, thread.pk)


def test_stands_first_in_the_list_and_is_named_on_its_card(
    people: People, reading: Reading
) -> None:
    first = say(reading, people.carol, "The first.", block="p1", quote="")
    last = say(reading, people.dan, "The last.", block="p3", quote="")
    people.carol.user.set_display(annotations="all")
    client = people.client("carol")
    listed = url("thread_list", reading)
    before = markup(client.get(listed))
    assert before.index("The first.") < before.index("The last.")
    response = people.client("alice").post(address(last), follow=True)
    assert "Thread pinned" in markup(response)
    after = markup(client.get(listed))
    assert ">Pinned</h2>" in after
    assert after.index("The last.") < after.index("The first.")
    assert after.count("The last.") == 1
    assert PINNED in markup(client.get(reading.get_absolute_url()))
    htmx(people.client("alice"), "post", address(last), {"undo": "1"})
    assert PINNED not in markup(client.get(reading.get_absolute_url()))
    assert ">Pinned</h2>" not in markup(client.get(listed))
    assert not Pin.objects.filter(thread=first).exists()


def test_twice_is_once(people: People, thread: Thread) -> None:
    client = people.client("bob")  # his group began it
    for _ in range(2):
        assert client.post(address(thread)).status_code == 302
    assert Pin.objects.get().created_by == people.bob
    for _ in range(2):
        assert client.post(address(thread), {"undo": "1"}).status_code == 302
    assert Pin.objects.get().undone_by == people.bob


def test_answer_in_place_keeps_the_focus_on_the_button(people: People, thread: Thread) -> None:
    text = markup(htmx(people.client("alice"), "post", address(thread)))
    assert 'aria-pressed="true" data-focus> <svg' in text.replace("\n", " ")


def test_gates(people: People, reading: Reading, thread: Thread) -> None:
    assert_closed_to_strangers(people, address(thread))
    for who in ("carol", "dan", "grace"):
        assert people.client(who).post(address(thread)).status_code == 403
    theirs = say(reading, people.dan)
    assert people.client("bob").post(address(theirs)).status_code == 403
    assert people.client("alice").get(address(thread)).status_code == 405
    assert not Pin.objects.exists()
