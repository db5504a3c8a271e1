"""Where nothing can be written: who reads reads on, who writes is told why with their words kept.

The disk itself is filled by the drill (scripts/drills/disk_full.py).
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from django.test import Client

from database.full import has_no_room, if_there_is_room
from readings.models import Reading, Visit
from tests.base import People
from tests.discussions.base import new_thread_data, url

WORDS = "Words that nobody may lose."


@contextmanager
def nothing_can_be_written() -> Iterator[None]:
    """The database takes no write, as on a full disk."""
    is_sqlite = connection.vendor == "sqlite"
    with transaction.atomic(), connection.cursor() as cursor:
        # On PostgreSQL it is taken back with the savepoint.
        cursor.execute(
            "PRAGMA query_only = 1" if is_sqlite else "SET LOCAL transaction_read_only = on"
        )
        yield
        if is_sqlite:
            cursor.execute("PRAGMA query_only = 0")
        else:
            transaction.set_rollback(True)


def test_reader_reads_on_at_the_first_visit(people: People, reading: Reading) -> None:
    client = people.client("carol")
    with nothing_can_be_written():
        assert client.get(reading.get_absolute_url()).status_code == 200
        assert not Visit.objects.exists()


@pytest.mark.parametrize("by_script", [True, False])
def test_writer_is_told_why(people: People, reading: Reading, by_script: bool) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(people.carol.user)
    headers = {"HX-Request": "true"} if by_script else {}
    with nothing_can_be_written():
        sent = new_thread_data(body=WORDS)
        answer = client.post(url("thread_list", reading), sent, headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 507
    assert "disk is full" in page
    assert ("data-refusal" if by_script else WORDS) in page
    assert answer.headers["Retry-After"] == "300"


def test_no_room_is_known_by_its_cause() -> None:
    full = OperationalError("database or disk is full")
    caused = RuntimeError()
    caused.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    assert has_no_room(full)
    assert has_no_room(caused)
    assert not has_no_room(OperationalError("no such table"))
    assert not has_no_room(OSError(errno.ENOENT, "No such file"))
    assert not has_no_room(None)


@pytest.mark.django_db
def test_other_faults_are_not_left_out() -> None:
    with pytest.raises(DatabaseError), if_there_is_room(), connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
