"""Taking one's own highlight off."""

from discussions.models import Thread
from readings.models import Reading
from tests.base import People, htmx
from tests.discussions.base import say, url
from tests.discussions.gates import assert_closed_to_strangers


def address(thread: Thread) -> str:
    return url("thread_withdrawal", thread.reading, thread.pk)


def test_highlight_goes(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "", audience="me")
    client = people.client("carol")
    assert f'data-threads="{thread.pk}"' in client.get(reading.get_absolute_url()).content.decode()
    page = client.post(address(thread), follow=True).content.decode()
    assert f'data-threads="{thread.pk}"' not in page
    assert not Thread.objects.visible_to(people.carol).exists()


def test_fragment_is_the_block_without_the_mark(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol, "", audience="me")
    text = htmx(people.client("carol"), "post", address(thread)).content.decode()
    assert 'hx-target="#b-p1"' in text
    assert "<mark" not in text


def test_gates(people: People, reading: Reading, thread: Thread) -> None:
    highlight = say(reading, people.carol, "")
    assert_closed_to_strangers(people, address(highlight), {})
    assert people.client("carol").get(address(highlight)).status_code == 405
    for who in ("dan", "alice", "grace"):
        assert people.client(who).post(address(highlight)).status_code == 403
    assert people.client("carol").post(address(thread)).status_code == 403  # it has a comment
    mine = say(reading, people.carol, "", audience="me")
    assert people.client("alice").post(address(mine)).status_code == 404
    assert Thread.objects.visible_to(people.carol).count() == 3
