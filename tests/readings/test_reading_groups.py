"""A reading that is for some groups: the others do not reach it by any way."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from readings.models import Reading
from readings.setup.actions import change_settings
from tests.base import People, make_reading
from tests.discussions.base import answer, first_of, say
from tests.forms import form_on, send
from tests.seminars.helpers import words

HOME, SEMINAR = "/", "/s/seminar/"
READERS = ("alice", "bob", "carol")


def settings_of(reading: Reading) -> str:
    return reverse("reading_settings", args=["seminar", reading.slug])


@pytest.fixture
def for_monday(people: People, reading: Reading) -> Reading:
    change_settings(reading=reading, by=people.alice, groups=[people.monday])
    return reading


def test_other_groups_do_not_reach_it(people: People, for_monday: Reading) -> None:
    thread = say(for_monday, people.carol, "A remark.")
    addresses = [
        for_monday.get_absolute_url(),
        reverse("thread_list", args=["seminar", for_monday.slug]),
        thread.get_absolute_url(),
    ]
    for key in ("alice", "bob", "carol", "dan", "grace"):
        client = people.client(key)
        for address in addresses:
            assert client.get(address).status_code == (200 if key in READERS else 404), key
        for page in (HOME, SEMINAR):
            said = words(client.get(page))
            assert ("On margins" in said) == (key in READERS), (key, page)
            assert ("1 reading" in said) == (key in READERS) or page == SEMINAR, key


def test_who_is_in_no_group_reads_what_is_for_all(people: People, for_monday: Reading) -> None:
    people.carol.group = None
    people.carol.save(update_fields=["group"])
    client = people.client("carol")
    assert client.get(for_monday.get_absolute_url()).status_code == 404
    change_settings(reading=for_monday, by=people.alice, groups=[])
    assert client.get(for_monday.get_absolute_url()).status_code == 200


def test_one_for_several_groups(people: People, for_monday: Reading) -> None:
    change_settings(reading=for_monday, by=people.alice, groups=[people.monday, people.thursday])
    for key in ("carol", "dan"):
        assert people.client(key).get(for_monday.get_absolute_url()).status_code == 200
    assert "Only for Monday, Thursday" in words(people.client("alice").get(SEMINAR))
    assert "Only for" not in words(people.client("carol").get(SEMINAR))


def test_who_moves_on_keeps_their_own_words(people: People, for_monday: Reading) -> None:
    thread = say(for_monday, people.carol, "Mine, from Monday.")
    people.carol.group = people.thursday
    people.carol.save(update_fields=["group"])
    client = people.client("carol")
    assert client.get(thread.get_absolute_url()).status_code == 404
    own = words(client.get("/s/seminar/notebook/"))
    assert "Mine, from Monday." in own
    assert "The reading is for other groups now." in own
    taken = client.post(
        reverse("comment_withdrawal", args=["seminar", for_monday.slug, first_of(thread).pk])
    )
    assert taken.status_code == 302


def test_the_form_ticks_groups(people: People, reading: Reading) -> None:
    client, page = people.client("alice"), settings_of(reading)
    assert send(client, page, groups=[str(people.thursday.pk)]).status_code == 302
    assert set(reading.groups.all()) == {people.thursday}
    assert form_on(client, page).as_it_stands["groups"] == [str(people.thursday.pk)]
    assert send(client, page, groups=[]).status_code == 302
    assert not reading.groups.exists()


def test_a_group_of_elsewhere_is_none(people: People, reading: Reading) -> None:
    for wrong in ("0", "999999", "x"):
        response = send(people.client("alice"), settings_of(reading), groups=[wrong])
        assert response.status_code == 422
    assert not reading.groups.exists()


def test_who_changes_the_groups_second_is_told(people: People, reading: Reading) -> None:
    client, page = people.client("alice"), settings_of(reading)
    old = client.get(page).content.decode()
    assert 'name="version" value="1"' in old
    change_settings(reading=reading, by=people.alice, groups=[people.monday])
    late = client.post(
        page, {"version": "1", "groups": [str(people.thursday.pk)], "open_to_guests": "on"}
    )
    assert late.status_code == 409
    assert "Monday" in words(late)
    assert set(reading.groups.all()) == {people.monday}


def test_asking_for_the_same_groups_changes_nothing(people: People, for_monday: Reading) -> None:
    version = Reading.objects.get(pk=for_monday.pk).edit_version
    change_settings(reading=for_monday, by=people.alice, groups=[people.monday])
    assert Reading.objects.get(pk=for_monday.pk).edit_version == version


def test_it_begins_with_its_groups(people: People, reading: Reading) -> None:
    essay = reading.essay_id
    reading.delete()
    fields: dict[str, Any] = {"essay": str(essay), "groups": [str(people.monday.pk)]}
    page = reverse("reading_create", args=["seminar"])
    assert send(people.client("alice"), page, **fields).status_code == 302
    assert set(people.seminar.readings.get().groups.all()) == {people.monday}


def test_replies_stop_at_the_groups(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol)
    answer(thread, people.dan)
    change_settings(reading=reading, by=people.alice, groups=[people.monday])
    response = people.client("dan").post(
        reverse("comment_create", args=["seminar", reading.slug, thread.pk]), {"body": "More."}
    )
    assert response.status_code == 404
    assert thread.comments.count() == 2


def test_the_page_asks_no_more(people: People, reading: Reading) -> None:
    other = make_reading(people, "narrow")
    other.groups.set([people.monday, people.thursday])
    client = people.client("carol")
    counts = []
    for each in (reading, other):
        client.get(each.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            assert client.get(each.get_absolute_url()).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
