"""Who is offered after an “@” in a thread."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from discussions.models import Thread
from readings.models import Reading
from seminars.models import Membership
from tests.base import People
from tests.discussions.base import say, url


def offered(people: People, who: str, thread: Thread, sought: str = "") -> list[str]:
    page = url("thread_readers", thread.reading, thread.pk, query=f"?q={sought}")
    answer: Any = people.client(who).get(page).json()
    return [one["name"] for one in answer["people"]]


def test_those_who_see_the_thread_but_oneself(people: People, reading: Reading) -> None:
    everyone = say(reading, people.carol)
    assert offered(people, "carol", everyone) == ["Alice", "Bob", "Dan", "Grace"]
    group = say(reading, people.carol, audience="group")
    assert offered(people, "carol", group) == ["Alice", "Bob"]
    assert offered(people, "alice", group) == ["Bob", "Carol"]
    assert offered(people, "carol", say(reading, people.carol, audience="me")) == []


def test_by_the_beginning_of_any_word_of_the_name(people: People, thread: Thread) -> None:
    User.objects.filter(pk=people.dan.user_id).update(name="Daniel van Öster")
    assert offered(people, "carol", thread, "öst") == ["Daniel van Öster"]
    assert offered(people, "carol", thread, "VAN Ö") == ["Daniel van Öster"]
    assert offered(people, "carol", thread, "niel") == []


def test_staff_are_named_as_such(people: People, thread: Thread) -> None:
    page = url("thread_readers", thread.reading, thread.pk, query="?q=ali")
    answer = people.client("carol").get(page).json()
    assert answer == {"people": [{"name": "Alice", "role": "Instructor"}]}


def test_not_who_was_removed_nor_anybody_to_guests(people: People, thread: Thread) -> None:
    people.dan.removed_at = people.dan.joined_at
    people.dan.save(update_fields=["removed_at"])
    assert "Dan" not in offered(people, "carol", thread)
    page = url("thread_readers", thread.reading, thread.pk)
    assert people.client("grace").get(page).status_code == 403
    assert people.client("mallory").get(page).status_code == 404
    assert people.client("carol").post(page).status_code == 405


@pytest.mark.once
def test_fixed_number_of_queries_and_of_people(people: People, thread: Thread) -> None:
    def queries() -> int:
        client = people.client("carol")
        page = url("thread_readers", thread.reading, thread.pk)
        with CaptureQueriesContext(connection) as asked:
            assert len(client.get(page).json()["people"]) <= 8
        return len(asked)

    few = queries()
    Membership.objects.bulk_create(
        Membership(
            seminar=people.seminar,
            user=User.objects.create_user(f"more{n}@example.org", name=f"More {n}"),
        )
        for n in range(20)
    )
    assert queries() == few
