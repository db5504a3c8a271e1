"""Replying."""

import json
import uuid
from typing import Any

import pytest

from discussions.models import Comment, Thread
from discussions.moderation.thread_actions import lock
from readings.models import Reading
from tests.base import People, htmx
from tests.discussions.base import answer, first_of, say, url
from tests.discussions.gates import assert_closed_to_strangers


def data(**fields: Any) -> dict[str, Any]:
    return {"body": "An answer by form.", "client_key": str(uuid.uuid4())} | fields


def address(thread: Thread, query: str = "") -> str:
    return url("comment_create", thread.reading, thread.pk, query=query)


def test_reply_leads_to_itself(people: People, comment: Comment) -> None:
    page = address(comment.thread)
    response = people.client("dan").post(page, data(parent=comment.pk))
    made = Comment.objects.get(seq=2)
    place = f"{comment.thread.get_absolute_url()}?comment={made.pk}#c{made.pk}"
    assert response.headers["Location"] == place
    assert (made.parent, made.body, made.author) == (comment, "An answer by form.", people.dan)


def test_fragment_is_the_conversation_as_it_is_now(people: People, thread: Thread) -> None:
    response = htmx(people.client("dan"), "post", address(thread), data())
    text = response.content.decode()
    target = f'<hx-partial hx-target="#conversation-{thread.pk}" hx-swap="outerMorph">'
    assert target in text
    assert "An answer by form." in text
    assert json.loads(response.headers["HX-Trigger"]) == {"announce": "Reply posted"}


def test_card_on_the_reading_page_counts_along(people: People, thread: Thread) -> None:
    client = people.client("dan")
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/s/seminar/r/margins/#p1"}
    text = client.post(address(thread), data(), headers=headers).content.decode()
    assert f'<hx-partial hx-target="#t{thread.pk} > summary"' in text
    assert "<small>1 reply</small>" in text
    headers["HX-Current-URL"] = "http://testserver" + thread.get_absolute_url()
    assert "> summary" not in client.post(address(thread), data(), headers=headers).content.decode()


def test_fragment_keeps_to_the_part_that_was_shown(people: People, thread: Thread) -> None:
    part = answer(thread, people.dan, "This part.")
    answer(thread, people.dan, "Another part.")
    page = address(thread, query=f"?from={part.pk}")
    text = htmx(people.client("dan"), "post", page, data(parent=part.pk)).content.decode()
    assert "An answer by form." in text
    assert "Another part." not in text


def test_reply_below_the_third_level_is_shown(people: People, thread: Thread) -> None:
    last = first_of(thread)
    for _ in range(2):
        last = answer(thread, people.dan, parent=last)
    for post in (
        lambda: htmx(people.client("dan"), "post", address(thread), data(parent=last.pk)),
        lambda: people.client("dan").post(address(thread), data(parent=last.pk), follow=True),
    ):
        assert "An answer by form." in post().content.decode()


def test_double_submit_posts_once(people: People, thread: Thread) -> None:
    once = data()
    client = people.client("dan")
    for _ in range(2):
        assert client.post(address(thread), once).status_code == 302
    assert thread.comments.count() == 2


def test_lines_are_counted_as_they_are_kept(people: People, thread: Thread) -> None:
    body = "\r\n".join(["x" * 99] * 100)
    assert people.client("dan").post(address(thread), data(body=body)).status_code == 302
    assert Comment.objects.get(seq=2).body == body.replace("\r\n", "\n")


@pytest.mark.parametrize(
    "fields",
    [{"body": " \n "}, {"body": "x" * 10_001}, {"parent": "999999"}],
)
def test_bad_input_keeps_the_text(people: People, thread: Thread, fields: dict[str, Any]) -> None:
    for client_answer in (
        people.client("dan").post(address(thread), data(**fields)),
        htmx(people.client("dan"), "post", address(thread), data(**fields)),
    ):
        assert client_answer.status_code == 422
        text = client_answer.content.decode()
        assert "error" in text
        assert data(**fields)["body"].strip() in text
    assert thread.comments.count() == 1


def test_parent_of_another_thread_is_refused(people: People, reading: Reading) -> None:
    private = first_of(say(reading, people.carol, audience="group"))
    thread = say(reading, people.carol)
    response = people.client("dan").post(address(thread), data(parent=private.pk))
    assert response.status_code == 422


def test_locked_thread(people: People, thread: Thread) -> None:
    lock(thread=thread, by=people.alice)
    assert people.client("dan").post(address(thread), data()).status_code == 403


def test_gates(people: People, reading: Reading, thread: Thread) -> None:
    assert_closed_to_strangers(people, address(thread), data())
    assert people.client("grace").post(address(thread), data()).status_code == 403
    assert people.client("dan").get(address(thread)).status_code == 405
    private = say(reading, people.carol, audience="me")
    assert people.client("alice").post(address(private), data()).status_code == 404
    assert thread.comments.count() == 1


def test_a_root_that_is_no_number_is_refused_before_anything_is_posted(
    people: People, comment: Comment
) -> None:
    page = address(comment.thread, query="?from=abc")
    assert people.client("dan").post(page, data()).status_code == 404
    assert Comment.objects.count() == 1


def test_characters_that_show_nothing_are_not_kept(people: People, comment: Comment) -> None:
    people.client("dan").post(address(comment.thread), data(body="One\x02 two\x1f\x7f\n\tthree"))
    assert Comment.objects.get(seq=2).body == "One two\n\tthree"
