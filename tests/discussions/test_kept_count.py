"""The number at the bell is kept until something happens, and then it is another."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from discussions.comments.actions import withdraw
from discussions.notifications import kept_news_count
from discussions.notifications.feed import count_news
from discussions.notifications.kept_count import KEPT_FOR
from readings.models import Reading
from seminars.announcements.actions import publish_announcement
from seminars.models import Membership
from tests.base import People, make_people, make_reading
from tests.discussions.base import answer, first_of, hidden, say
from tests.discussions.reads import been


def counted(people: People) -> int:
    """What Carol's bell says; it is what a fresh count says."""
    count = kept_news_count(people.carol.user_id)
    assert count == count_news(people.carol.user_id)
    return count


def test_asked_again_it_costs_one_query(people: People, reading: Reading) -> None:
    answer(say(reading, people.carol), people.dan)
    assert counted(people) == 1
    with CaptureQueriesContext(connection) as queries:
        assert kept_news_count(people.carol.user_id) == 1
    assert len(queries) == 1


def test_one_query_for_many_seminars(people: People, reading: Reading) -> None:
    for number in range(8):
        others = make_people(f"other-{number}")
        twin = Membership.objects.create(seminar=others.seminar, user=people.carol.user)
        answer(say(make_reading(others), twin), others.dan)
    assert counted(people) == 8
    with CaptureQueriesContext(connection) as queries:
        assert kept_news_count(people.carol.user_id) == 8
    assert len(queries) == 1


def test_whatever_happens_it_is_told_at_once(people: People, reading: Reading) -> None:
    been(reading, people.carol)
    thread = say(reading, people.carol, "What is a margin?", kind="question")
    assert counted(people) == 0
    reply = answer(thread, people.dan)
    assert counted(people) == 1
    hidden(reply, people.alice)
    assert counted(people) == 0
    other = answer(thread, people.dan)
    assert counted(people) == 1
    withdraw(comment=other, by=people.dan)
    assert counted(people) == 0
    answer(thread, people.dan)
    hidden(first_of(say(reading, people.carol)), people.alice)
    assert counted(people) == 2
    publish_announcement(by=people.alice, title="Next week", body="We meet at noon.")
    assert counted(people) == 3


@pytest.mark.parametrize("where", ["thread", "announcement", "news"])
def test_what_one_has_read_is_counted_no_more(people: People, reading: Reading, where: str) -> None:
    been(reading, people.carol)
    thread = say(reading, people.carol, "What is a margin?", kind="question")
    answer(thread, people.dan)
    announced = publish_announcement(by=people.alice, title="Next week", body="At noon.")
    assert counted(people) == 2
    client = people.client("carol")
    read: dict[str, Callable[[], object]] = {
        "thread": lambda: client.post(f"{thread.get_absolute_url()}read/", {"seq": 2}),
        "announcement": lambda: client.post(f"{announced.get_absolute_url()}receipt/"),
        "news": lambda: client.post("/news/reads/", {"client_key": str(uuid.uuid4())}),
    }
    read[where]()
    assert counted(people) == (0 if where == "news" else 1)


def test_what_comes_with_time_alone_is_told_soon(
    people: People, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    soon = timezone.now() + timedelta(days=2, seconds=KEPT_FOR.total_seconds() / 2)
    Reading.objects.filter(pk=reading.pk).update(due_at=soon, required_posts=1)
    assert counted(people) == 0
    later = timezone.now() + KEPT_FOR + timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert counted(people) == 1


def test_nobody_has_no_news(people: People) -> None:
    assert kept_news_count(people.mallory.pk) == 0
    assert kept_news_count(0) == 0


def test_pages_that_find_it_on_their_way_tell_the_same(people: People, reading: Reading) -> None:
    been(reading, people.carol)
    thread = say(reading, people.carol, "What is a margin?", kind="question")
    client = people.client("carol")

    def told() -> set[str]:
        """What the bells of the reading's page and of its list say."""
        pages = (reading.get_absolute_url(), f"{reading.get_absolute_url()}threads/")
        found = [client.get(page).content.decode() for page in pages]
        return {label for page in found for label in re.findall(r'aria-label="(News[^"]*)"', page)}

    assert told() == {"News"}
    answer(thread, people.dan)
    assert told() == {"News: 1 new"}
    client.post(f"{thread.get_absolute_url()}read/", {"seq": 2})
    assert told() == {"News"}
    answer(thread, people.dan)
    assert told() == {"News: 1 new"}
    client.post("/news/reads/", {"client_key": str(uuid.uuid4())})
    assert told() == {"News"}
