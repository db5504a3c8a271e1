"""A seminar's name and description."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from readings.models import Reading
from tests.base import People
from tests.forms import send
from tests.seminars.helpers import assert_for_instructors, invite

URL = reverse("seminar_settings", args=["seminar"])
SEMINAR = reverse("seminar_detail", args=["seminar"])


def test_saves_and_keeps_the_address(people: People) -> None:
    client = people.client("alice")
    assert 'value="Two views"' in client.get(URL).content.decode()
    assert send(client, URL, name="Three views", description="New").status_code == 302
    people.seminar.refresh_from_db()
    assert (people.seminar.name, people.seminar.description) == ("Three views", "New")
    assert people.seminar.slug == "seminar"


def test_bad_input_comes_back_with_the_text(people: People) -> None:
    answer = people.client("alice").post(URL, {"name": "", "description": "Kept words"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Kept words" in page
    assert "Two views" in page, "the page around the form has the old name"
    people.seminar.refresh_from_db()
    assert people.seminar.name == "Two views"


def test_rules_are_shown_to_members_and_to_who_may_join(people: People) -> None:
    client = people.client("alice")
    assert 'id="rules"' not in client.get(SEMINAR).content.decode()
    send(client, URL, rules="Be *kind*.\n\n<script>alert(1)</script>")
    for who in ("alice", "carol", "grace"):
        page = people.client(who).get(SEMINAR).content.decode()
        assert "Be <em>kind</em>." in page
        assert "<script>alert" not in page
    _, link = invite(people)
    assert "Be <em>kind</em>." in Client().get(link).content.decode()
    send(client, URL, rules="")
    assert "kind" not in Client().get(link).content.decode()


def test_rules_are_linked_where_a_thread_begins(people: People, reading: Reading) -> None:
    carol, page = people.client("carol"), reading.get_absolute_url()
    link = f'href="{SEMINAR}#rules"'
    assert link not in carol.get(page).content.decode()
    send(people.client("alice"), URL, rules="Be kind.")
    assert link in carol.get(page).content.decode()


def test_rules_that_show_nothing_come_back(people: People) -> None:
    answer = send(people.client("alice"), URL, rules="\u200b **\u2800**")
    assert answer.status_code == 422
    people.seminar.refresh_from_db()
    assert people.seminar.rules == ""


@pytest.mark.parametrize(
    ("default", "carols", "bobs"),
    [("group", "group:{}", "seminar"), ("seminar", "seminar", "seminar"), ("me", "me", "me")],
)
def test_a_new_thread_begins_with_the_default_audience(
    people: People, reading: Reading, default: str, carols: str, bobs: str
) -> None:
    send(people.client("alice"), URL, default_audience=default)
    picker = reverse("thread_new", args=["seminar", reading.slug]) + "?block=p1"
    for page in (reading.get_absolute_url(), picker):
        for who, audience in (("carol", carols.format(people.monday.pk)), ("bob", bobs)):
            content = people.client(who).get(page).content.decode()
            checked = re.findall(r'<option value="([\w:]+)" selected', content)
            assert set(checked) == {audience}, (page, who)
    grace = people.client("grace").get(reading.get_absolute_url())
    assert grace.status_code == 200


def test_an_audience_that_is_none_comes_back(people: People) -> None:
    for wrong in ("staff", "everybody", ""):
        assert send(people.client("alice"), URL, default_audience=wrong).status_code == 422


def test_who_may(people: People) -> None:
    assert_for_instructors(people, URL)
    assert_for_instructors(people, URL, "post")
    assert people.client("alice").delete(URL).status_code == 405
