"""Hints: which threads have changed, to whom, and what it costs when nothing has."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from discussions.comments.actions import withdraw
from discussions.models import Thread
from readings.models import Reading, Visit
from readings.page import forget_presence, presence
from seminars.models import Event
from tests.base import People, make_reading
from tests.discussions.base import answer, first_of, hidden, reported, say, url
from tests.discussions.gates import status
from tests.discussions.news import bell
from tests.discussions.reads import been

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def counted_anew() -> None:
    forget_presence()


def last_event() -> int:
    found = Event.objects.order_by("-pk").first()
    return found.pk if found else 0


def ask(client: Client, reading: Reading, after: int, here: int = 0) -> Any:
    return client.get(url("reading_hints", reading), {"after": after, "here": here})


def hinted(people: People, who: str, reading: Reading, after: int) -> list[dict[str, Any]]:
    response = ask(people.client(who), reading, after)
    return response.json()["threads"] if response.status_code == 200 else []


def test_tells_what_others_said_and_where(people: People, reading: Reading) -> None:
    been(reading, people.carol)
    before = last_event()
    thread = say(reading, people.dan)
    answer(thread, people.bob)
    whole = say(reading, people.dan, block="")
    assert hinted(people, "carol", reading, before) == [
        {"thread": thread.pk, "seq": 2, "block": "p1", "new": 2},
        {"thread": whole.pk, "seq": 1, "block": "", "new": 1},
    ]
    told = ask(people.client("carol"), reading, before).json()
    assert told["after"] == last_event()
    assert hinted(people, "carol", reading, told["after"]) == []


def test_nothing_new_is_204_after_one_query_and_no_write(people: People, reading: Reading) -> None:
    been(reading, people.carol, ago=timedelta(seconds=1))
    say(reading, people.dan)
    client = people.client("carol")
    sessions = list(Session.objects.values_list())
    ask(client, reading, last_event())
    with CaptureQueriesContext(connection) as asked:
        assert ask(client, reading, last_event()).status_code == 204
    ours = [one["sql"] for one in asked if "session" not in one["sql"].split("WHERE")[0]]
    assert all(sql.startswith("SELECT") for sql in ours)
    assert len([sql for sql in ours if "readings_reading" in sql]) == 1
    assert list(Session.objects.values_list()) == sessions


def test_page_says_after_which_event_to_ask(people: People, reading: Reading) -> None:
    say(reading, people.dan)
    page = people.client("carol").get(reading.get_absolute_url()).content.decode()
    assert f'after="{last_event()}"' in page


@pytest.mark.parametrize("who", ["alice", "bob", "carol", "dan", "grace"])
def test_nobody_is_told_of_a_thread_that_they_do_not_see(
    people: People, reading: Reading, who: str
) -> None:
    member = getattr(people, who)
    before = last_event()
    for author in (people.alice, people.bob, people.carol, people.dan):
        for audience in ("me", "group", "seminar", "staff"):
            if audience != "group" or author.group_id:
                say(reading, author, audience=audience)
    say(reading, people.alice, audience=f"member:{people.carol.pk}")
    reported(first_of(Thread.objects.filter(audience="seminar").earliest("pk")), people.dan)
    hidden(first_of(say(reading, people.dan, "Off.")), people.alice)
    gone = say(reading, people.dan, "Gone.")
    withdraw(comment=first_of(gone), by=people.dan)
    seen = set(Thread.objects.visible_to(member).values_list("pk", flat=True))
    told = {one["thread"] for one in hinted(people, who, reading, before)}
    assert told <= seen
    others = Thread.objects.visible_to(member).exclude(author=member)
    assert told == set(others.exclude(comments__state="hidden").values_list("pk", flat=True))


def test_who_was_moved_is_told_by_the_rule_of_now(people: People, reading: Reading) -> None:
    before = last_event()
    thread = say(reading, people.dan, audience="group")
    assert hinted(people, "carol", reading, before) == []
    people.carol.group = people.thursday
    people.carol.save(update_fields=["group"])
    assert [one["thread"] for one in hinted(people, "carol", reading, before)] == [thread.pk]


def test_own_words_are_no_news(people: People, reading: Reading) -> None:
    before = last_event()
    say(reading, people.carol)
    assert hinted(people, "carol", reading, before) == []


def test_fixed_number_of_queries(people: People, reading: Reading) -> None:
    been(reading, people.carol, ago=timedelta(seconds=1))
    client = people.client("carol")
    counts = []
    for many in (1, 30):
        before = last_event()
        for _ in range(many):
            answer(say(reading, people.dan), people.bob)
        # How many are here is counted for some seconds, and writing may take longer.
        ask(client, reading, last_event())
        with CaptureQueriesContext(connection) as asked:
            assert len(ask(client, reading, before).json()["threads"]) == many
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_wrong_numbers(people: People, reading: Reading) -> None:
    client = people.client("carol")
    assert client.get(url("reading_hints", reading), {"after": "many"}).status_code == 404
    first = client.get(url("reading_hints", reading)).json()
    assert first == {"here": 0, "news": 0, "after": last_event(), "threads": []}
    beyond = ask(client, reading, 10**9).json()  # of a backup that was restored
    assert beyond["after"] == last_event()


def test_gates(people: People, reading: Reading) -> None:
    where = url("reading_hints", reading)
    assert status(Client(headers={"HX-Request": "true"}), where) == 401
    assert status(people.client("mallory"), where) == 404
    assert people.client("carol").post(where).status_code == 405


# --- The bell ------------------------------------------------------------------------------------
def test_what_is_new_tells_the_number_at_the_bell(people: People, reading: Reading) -> None:
    before, client = last_event(), people.client("carol")
    say(reading, people.dan, "@Carol: look.")
    assert ask(client, reading, before).json()["news"] == 1 == bell(people, "carol")
    say(reading, people.dan, "Nothing to anybody.")
    assert ask(client, reading, before).json()["news"] == 1
    assert ask(people.client("dan"), reading, before).json()["news"] == 0


def test_now_and_then_the_page_asks_whether_its_number_holds(
    people: People, reading: Reading
) -> None:
    been(reading, people.carol, ago=timedelta(seconds=1))
    other, client = make_reading(people, "other"), people.client("carol")
    where, last = url("reading_hints", reading), last_event()
    known = {"after": last, "here": 0, "news": 0}
    assert client.get(where, known).status_code == 204
    say(other, people.dan, "@Carol: look.")
    assert ask(client, reading, last).status_code == 204  # in this reading nothing is new
    with CaptureQueriesContext(connection) as asked:
        assert client.get(where, known).json()["news"] == 1
    assert all(one["sql"].lstrip("(").startswith("SELECT") for one in asked)
    with CaptureQueriesContext(connection) as ordinary:
        ask(client, reading, last)
    assert len(asked) == len(ordinary) + 3
    with CaptureQueriesContext(connection) as asked_again:
        assert client.get(where, known | {"news": 1}).status_code == 204
    assert len(asked_again) == len(ordinary) + 1, "nothing has happened: the number is kept"
    assert client.get(where, known | {"news": "many"}).status_code == 404


# --- Presence ------------------------------------------------------------------------------------
def here(people: People, who: str, reading: Reading) -> int:
    forget_presence()
    found: int = people.client(who).get(url("reading_hints", reading)).json()["here"]
    return found


def test_number_of_those_who_asked_a_moment_ago(people: People, reading: Reading) -> None:
    been(reading, people.carol, ago=5 * MINUTE)
    assert here(people, "carol", reading) == 0, "nobody else is here"
    been(reading, people.dan, ago=5 * MINUTE)
    assert here(people, "dan", reading) == 2
    assert here(people, "carol", reading) == 2
    Visit.objects.filter(membership=people.dan).update(seen_at=timezone.now() - 2 * MINUTE)
    assert here(people, "carol", reading) == 0


def test_who_does_not_want_to_be_counted_is_not(people: People, reading: Reading) -> None:
    for member in (people.carol, people.dan):
        been(reading, member, ago=timedelta(seconds=1))
    client = people.client("dan")
    menu = client.get("/").content.decode()
    assert 'name="shows_presence"' in menu
    client.post("/accounts/display/", {"text_size": "m", "measure": "normal", "theme": "auto"})
    people.dan.user.set_display(shows_presence=False)
    assert here(people, "carol", reading) == 0
    assert here(people, "dan", reading) == 1, "they see who shows it"


def test_guests_are_neither_counted_nor_told(people: People, reading: Reading) -> None:
    for member in (people.carol, people.dan, people.grace):
        been(reading, member, ago=timedelta(seconds=1))
    assert here(people, "grace", reading) == 0
    assert here(people, "carol", reading) == 2


def test_sign_is_written_rarely_and_not_where_there_is_no_room(
    people: People, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = been(reading, people.carol, ago=5 * MINUTE)
    assert User.objects.filter(shows_presence=True).exists()
    here(people, "carol", reading)
    visit.refresh_from_db()
    signed = visit.seen_at
    assert signed > timezone.now() - MINUTE
    here(people, "carol", reading)
    visit.refresh_from_db()
    assert visit.seen_at == signed

    def fail() -> None:
        raise OperationalError("database or disk is full")

    Visit.objects.update(seen_at=timezone.now() - 5 * MINUTE)
    monkeypatch.setattr(presence, "asynchronous_commit", fail)
    assert here(people, "carol", reading) == 0
