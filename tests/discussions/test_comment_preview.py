"""Words as they would stand, before they are posted."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings

from discussions.models import Comment, Thread
from readings.models import Reading
from seminars.pace import PREVIEWS_PER_MINUTE
from tests.base import People, htmx
from tests.discussions.base import answer, first_of, new_thread_data, say, url
from tests.discussions.gates import assert_closed_to_strangers

BODY = "See **¶ 2**, @Dan.\n\n[^1] <b>no</b>"


def address(reading: Reading, query: str = "") -> str:
    return url("comment_preview", reading, query=query)


def shown(text: str) -> str:
    found = re.search(r'<div class="prose" dir="auto" hx-ignore>(.*?)</div>', text, re.S)
    assert found, text
    return found[1].strip()


def fields_of(text: str) -> dict[str, Any]:
    """What the form of the page would send."""
    form = text.partition('<form class="composer')[2]
    sent = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
    return {name: value for name, value in sent if name != "csrfmiddlewaretoken"}


def test_words_stand_as_they_would_and_nothing_is_kept(people: People, thread: Thread) -> None:
    client = people.client("carol")
    counts = Comment.objects.count()
    page = address(thread.reading, f"?thread={thread.pk}")
    previewed = shown(htmx(client, "post", page, {"body": BODY}).content.decode())
    assert Comment.objects.count() == counts
    posted = answer(thread, people.carol, BODY)
    text = htmx(client, "get", thread.get_absolute_url()).content.decode()
    assert posted.html.replace('href="#p2"', 'href="/s/seminar/r/margins/#p2"') == previewed
    assert previewed in text
    assert '<bdi class="mention">@Dan</bdi>' in previewed


def test_whom_a_new_thread_would_speak_to(people: People, reading: Reading) -> None:
    client = people.client("carol")
    for audience, mentioned in (("seminar", True), (f"group:{people.monday.pk}", False)):
        data = new_thread_data(body="@Dan, look.", audience=audience)
        text = shown(htmx(client, "post", address(reading), data).content.decode())
        assert ("mention" in text) == mentioned, audience
    data = new_thread_data(body="@Dan, look.", audience="nonsense")
    assert "mention" not in htmx(client, "post", address(reading), data).content.decode()


@pytest.mark.parametrize("body", ["", " \n ", "x" * 10_001, "\u200b"])
def test_what_cannot_be_posted_is_said(people: People, reading: Reading, body: str) -> None:
    client = people.client("carol")
    for answered in (
        htmx(client, "post", address(reading), {"body": body}),
        client.post(address(reading), {"body": body}),
    ):
        assert answered.status_code == 422
        assert 'class="error"' in answered.content.decode()
        assert "Nothing is posted yet" not in answered.content.decode()


def test_a_reply_is_posted_from_the_page_of_its_preview(people: People, thread: Thread) -> None:
    client = people.client("dan")
    first = first_of(thread)
    text = client.get(f"{thread.get_absolute_url()}?reply={first.pk}").content.decode()
    assert f'formaction="{address(thread.reading)}?thread={thread.pk}"' in text
    data = {"body": "Mine & *so*.", "parent": first.pk, "client_key": str(uuid4())}
    page = client.post(address(thread.reading, f"?thread={thread.pk}"), data).content.decode()
    assert shown(page) == "<p>Mine &amp; <em>so</em>.</p>"
    assert ">Mine &amp; *so*.</textarea>" in page
    action = url("comment_create", thread.reading, thread.pk)
    assert f'action="{action}"' in page
    assert fields_of(page) == {name: str(data[name]) for name in ("parent", "client_key")}
    client.post(action, fields_of(page) | {"body": data["body"]})
    made = Comment.objects.get(author=people.dan)
    assert (made.parent, made.body) == (first, data["body"])


def test_a_thread_is_started_from_the_page_of_its_preview(people: People, reading: Reading) -> None:
    client = people.client("dan")
    data = new_thread_data(body="Mine.", kind="question", sentence=["0-10", "12-20"])
    page = client.post(address(reading), data).content.decode()
    assert f'action="{url("thread_list", reading)}"' in page
    assert page.count('name="sentence"') == 2
    client.post(url("thread_list", reading), fields_of(page) | {"body": "Mine."})
    assert Thread.objects.get(author=people.dan).kind == "question"


def test_an_edit_is_saved_from_the_page_of_its_preview(people: People, comment: Comment) -> None:
    reading = comment.thread.reading
    client = people.client("carol")
    data = {"body": "Put right.", "version": 1}
    page = client.post(address(reading, f"?comment={comment.pk}"), data).content.decode()
    action = url("comment_revisions", reading, comment.pk)
    assert f'action="{action}"' in page
    client.post(action, fields_of(page) | {"body": "Put right."})
    comment.refresh_from_db()
    assert comment.body == "Put right."


def test_every_form_for_words_has_it(people: People, reading: Reading, comment: Comment) -> None:
    client = people.client("carol")
    pages = [
        reading.get_absolute_url(),
        url("thread_new", reading, query="?block=p1"),
        comment.thread.get_absolute_url(),
        url("comment_revisions", reading, comment.pk),
    ]
    for page in pages:
        text = client.get(page).content.decode()
        assert f'hx-post="{address(reading)}' in text, page
        assert '<div class="preview">' in text, page


@override_settings(POSTS_PER_MINUTE=20)
def test_there_is_a_limit(people: People, reading: Reading) -> None:
    cache.clear()
    client = people.client("carol")
    codes = {
        htmx(client, "post", address(reading), {"body": "Once more."}).status_code
        for _ in range(2 * PREVIEWS_PER_MINUTE + 2)  # a minute may end meanwhile
    }
    assert codes == {200, 429}


def test_fixed_number_of_queries(people: People, thread: Thread) -> None:
    page = address(thread.reading, f"?thread={thread.pk}")
    client = people.client("dan")
    counts = []
    for size in (1, 40):
        for index in range(size):
            answer(thread, people.carol, f"{index}")
        htmx(client, "post", page, {"body": BODY})
        with CaptureQueriesContext(connection) as queries:
            htmx(client, "post", page, {"body": BODY})
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_gates(people: People, reading: Reading) -> None:
    assert_closed_to_strangers(people, address(reading), {"body": "Words."})
    assert people.client("grace").post(address(reading), {"body": "Words."}).status_code == 403
    assert people.client("carol").get(address(reading)).status_code == 405
    private = say(reading, people.carol, audience="group")
    for query in (f"?thread={private.pk}", f"?comment={first_of(private).pk}"):
        page = address(reading, query)
        assert people.client("dan").post(page, {"body": "Words."}).status_code == 404
        assert people.client("carol").post(page, {"body": "Words."}).status_code == 200
