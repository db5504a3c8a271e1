"""A transaction that does not wait for the disk, and leaves the next one as it was."""

import pytest
from django.db import connection, transaction

from database.asynchronous_commit import asynchronous_commit

# What the settings of production are, by engine: set, ask, and what is said within and after.
FULL = {
    "sqlite": ("PRAGMA synchronous = FULL", "PRAGMA synchronous", 1, 2),
    "postgresql": ("SET synchronous_commit TO on", "SHOW synchronous_commit", "off", "on"),
}


@pytest.mark.django_db(transaction=True)
def test_only_its_own_commit_does_not_wait() -> None:
    setting, asking, within, after = FULL[connection.vendor]

    def said() -> object:
        with connection.cursor() as cursor:
            cursor.execute(asking)
            return cursor.fetchone()[0]

    with connection.cursor() as cursor:
        cursor.execute(setting)
    with asynchronous_commit():
        assert said() == within
    assert said() == after
    with pytest.raises(ZeroDivisionError), asynchronous_commit():
        _ = 1 / 0
    assert said() == after
    with transaction.atomic(), asynchronous_commit():
        assert said() == after, "as durable as the transaction that it is a part of"
    connection.close()  # others find it as their settings say
