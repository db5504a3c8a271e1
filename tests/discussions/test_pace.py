"""What one person may post in a minute: enough for people, and no flood."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from discussions.models import Comment, Report, Thread
from readings.models import Reading
from seminars.models import Event
from tests.base import People
from tests.discussions.base import new_thread_data, say, url

WORDS = "Words that nobody may lose."


@pytest.fixture
def two_a_minute(settings: Any) -> None:
    settings.POSTS_PER_MINUTE = 2


@pytest.mark.usefixtures("two_a_minute")
def test_who_posts_too_fast_is_told_when_to_go_on(people: People, reading: Reading) -> None:
    thread = say(reading, people.alice)
    client = people.client("carol")
    for body in ("One.", "Two."):
        sent = client.post(url("comment_create", reading, thread.pk), {"body": body})
        assert sent.status_code == 302
    said = thread.comments.get(body="A remark of mine.")
    posts = {
        url("comment_create", reading, thread.pk): {"body": WORDS},
        url("thread_list", reading): new_thread_data(body=WORDS),
        url("comment_reports", reading, said.pk): {"reason": "off_topic", "detail": WORDS},
    }
    for path, fields in posts.items():
        for headers in ({}, {"HX-Request": "true"}):
            answer = client.post(path, fields, headers=headers)
            page = answer.content.decode()
            assert answer.status_code == 429, path
            assert 0 < int(answer.headers["Retry-After"]) <= 60
            assert "Try again in" in page
            assert ("data-refusal" if headers else WORDS) in page
    assert Comment.objects.filter(author=people.carol).count() == 2
    assert not Report.objects.exists()
    # It is theirs alone, and over after a minute.
    assert people.client("dan").post(*next(iter(posts.items()))).status_code == 302
    Event.objects.update(created_at="2020-01-01T00:00Z")
    assert client.post(*list(posts.items())[1]).status_code == 302


def test_many_threads_in_some_seconds_are_a_flood(people: People, reading: Reading) -> None:
    client = people.client("carol")
    path = url("thread_list", reading)
    answers = [
        client.post(path, new_thread_data(body=f"Remark {i}.")).status_code for i in range(25)
    ]
    assert answers.count(302) == Thread.objects.count() == 20
    assert answers[20:] == [429] * 5


def test_it_costs_a_post_one_query_and_a_page_none(
    people: People, reading: Reading, settings: Any
) -> None:
    thread = say(reading, people.alice)
    client = people.client("carol")
    path = url("comment_create", reading, thread.pk)
    taken = []
    for most in (40, 0):
        settings.POSTS_PER_MINUTE = most
        client.post(path, {"body": f"Warmed up {most}."})
        with CaptureQueriesContext(connection) as captured:
            assert client.post(path, {"body": f"Counted {most}."}).status_code == 302
        taken.append(len(captured))
    assert taken[0] == taken[1] + 1
    with CaptureQueriesContext(connection) as captured:
        client.get(reading.get_absolute_url())
    assert not any("LIMIT 1 OFFSET 39" in each["sql"] for each in captured.captured_queries)
