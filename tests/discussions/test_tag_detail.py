"""Renaming a tag."""

from django.urls import reverse

from discussions.models import Tag
from discussions.thread_marks.actions import create_tag
from tests.base import People, make_people, markup
from tests.forms import send
from tests.seminars.helpers import assert_for_instructors


def address(tag: Tag) -> str:
    return reverse("tag_detail", args=["seminar", tag.pk])


def test_renamed(people: People) -> None:
    tag = create_tag(name="methd", by=people.alice)
    assert send(people.client("alice"), address(tag), name="Method").status_code == 302
    tag.refresh_from_db()
    assert tag.name == "Method"


def test_name_of_another_and_old_state_are_refused(people: People) -> None:
    tag = create_tag(name="method", by=people.alice)
    create_tag(name="sources", by=people.alice)
    client = people.client("alice")
    assert send(client, address(tag), name="Sources").status_code == 422
    stale = client.post(address(tag), {"name": "way", "version": "7"})
    assert stale.status_code == 409
    assert 'value="way"' in markup(stale)
    tag.refresh_from_db()
    assert tag.name == "method"


def test_who_may(people: People) -> None:
    tag = create_tag(name="method", by=people.alice)
    assert_for_instructors(people, address(tag))
    assert_for_instructors(people, address(tag), "post")
    elsewhere = create_tag(name="elsewhere", by=make_people("other").alice)
    assert people.client("alice").get(address(elsewhere)).status_code == 404
