"""More time for a group or a person: given, changed, taken back, and what it changes for them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from readings.models import Extension, Reading
from readings.setup.extension_actions import (
    give_extension,
)
from seminars.models import Event
from tests.base import People, make_people, make_reading
from tests.discussions.base import say, url
from tests.readings.extensions import DUE, LATER, opens_for, page_of, post
from tests.seminars.helpers import assert_for_instructors, words


def test_one_person_has_more_time(people: People, due: Reading) -> None:
    carol, dan = people.client("carol"), people.client("dan")
    assert not opens_for(carol, due)
    assert post(people.client("alice"), due, target=f"member-{people.carol.pk}").status_code == 302
    assert opens_for(carol, due)
    assert not opens_for(dan, due)
    page = words(carol.get(due.get_absolute_url()))
    assert "extended for you to" in page
    assert "extended" not in words(dan.get(due.get_absolute_url()))
    event = Event.objects.get(kind="extension.given")
    assert (event.audience, event.reading_id) == ("staff", due.pk)


def test_a_group_has_more_time(people: People, due: Reading) -> None:
    fields = {"target": f"group-{people.thursday.pk}", "note": "The library was closed."}
    assert post(people.client("alice"), due, **fields).status_code == 302
    assert opens_for(people.client("dan"), due)
    assert not opens_for(people.client("carol"), due)
    assert "The library was closed." in words(people.client("alice").get(page_of(due)))
    assert Event.objects.get(kind="extension.given").group_id == people.thursday.pk


def test_the_most_generous_holds(people: People, due: Reading) -> None:
    give_extension(reading=due, by=people.alice, group=people.monday, due_at=LATER)
    own = DUE + timedelta(hours=1)
    give_extension(reading=due, by=people.alice, membership=people.carol, due_at=own)
    dates = Reading.objects.get(pk=due.pk).deadlines_for(people.carol)
    assert dates.due_at == LATER
    assert dates.closes_at == LATER
    page = people.client("carol").get(due.get_absolute_url())
    assert LATER.date().isoformat() in page.content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"target": ""}, "This field is required."),
        ({"target": "member-999999"}, "Choose a group or a participant of this seminar."),
        ({"due_at": ""}, "Say until when."),
        ({"due_at": "2001-01-01T10:00"}, "This is no later than for everybody."),
        ({"closes_at": "2039-01-01T10:00"}, "This is before the date above it."),
        ({"due_at": "nonsense"}, "Enter a valid date/time."),
        ({"note": "x" * 301}, "at most 300 characters"),
    ],
)
def test_what_cannot_be(people: People, due: Reading, fields: dict[str, str], said: str) -> None:
    target = {"target": f"group-{people.monday.pk}", "note": "Kept words."}
    response = post(people.client("alice"), due, **(target | fields))
    assert response.status_code == 422
    assert said in words(response)
    assert fields.get("note", "Kept words.") in response.content.decode()
    assert not Extension.objects.exists()


def test_without_dates_there_is_nothing_to_extend(people: People, reading: Reading) -> None:
    alice = people.client("alice")
    assert "This reading has no dates" in words(alice.get(page_of(reading)))
    assert alice.post(page_of(reading), {"target": "x"}).status_code == 200
    assert not Extension.objects.exists()


def test_queries_do_not_grow(people: People, due: Reading) -> None:
    """Of the page that lists them, and of the reading's, for who was given time twice."""
    counts = []
    for receivers in ([people.carol], [people.dan, people.monday, people.thursday]):
        for one in receivers:
            whom = {"group" if one in (people.monday, people.thursday) else "membership": one}
            give_extension(reading=due, by=people.alice, due_at=LATER, **whom)  # type: ignore[arg-type]
        alice, carol = people.client("alice"), people.client("carol")
        count = []
        for client, page in ((alice, page_of(due)), (carol, due.get_absolute_url())):
            client.get(page)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(page).status_code == 200
            count.append(len(captured))
        counts.append(count)
    assert counts[0] == counts[1]


def test_words_before_and_after(people: People, due: Reading) -> None:
    """A thread from before stays as it was, and can be answered by who has time."""
    thread = say(due, people.bob)
    give_extension(reading=due, by=people.alice, membership=people.carol, closes_at=LATER)
    address = url("comment_create", due, thread.pk)
    assert people.client("carol").post(address, {"body": "In time."}).status_code == 302
    assert people.client("dan").post(address, {"body": "Too late."}).status_code == 403


def test_who_may(people: People, due: Reading) -> None:
    for method in ("get", "post"):
        assert_for_instructors(people, page_of(due), method)
    theirs = make_reading(make_people("third"), "theirs")
    gone = reverse("extension_list", args=["third", theirs.slug])
    assert people.client("alice").get(gone).status_code == 404
    assert people.client("alice").delete(page_of(due)).status_code == 405
