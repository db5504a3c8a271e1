"""Going back to the kinds of link that every seminar begins with."""

from typing import Any

from django.urls import reverse

from discussions.links import link_kinds
from discussions.links.kind_actions import (
    add_link_kind,
    change_link_kind,
    place_link_kind,
    remove_link_kind,
)
from readings.models import Reading
from tests.base import People, markup
from tests.discussions.links import kind_of, link, make_far_reading
from tests.forms import send
from tests.seminars.helpers import assert_for_instructors

URL = reverse("default_link_kinds", args=["seminar"])


def test_back_to_the_list_of_the_beginning(people: People, reading: Reading) -> None:
    begun = link_kinds(people.seminar)
    names = [one.name for one in begun]
    own = add_link_kind(name="mocks", passive="is mocked by", is_directed=True, by=people.alice)
    thread = link(reading, make_far_reading(people), people.carol)
    new: dict[str, Any] = {"name": "replies to", "passive": "is replied to by", "is_directed": True}
    change_link_kind(kind=kind_of(reading), **new, by=people.alice)
    remove_link_kind(kind=begun[2], by=people.alice)
    place_link_kind(kind=begun[0], place=9, by=people.alice)
    client = people.client("alice")
    assert "mocks" in markup(client.get(URL))
    assert send(client, URL).status_code == 302
    assert [one.name for one in link_kinds(people.seminar)] == names
    own.refresh_from_db()
    assert own.removed_at is not None
    thread.refresh_from_db()
    assert thread.link_kind == begun[0]
    assert send(client, URL).status_code == 302


def test_who_may(people: People) -> None:
    assert_for_instructors(people, URL)
    assert_for_instructors(people, URL, "post")
