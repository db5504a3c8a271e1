"""Wording a kind of link anew."""

from django.urls import reverse

from discussions.links import link_kinds
from discussions.models import LinkKind
from readings.models import Reading
from seminars.models import Event
from tests.base import People, make_people, markup
from tests.discussions.links import kind_of, link, make_far_reading
from tests.forms import send
from tests.seminars.helpers import assert_for_instructors


def address(kind: LinkKind) -> str:
    return reverse("link_kind_detail", args=["seminar", kind.pk])


def test_worded_anew_for_the_links_that_have_it(people: People, reading: Reading) -> None:
    kind = kind_of(reading)
    thread = link(reading, make_far_reading(people), people.carol)
    new = {"name": "replies to", "passive": "is replied to by"}
    assert send(people.client("alice"), address(kind), **new).status_code == 302
    kind.refresh_from_db()
    assert (kind.name, kind.passive) == ("replies to", "is replied to by")
    assert Event.objects.filter(kind="link_kind.changed").count() == 1
    page = people.client("dan").get(thread.get_absolute_url())
    assert "replies to" in markup(page)


def test_the_words_of_the_beginning_stay_in_each_readers_language(
    people: People, reading: Reading
) -> None:
    kind = kind_of(reading)
    client = people.client("alice")
    assert 'value="is answered by"' in markup(client.get(address(kind)))
    assert send(client, address(kind)).status_code == 302
    kind.refresh_from_db()
    assert (kind.own_name, kind.own_passive, kind.edit_version) == ("", "", 1)
    assert send(client, address(kind), passive="has an answer in").status_code == 302
    kind.refresh_from_db()
    assert (kind.own_name, kind.passive) == ("", "has an answer in")


def test_without_a_direction_it_reads_alike(people: People, reading: Reading) -> None:
    kind = kind_of(reading)
    data = {"name": "meets", "passive": "is met by", "version": "1"}
    assert people.client("alice").post(address(kind), data).status_code == 302
    kind.refresh_from_db()
    assert (kind.name, kind.passive, kind.is_directed) == ("meets", "meets", False)


def test_name_of_another_and_old_state_are_refused(people: People, reading: Reading) -> None:
    kind = kind_of(reading)
    client = people.client("alice")
    assert send(client, address(kind), name="Supports").status_code == 422
    sent = {"name": "asks", "passive": "is asked by", "is_directed": "on"}
    stale = client.post(address(kind), sent | {"version": "7"})
    assert stale.status_code == 409
    assert 'value="asks"' in markup(stale)
    kind.refresh_from_db()
    assert kind.name == "answers"


def test_who_may(people: People, reading: Reading) -> None:
    kind = kind_of(reading)
    assert_for_instructors(people, address(kind))
    assert_for_instructors(people, address(kind), "post")
    elsewhere = link_kinds(make_people("other").seminar)[0]
    assert people.client("alice").get(address(elsewhere)).status_code == 404
