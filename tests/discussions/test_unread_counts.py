"""What is new since the last visit, as my seminars and a seminar's page count it."""

from datetime import timedelta

from django.utils import timezone

from discussions.comments.actions import withdraw
from discussions.models import Thread
from discussions.threads.unread_counts import new_threads
from readings.models import Reading, Visit
from seminars.models import Membership
from tests.base import People
from tests.discussions.base import answer, first_of, hidden, say
from tests.seminars.helpers import queries, words

HOUR = timedelta(hours=1)


def been(reading: Reading, who: Membership, *, ago: timedelta, before: timedelta | None) -> None:
    """This member was last here `ago`, and the visit before that ended `before`."""
    now = timezone.now()
    Visit.objects.create(
        seminar_id=reading.seminar_id,
        reading=reading,
        membership=who,
        seen_at=now - ago,
        shown_at=now - ago,
        new_since=now - before if before else None,
    )


def written(thread: Thread, ago: timedelta) -> None:
    thread.comments.update(created_at=timezone.now() - ago)


def test_counts_threads_with_something_new_since_the_last_visit(
    people: People, reading: Reading
) -> None:
    been(reading, people.carol, ago=2 * HOUR, before=None)
    old = say(reading, people.dan, "Before that.")
    written(old, 3 * HOUR)
    fresh = say(reading, people.dan, "Since.")
    answer(fresh, people.bob)
    assert new_threads([people.carol]) == {(people.carol.pk, reading.pk): 1}
    answer(old, people.dan)
    assert new_threads([people.carol]) == {(people.carol.pk, reading.pk): 2}


def test_what_came_while_they_read_on_is_new_to_them(people: People, reading: Reading) -> None:
    been(reading, people.carol, ago=3 * HOUR, before=None)
    written(say(reading, people.dan, "Said while she read on."), 2 * HOUR)
    Thread.objects.update(active_at=timezone.now() - 2 * HOUR)
    Visit.objects.update(seen_at=timezone.now() - HOUR)  # her place was kept
    assert new_threads([people.carol]) == {(people.carol.pk, reading.pk): 1}
    assert "1 new" in words(people.client("carol").get(reading.get_absolute_url()))


def test_visit_that_lasts_keeps_what_was_new_at_its_start(people: People, reading: Reading) -> None:
    been(reading, people.carol, ago=timedelta(minutes=5), before=3 * HOUR)
    written(say(reading, people.dan), 2 * HOUR)
    page = people.client("carol").get(reading.get_absolute_url()).content.decode()
    assert "data-unread" in page, "the reading page says the same"
    assert new_threads([people.carol]) == {(people.carol.pk, reading.pk): 1}


def test_counts_nothing_that_is_not_for_this_reader(people: People, reading: Reading) -> None:
    been(reading, people.carol, ago=HOUR, before=None)
    say(reading, people.carol, "My own.")
    say(reading, people.dan, "To Thursday.", audience="group")
    say(reading, people.dan, "To himself.", audience="me")
    gone = say(reading, people.dan, "Withdrawn.")
    withdraw(comment=first_of(gone), by=people.dan)
    hidden(first_of(say(reading, people.dan, "Hidden.")), people.alice)
    assert new_threads([people.carol]) == {}
    assert new_threads([people.dan]) == {}, "a reading never opened has nothing new"


def test_my_seminars_and_the_seminar_tell_it(people: People, reading: Reading) -> None:
    been(reading, people.carol, ago=HOUR, before=None)
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
    been(reading, people.carol, ago=HOUR, before=None)
    client = people.client("carol")
    urls = ("/", people.seminar.get_absolute_url())
    few = [queries(client, url) for url in urls]
    for _ in range(30):
        say(reading, people.dan)
    assert [queries(client, url) for url in urls] == few
