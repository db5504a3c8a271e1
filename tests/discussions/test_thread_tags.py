"""Putting tags on a thread, and taking them off."""

import pytest

from discussions.models import Tag, Tagging, Thread
from discussions.thread_marks.actions import create_tag, rename_tag, tag_thread
from readings.models import Reading
from tests.base import People, htmx, make_people, markup
from tests.discussions.base import say, url
from tests.discussions.gates import assert_closed_to_strangers


def address(thread: Thread) -> str:
    return url("thread_tags", thread.reading, thread.pk)


@pytest.fixture
def tags(people: People) -> list[Tag]:
    return [create_tag(name=f"word {n}", by=people.alice) for n in range(4)]


def names(thread: Thread) -> list[str]:
    return [one.tag.name for one in Tagging.objects.filter(thread=thread).select_related("tag")]


def test_author_and_staff_tag_and_all_read_it(
    people: People, reading: Reading, thread: Thread, tags: list[Tag]
) -> None:
    people.client("carol").post(address(thread), {"tag": tags[0].pk})
    text = markup(htmx(people.client("bob"), "post", address(thread), {"tag": tags[1].pk}))
    assert f'name="undo" value="{tags[1].pk}" aria-pressed="true" data-focus' in text
    assert names(thread) == ["word 0", "word 1"]
    people.dan.user.set_display(annotations="all")
    client = people.client("dan")
    for page in (reading.get_absolute_url(), url("thread_list", reading)):
        assert '<span class="tag">word 0</span> <span class="tag">word 1</span>' in markup(
            client.get(page)
        )
    own = markup(client.get(thread.get_absolute_url()))
    assert '<span class="tag">word 0</span>' in own
    assert "Add a tag" not in own
    people.client("carol").post(address(thread), {"undo": tags[0].pk})
    assert names(thread) == ["word 1"]
    assert "word 0" not in markup(client.get(reading.get_absolute_url()))


def test_a_new_name_stands_on_the_page_at_once(
    people: People, reading: Reading, thread: Thread, tags: list[Tag]
) -> None:
    tag_thread(thread=thread, tag=tags[0], by=people.carol)
    people.dan.user.set_display(annotations="all")
    client = people.client("dan")
    assert "word 0" in markup(client.get(reading.get_absolute_url()))
    rename_tag(tag=tags[0], name="method", by=people.alice)
    assert '<span class="tag">method</span>' in markup(client.get(reading.get_absolute_url()))


def test_three_at_most_and_each_once(people: People, thread: Thread, tags: list[Tag]) -> None:
    client = people.client("carol")
    for tag in (*tags[:3], tags[0]):
        assert client.post(address(thread), {"tag": tag.pk}).status_code == 302
    assert names(thread) == ["word 0", "word 1", "word 2"]
    page = markup(client.get(thread.get_absolute_url()))
    assert "Add a tag" not in page
    refused = client.post(address(thread), {"tag": tags[3].pk})
    assert refused.status_code == 403
    assert "three tags at most" in refused.content.decode()


def test_gates(people: People, thread: Thread, tags: list[Tag]) -> None:
    assert_closed_to_strangers(people, address(thread))
    for who in ("dan", "grace"):
        assert people.client(who).post(address(thread), {"tag": tags[0].pk}).status_code == 403
    client = people.client("carol")
    assert client.get(address(thread)).status_code == 405
    assert client.post(address(thread)).status_code == 400
    elsewhere = create_tag(name="elsewhere", by=make_people("other").alice)
    assert client.post(address(thread), {"tag": elsewhere.pk}).status_code == 404
    assert names(thread) == []


def test_tags_of_a_private_note_are_its_authors(
    people: People, reading: Reading, tags: list[Tag]
) -> None:
    note = say(reading, people.carol, audience="me")
    assert people.client("alice").post(address(note), {"tag": tags[0].pk}).status_code == 404
    assert people.client("carol").post(address(note), {"tag": tags[0].pk}).status_code == 302
