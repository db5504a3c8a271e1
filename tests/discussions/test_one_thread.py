"""A thread asked for by a query made once: the same rule as every other channel's."""

import pytest
from django.db import transaction

from discussions.common.one_thread import locked_thread, visible_thread
from discussions.models import Thread
from readings.models import Reading
from seminars.models import Membership
from tests.base import People, make_people, make_reading
from tests.discussions.base import say

KEYS = ("alice", "bob", "carol", "dan", "grace")


@pytest.mark.parametrize("open_to_guests", [True, False])
def test_found_by_those_alone_who_may_see_it(people: People, open_to_guests: bool) -> None:
    reading = make_reading(people, open_to_guests=open_to_guests)
    threads = [
        say(reading, author, audience=audience)
        for author in (people.alice, people.carol, people.dan)
        for audience in ("seminar", "group", "staff", "me")
        if audience != "group" or author.group_id
    ]
    for key in KEYS:
        member: Membership = getattr(people, key)
        visible = set(Thread.objects.visible_to(member).values_list("pk", flat=True))
        found = {
            thread.pk
            for thread in threads
            if visible_thread(member, reading_id=reading.pk, pk=thread.pk)
        }
        assert found == visible, key
        with transaction.atomic():
            held = {thread.pk for thread in threads if locked_thread(member, pk=thread.pk)}
        assert held == visible, key


def test_not_through_another_reading(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol)
    other = make_reading(people, slug="other")
    assert visible_thread(people.carol, reading_id=other.pk, pk=thread.pk) is None


def test_not_from_another_seminar(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol)
    stranger = make_people("other").alice
    assert visible_thread(stranger, reading_id=reading.pk, pk=thread.pk) is None


def test_withdrawn_threads_and_removed_members(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol)
    people.carol.removed_at = people.carol.joined_at
    assert visible_thread(people.carol, reading_id=reading.pk, pk=thread.pk) is None
    Thread.objects.filter(pk=thread.pk).update(withdrawn_at=thread.created_at)
    assert visible_thread(people.dan, reading_id=reading.pk, pk=thread.pk) is None
