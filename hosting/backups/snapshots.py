"""The database at one moment: written to a file, with what that moment had in it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from database.copy import copy_database
from hosting.backups import postgresql
from hosting.backups.manifest import TableContents
from hosting.backups.tables import open_copy, postgresql_tables, sqlite_tables

SQLITE, POSTGRESQL = "sqlite", "postgresql"
FILES = {SQLITE: "database.sqlite3", POSTGRESQL: "database.dump"}

Ask = Callable[[str], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Snapshot:
    """What was written, and of what: `media` are the names of files that its rows refer to."""

    engine: str
    engine_version: str
    path: Path
    tables: dict[str, TableContents]
    migrations: list[list[str]]
    media: set[str]


def take_snapshot(folder: Path) -> Snapshot:
    """Write the database of this instance into `folder`, over what an earlier try left there.

    Raises BackupRefused, OSError, and sqlite3.Error.
    """
    path = folder / FILES[connection.vendor]
    path.unlink(missing_ok=True)
    return _sqlite(path) if connection.vendor == SQLITE else _postgresql(path)


def _sqlite(path: Path) -> Snapshot:
    copy_database(Path(connection.settings_dict["NAME"]), path)
    tables = sqlite_tables(path)
    copy = open_copy(path)
    copy.text_factory = str
    try:
        migrations, media = _contents(lambda sql: copy.execute(sql).fetchall(), tables)
    finally:
        copy.close()
    return Snapshot(SQLITE, sqlite3.sqlite_version, path, tables, migrations, media)


def _postgresql(path: Path) -> Snapshot:
    """What pg_dump writes and what is counted here is the same moment of the server's."""
    with _one_moment() as (cursor, moment):
        postgresql.dump(path, moment)
        tables = postgresql_tables(cursor)

        def ask(sql: str) -> list[tuple[Any, ...]]:
            cursor.execute(sql)
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found

        migrations, media = _contents(ask, tables)
    version = postgresql.server_version()
    return Snapshot(POSTGRESQL, version, path, tables, migrations, media)


@contextmanager
def _one_moment() -> Iterator[tuple[Any, str]]:
    """A transaction that sees one moment, and the name by which another may see the same."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (moment,) = cursor.fetchone() or ("",)
        yield cursor, moment


def _contents(ask: Ask, tables: dict[str, TableContents]) -> tuple[list[list[str]], set[str]]:
    migrations: list[tuple[Any, ...]] = []
    if "django_migrations" in tables:
        migrations = ask("SELECT app, name FROM django_migrations ORDER BY app, name")
    media: set[str] = set()
    for table, column in media_columns():
        if table in tables:
            rows = ask(f'SELECT DISTINCT "{column}" FROM "{table}"')  # noqa: S608 - our own
            media |= {str(name) for (name,) in rows if name}
    return [list(row) for row in migrations], media


def media_columns() -> list[tuple[str, str]]:
    """The tables and columns in which the names of uploaded files stand."""
    return [
        (model._meta.db_table, str(field.column))
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.FileField)
    ]
