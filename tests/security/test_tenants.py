"""Actions hold the border between seminars themselves, whatever a view hands them."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from readings.models import Reading
from seminars.actions import update_membership
from tests.base import People, make_people
from tests.discussions.base import say


@pytest.fixture
def others(people: People) -> People:
    return make_people("other")


@pytest.mark.parametrize("who", ["alice", "carol"])
def test_no_thread_in_another_seminar(reading: Reading, others: People, who: str) -> None:
    with pytest.raises(PermissionDenied):
        say(reading, getattr(others, who))
    assert not reading.threads.exists()


def test_no_thread_in_a_reading_that_has_not_opened(people: People, reading: Reading) -> None:
    reading.opens_at = timezone.now() + timedelta(days=1)
    reading.save()
    with pytest.raises(PermissionDenied):
        say(reading, people.carol)
    assert say(reading, people.alice).pk, "staff prepare it"


def test_who_began_a_groups_thread_and_left_the_group_is_named_among_its_readers(
    people: People, reading: Reading
) -> None:
    thread = say(reading, people.carol, audience="group")
    page = people.client("bob").get(thread.get_absolute_url()).content.decode()
    assert "Monday and the instructors can read this thread." in page
    update_membership(
        membership=people.carol, role="participant", group=people.thursday, by=people.alice
    )
    page = people.client("bob").get(thread.get_absolute_url()).content.decode()
    assert "Monday, the instructors and whoever began it can read this thread." in page
    assert people.client("dan").get(thread.get_absolute_url()).status_code == 404


def test_no_group_of_another_seminar(people: People, others: People) -> None:
    with pytest.raises(PermissionDenied):
        update_membership(
            membership=people.carol, role="participant", group=others.monday, by=people.alice
        )
    people.carol.refresh_from_db()
    assert people.carol.group == people.monday
