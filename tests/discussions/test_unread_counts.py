"""What is new since the last visit, as my seminars and a seminar's page count it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from discussions.comments.actions import withdraw
from discussions.models import Thread
from discussions.threads.unread_counts import new_threads
from readings.models import Reading, Visit
from scripts.term.clock import Clock
from tests.base import People, htmx, markup
from tests.discussions.base import answer, first_of, hidden, say
from tests.discussions.news import bell_of
from tests.discussions.reads import been
from tests.seminars.helpers import queries, words

HOUR = timedelta(hours=1)


def written(thread: Thread, ago: timedelta) -> None:
    at = timezone.now() - ago
    thread.comments.update(created_at=at, published_at=at)
    Thread.objects.filter(pk=thread.pk).update(active_at=at)


def test_counts_threads_with_something_new_since_the_last_visit(
    people: People, reading: Reading
) -> None:
    been(reading, people.carol, ago=2 * HOUR)
    old = say(reading, people.dan, "Before that.")
    written(old, 3 * HOUR)
    fresh = say(reading, people.dan, "Since.")
    answer(fresh, people.bob)
    assert new_threads([people.carol]) == {(people.carol.pk, reading.pk): 1}
    answer(old, people.dan)
    assert new_threads([people.carol]) == {(people.carol.pk, reading.pk): 2}


def test_what_came_while_they_read_on_is_new_to_them(people: People, reading: Reading) -> None:
    been(reading, people.carol, ago=3 * HOUR)
    written(say(reading, people.dan, "Said while she read on."), 2 * HOUR)
    Thread.objects.update(active_at=timezone.now() - 2 * HOUR)
    Visit.objects.update(seen_at=timezone.now() - HOUR)  # her place was kept
    assert new_threads([people.carol]) == {(people.carol.pk, reading.pk): 1}
    assert "1 new" in words(people.client("carol").get(reading.get_absolute_url()))


def test_thread_stays_new_until_it_is_opened(people: People, reading: Reading) -> None:
    been(reading, people.carol, ago=3 * HOUR)
    old = say(reading, people.dan)
    written(old, 2 * HOUR)
    client = people.client("carol")
    page = reading.get_absolute_url()
    for hours in (0, 1, 2):
        # She comes again and again, reads on, and never opens it.
        Visit.objects.update(seen_at=timezone.now() - hours * HOUR)
        assert "data-unread" in client.get(page).content.decode()
        client.post(f"{page}place/", {"block": "p3", "progress": 100})
    assert new_threads([people.carol]) == {(people.carol.pk, reading.pk): 1}
    htmx(client, "get", old.get_absolute_url())
    assert new_threads([people.carol]) == {}
    assert "data-unread" not in client.get(page).content.decode()


def test_who_comes_late_meets_only_what_came_since(people: People, reading: Reading) -> None:
    for _ in range(3):
        written(say(reading, people.dan), 2 * HOUR)
    client = people.client("carol")
    assert "data-unread" not in client.get(reading.get_absolute_url()).content.decode()
    assert new_threads([people.carol]) == {}
    say(reading, people.dan)
    assert new_threads([people.carol]) == {(people.carol.pk, reading.pk): 1}


def test_what_is_approved_late_is_not_born_read(people: People, reading: Reading) -> None:
    thread = say(reading, people.dan)
    been(reading, people.carol)
    htmx(people.client("carol"), "get", thread.get_absolute_url())
    late = answer(thread, people.dan)
    late.created_at -= 5 * HOUR
    late.save(update_fields=["created_at"])
    assert new_threads([people.carol]) == {(people.carol.pk, reading.pk): 1}
    other = say(reading, people.dan, "Held, and approved.")
    other.comments.update(created_at=timezone.now() - 5 * HOUR)
    assert new_threads([people.carol]) == {(people.carol.pk, reading.pk): 2}


@pytest.mark.parametrize(
    ("ago", "told"),
    [(2 * HOUR, "2 new since "), (30 * timedelta(minutes=1), "2 new · 1 since ")],
)
def test_bar_tells_the_last_visit(
    people: People, reading: Reading, ago: timedelta, told: str
) -> None:
    visit = been(reading, people.carol, ago=5 * HOUR)
    first, second = say(reading, people.dan), say(reading, people.dan)
    written(first, HOUR)
    Visit.objects.filter(pk=visit.pk).update(
        new_since=timezone.now() - ago, seen_at=timezone.now(), shown_at=timezone.now()
    )
    assert second.active_at > first.active_at
    page = markup(people.client("carol").get(reading.get_absolute_url()))
    bar = re.sub(r"<[^>]+>", "", page[page.index("<unread-nav") : page.index("</unread-nav>")])
    assert told in " ".join(bar.split())


def test_counts_nothing_that_is_not_for_this_reader(people: People, reading: Reading) -> None:
    been(reading, people.carol, ago=HOUR)
    say(reading, people.carol, "My own.")
    say(reading, people.dan, "To Thursday.", audience="group")
    say(reading, people.dan, "To himself.", audience="me")
    gone = say(reading, people.dan, "Withdrawn.")
    withdraw(comment=first_of(gone), by=people.dan)
    hidden(first_of(say(reading, people.dan, "Hidden.")), people.alice)
    assert new_threads([people.carol]) == {}
    assert new_threads([people.dan]) == {}, "a reading never opened has nothing new"


def test_my_seminars_and_the_seminar_tell_it(people: People, reading: Reading) -> None:
    been(reading, people.carol, ago=HOUR)
    reading.due_at = timezone.now() + HOUR
    reading.save()
    client = people.client("carol")
    assert "new" not in words(client.get("/"))
    for _ in range(3):
        say(reading, people.dan)
    for url in ("/", people.seminar.get_absolute_url()):
        assert "3 threads with something new" in words(client.get(url)), url
    assert "3 new" in words(client.get("/"))


def test_queries_do_not_grow_with_the_talk(people: People, reading: Reading) -> None:
    been(reading, people.carol, ago=HOUR)
    client = people.client("carol")
    urls = ("/", people.seminar.get_absolute_url())
    few = [queries(client, url) for url in urls]
    for _ in range(30):
        say(reading, people.dan)
    assert [queries(client, url) for url in urls] == few


def test_reading_that_opens_later_is_counted_from_then_on(people: People, reading: Reading) -> None:
    """By the process, too, that has counted before: what it prepares knows no moment."""
    been(reading, people.carol)
    say(reading, people.carol)
    answer(Thread.objects.get(), people.alice, parent=first_of(Thread.objects.get()))
    opens = timezone.now() + HOUR
    Reading.objects.update(opens_at=opens)
    client = people.client("carol")
    with Clock(timezone.now()).ruling() as clock:
        for told in (0, 1):
            for page in (client.get("/"), client.get("/s/seminar/")):
                assert words(page).count("1 thread with something new") == told
                assert bell_of(page) == told
            clock.now = opens
