"""Putting the kinds of link in order."""

from django.urls import reverse

from discussions.links import link_kinds
from tests.base import People, make_people
from tests.seminars.helpers import assert_for_instructors


def test_put_in_order(people: People) -> None:
    first, second, *rest = link_kinds(people.seminar)
    place = reverse("link_kind_place", args=["seminar", first.pk])
    client = people.client("alice")
    assert client.post(place, {"place": "1"}).status_code == 302
    assert link_kinds(people.seminar) == [second, first, *rest]
    client.post(place, {"place": "99"})
    assert link_kinds(people.seminar) == [second, *rest, first]
    client.post(place, {"place": "first"})
    assert link_kinds(people.seminar)[-1] == first
    assert client.get(place).status_code == 405


def test_who_may(people: People) -> None:
    kind = link_kinds(people.seminar)[0]
    page = reverse("link_kind_place", args=["seminar", kind.pk])
    assert_for_instructors(people, page, "post")
    elsewhere = link_kinds(make_people("other").seminar)[0]
    theirs = reverse("link_kind_place", args=["seminar", elsewhere.pk])
    assert people.client("alice").post(theirs).status_code == 404
