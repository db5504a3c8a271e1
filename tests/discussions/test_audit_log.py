"""The audit log can be added to and nothing else, whoever asks the database."""

import pytest
from django.db import DatabaseError, connection, transaction

from discussions.models import Decision, Thread
from readings.models import Reading
from tests.base import People


@pytest.fixture
def decision(people: People, reading: Reading) -> Decision:
    thread = Thread.objects.create(
        seminar=people.seminar, reading=reading, audience="seminar", author=people.carol
    )
    return Decision.objects.create(
        seminar=people.seminar,
        actor=people.alice,
        actor_role="instructor",
        action="lock",
        thread=thread,
        before="open",
        after="locked",
    )


@pytest.mark.parametrize(
    "statement",
    ["UPDATE discussions_decision SET reason = 'x'", "DELETE FROM discussions_decision"],
)
def test_database_refuses_to_change_a_decision(decision: Decision, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    decision.refresh_from_db()
    assert decision.reason == ""


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_database_refuses_to_empty_the_log(decision: Decision) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE discussions_decision")
    assert Decision.objects.count() == 1


def test_model_refuses_to_save_a_decision_twice(decision: Decision) -> None:
    decision.note_to_staff = "on second thoughts"
    with pytest.raises(TypeError, match="never changed"):
        decision.save()
