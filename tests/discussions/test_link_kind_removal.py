"""Removing a kind of link: it stays with the links that have it."""

from django.urls import reverse

from discussions.links import link_kinds
from discussions.links.kind_actions import remove_link_kind
from discussions.models import LinkKind
from readings.models import Reading
from tests.base import People, make_people, markup
from tests.discussions.links import kind_of, link, make_far_reading
from tests.forms import send
from tests.seminars.helpers import assert_for_instructors


def address(kind: LinkKind) -> str:
    return reverse("link_kind_removal", args=["seminar", kind.pk])


def test_removed_and_kept_by_its_links(people: People, reading: Reading) -> None:
    kind = kind_of(reading)
    thread = link(reading, make_far_reading(people), people.carol)
    client = people.client("alice")
    assert "keep it" in markup(client.get(address(kind)))
    assert send(client, address(kind)).status_code == 302
    assert kind not in link_kinds(people.seminar)
    assert client.get(address(kind)).status_code == 404
    page = people.client("dan").get(thread.get_absolute_url())
    assert "answers" in markup(page)


def test_never_the_last_one(people: People) -> None:
    *others, last = link_kinds(people.seminar)
    for kind in others:
        remove_link_kind(kind=kind, by=people.alice)
    answer = send(people.client("alice"), address(last))
    assert answer.status_code == 422
    assert "one kind of link at least" in markup(answer)
    assert link_kinds(people.seminar) == [last]


def test_who_may(people: People, reading: Reading) -> None:
    kind = kind_of(reading)
    assert_for_instructors(people, address(kind))
    assert_for_instructors(people, address(kind), "post")
    elsewhere = link_kinds(make_people("other").seminar)[0]
    assert people.client("alice").get(address(elsewhere)).status_code == 404
