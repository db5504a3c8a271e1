"""Moving an instance from SQLite to PostgreSQL: every row, and then every row compared."""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import DatabaseError, connection, connections, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models.sql import InsertQuery
from django.db.utils import ConnectionHandler

from config.service_urls import NotSuch
from config.service_urls import database as database_of
from database.copy import copy_database
from database.full_text import TermsField
from hosting.backups import postgresql
from hosting.backups.errors import BackupRefused
from hosting.backups.manifest import TableContents
from hosting.backups.snapshots import SQLITE
from hosting.backups.tables import digest_of

SOURCE, TARGET = "moved_from", "moved_to"
BATCH = 500  # rows sent at once
Models = list[type[models.Model]]


def move_database(url: str) -> dict[str, TableContents]:
    """Fill the empty PostgreSQL database of `url` with this instance's; return what it has now.

    The source is only read. Raises BackupRefused; then the target is as empty as it was.
    """
    _refuse_source()
    with ExitStack() as stack:
        stack.enter_context(opened(TARGET, _target(url)))
        if not postgresql.is_empty(TARGET):
            raise BackupRefused("The new database has tables: move into an empty one only.")
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="moved-")))
        watch = stack.enter_context(_watched(Path(connection.settings_dict["NAME"])))
        copy_database(Path(connection.settings_dict["NAME"]), folder / "source.sqlite3")
        stack.enter_context(opened(SOURCE, sqlite_file(folder / "source.sqlite3")))
        try:
            _make_tables(url)
            contents = copy_rows(all_models(), SOURCE, TARGET)
            if watch():
                raise BackupRefused(
                    "Somebody wrote meanwhile, which would be lost: stop the server and the"
                    " worker, and move again."
                )
        except BaseException:
            postgresql.clear(TARGET)
            raise
    return contents


def _refuse_source() -> None:
    if connection.vendor != SQLITE:
        raise BackupRefused("DATABASE_URL names PostgreSQL already: there is nothing to move.")
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise BackupRefused("This database is of an older version: run manage.py migrate first.")


def _target(url: str) -> dict[str, Any]:
    try:
        found = database_of(url)
    except NotSuch as wrong:
        raise BackupRefused(f"The new database’s address {wrong}.") from None
    if not found["ENGINE"].endswith("postgresql"):
        raise BackupRefused(
            "The new database’s address must be postgres://user:password@host/name."
        )
    return found


def sqlite_file(path: Path) -> dict[str, Any]:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": path}


@contextmanager
def opened(alias: str, database: dict[str, Any]) -> Iterator[None]:
    """Let the ORM know one more database, under `alias`. Raises BackupRefused."""
    handler: Any = connections
    handler.settings[alias] = ConnectionHandler({"default": database}).settings["default"]
    try:
        connections[alias].ensure_connection()
    except DatabaseError as error:
        del handler.settings[alias]
        raise BackupRefused(f"The database does not answer: {str(error).strip()}") from error
    try:
        yield
    finally:
        connections[alias].close()
        del connections[alias]
        del handler.settings[alias]


@contextmanager
def _watched(path: Path) -> Iterator[Any]:
    """Yield what tells whether another connection has written to the file since."""
    watcher = sqlite3.connect(path)

    def version() -> Any:
        return watcher.execute("PRAGMA data_version").fetchone()

    before = version()
    try:
        yield lambda: version() != before
    finally:
        watcher.close()


def _make_tables(url: str) -> None:
    """Make them as for a new instance, by the command that does."""
    for words in (["migrate", "--verbosity", "0"], ["createcachetable"]):
        done = subprocess.run(  # noqa: S603 - our own words
            [sys.executable, "manage.py", *words],
            cwd=settings.BASE_DIR,
            env={**os.environ, "DATABASE_URL": url},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            last = (done.stderr.strip().splitlines() or [""])[-1]
            raise BackupRefused(f"The tables could not be made: {last}")


def all_models(registry: Any = apps) -> Models:
    """The models whose rows are moved: all that have a table of their own."""
    found = registry.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


# --- The rows ------------------------------------------------------------------------------------
def copy_rows(tables: Models, source: str, target: str) -> dict[str, TableContents]:
    """Put every row of `source` in the place of all rows of `target`, and compare them.

    One transaction. Triggers wait: what they keep is copied like everything else. Raises
    BackupRefused where a row is refused, or is not the same afterwards.
    """
    with transaction.atomic(using=target), connections[target].cursor() as cursor:
        names = [f'"{model._meta.db_table}"' for model in tables]
        for name in names:
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        cursor.execute(f"TRUNCATE {', '.join(names)}")
        for model in tables:
            _copy_table(model, source, target)
        for statement in connections[target].ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in names:
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
        contents = {model._meta.db_table: contents_of(model, target) for model in tables}
        for model in tables:
            expected, found = contents_of(model, source), contents[model._meta.db_table]
            if expected != found:
                raise BackupRefused(
                    f"The table {model._meta.db_table} is not as it was: expected {expected},"
                    f" found {found}."
                )
    return contents


def _copy_table(model: type[models.Model], source: str, target: str) -> None:
    fields = columns_of(model)
    terms = [field for field in fields if isinstance(field, TermsField)]
    batch: list[models.Model] = []
    try:
        for row in rows_of(model, source):
            for field in terms:
                setattr(row, field.attname, field.terms_of(row))
            batch.append(row)
            if len(batch) == BATCH:
                _insert(model, fields, batch, target)
                batch = []
        if batch:
            _insert(model, fields, batch, target)
    except (DatabaseError, ValueError) as error:
        # Without its own words, which may have the row's in them.
        raise BackupRefused(
            f"PostgreSQL does not take a row of {model._meta.db_table} ({type(error).__name__})."
        ) from None


def _insert(
    model: type[models.Model], fields: "list[models.Field[Any, Any]]", rows: list[Any], target: str
) -> None:
    """Each value as it is, a time that is set by itself, too."""
    query: Any = InsertQuery(model)
    query.insert_values(fields, rows, raw=True)
    query.get_compiler(using=target).execute_sql()


def columns_of(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def rows_of(model: type[models.Model], alias: str) -> Iterator[Any]:
    rows = model._base_manager.using(alias).order_by("pk")
    terms = [one.name for one in columns_of(model) if isinstance(one, TermsField)]
    return rows.defer(*terms).iterator(chunk_size=BATCH)


# --- Compared ------------------------------------------------------------------------------------
def contents_of(model: type[models.Model], alias: str) -> TableContents:
    """The rows of a table as both kinds of database give them to the app."""
    fields = [one for one in columns_of(model) if not isinstance(one, TermsField)]
    return digest_of(_written(row, fields) for row in rows_of(model, alias))


def _written(row: Any, fields: "Iterable[models.Field[Any, Any]]") -> bytes:
    return repr([_same(getattr(row, field.attname)) for field in fields]).encode()


def _same(value: Any) -> Any:
    """One way to write a value that the two databases keep in different ways."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case Decimal():
            return str(value.normalize())
        case memoryview():
            return bytes(value)
        case dict() | list():
            return json.dumps(_whole(value), sort_keys=True)
        case _:
            return value


def _whole(value: Any) -> Any:
    """JSON in which 1.0 is 1, as PostgreSQL may give it back."""
    match value:
        case dict():
            return {key: _whole(each) for key, each in value.items()}
        case list():
            return [_whole(each) for each in value]
        case float() if value.is_integer():
            return int(value)
        case _:
            return value
