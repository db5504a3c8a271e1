"""`manage.py repair_counts`."""

from io import StringIO

import pytest
from django.core.management import call_command

from discussions.comments.actions import withdraw
from discussions.models import Thread
from readings.models import Reading
from tests.base import People
from tests.discussions.base import answer, hidden, say


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("repair_counts", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def busy(people: People, reading: Reading) -> Thread:
    thread = say(reading, people.carol)
    for who in (people.dan, people.bob, people.alice):
        answer(thread, who)
    hidden(thread.comments.get(seq=2), people.alice)
    withdraw(comment=thread.comments.get(seq=3), by=people.bob)
    say(reading, people.carol, "")
    return thread


def test_what_the_actions_count_is_right(busy: Thread) -> None:
    assert run() == "All counts are right.\n"


def test_wrong_numbers_are_set_right(busy: Thread) -> None:
    Thread.objects.filter(pk=busy.pk).update(comment_count=7, last_seq=0)
    told = f"Thread {busy.pk}: 7 comments are 2, last number 0 is 4.\n"
    assert run("--dry-run") == told + "1 threads wrong.\n"
    assert run() == told + "1 threads set right.\n"
    busy.refresh_from_db()
    assert (busy.comment_count, busy.last_seq) == (2, 4)
    assert run() == "All counts are right.\n"
