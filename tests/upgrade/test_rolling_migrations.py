"""Migrations after a release leave its code working, for the time of a rolling restart.

Old code goes on reading and writing on the new tables until its process is ended. So nothing that
it names may go, and nothing that it does not know may be demanded of its rows.
"""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

from scripts.architecture import PACKAGES
from tests.rules import lists_offences
from tests.upgrade.release import migrations_of, unpack

# By "app.migration": why it may do what the rule forbids. What is gone by then was not used by the
# code of the release, say, or is told to hosts as a version that needs a stop.
SPARED: dict[str, str] = {}

GONE = (
    migrations.RemoveField,
    migrations.DeleteModel,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.AlterModelTable,
)


def offences(operations: Sequence[Operation]) -> Iterator[str]:
    """What of a migration the code before it could not live with."""
    for operation in operations:
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from offences(operation.database_operations)
        elif isinstance(operation, GONE):
            yield operation.describe()
        elif isinstance(operation, migrations.AddField) and _is_demanded(operation.field):
            yield f"{operation.describe()}: it is neither null nor has a db_default"


def _is_demanded(field: Any) -> bool:
    """Whether a row that says nothing of it is refused by the database."""
    is_column = not field.many_to_many and not field.generated
    return is_column and not field.null and not field.has_db_default()


@lists_offences
def test_migrations_after_the_release_are_safe_for_a_rolling_restart() -> Iterator[str]:
    for name, told in sorted(_since_the_release()):
        if name not in SPARED:
            yield from (f"{name}: {one}" for one in told)


def test_what_is_spared_is_there() -> None:
    assert set(SPARED) <= {name for name, told in _since_the_release() if told}


def _since_the_release() -> Iterator[tuple[str, list[str]]]:
    with tempfile.TemporaryDirectory() as folder:
        released = migrations_of(unpack(Path(folder)))
    for key, migration in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.items():
        if key not in released and key[0] in PACKAGES:
            yield ".".join(key), list(offences(migration.operations))


COLUMN: Any = {"model_name": "comment", "name": "added"}


@pytest.mark.parametrize(
    ("operation", "is_safe"),
    [
        (migrations.AddField(**COLUMN, field=models.IntegerField(default=0)), False),
        (migrations.AddField(**COLUMN, field=models.IntegerField(default=0, db_default=0)), True),
        (migrations.AddField(**COLUMN, field=models.IntegerField(null=True)), True),
        (migrations.AddField(**COLUMN, field=models.ManyToManyField("seminars.Group")), True),
        (migrations.RemoveField(**COLUMN), False),
        (migrations.RenameField("comment", "added", "put"), False),
        (migrations.DeleteModel("Comment"), False),
        (
            migrations.SeparateDatabaseAndState(
                state_operations=[migrations.RemoveField(**COLUMN)]
            ),
            True,
        ),
        (migrations.SeparateDatabaseAndState([migrations.RemoveField(**COLUMN)]), False),
    ],
)
def test_rule_tells_one_from_the_other(operation: Operation, is_safe: bool) -> None:
    assert (list(offences([operation])) == []) is is_safe
