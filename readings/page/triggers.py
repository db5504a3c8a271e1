"""The versions of pages, raised by the database itself whoever writes.

A kept piece of a page that is not true any more shows words that were withdrawn, or names a
person who is gone. So no action has to remember to say what it changed: triggers on both
engines do, in the transaction of the change, for bulk updates and for SQL by hand, too.
Each app says in AppConfig.ready() which of its rows shape a page, by a `Watch`.
"""

# ruff: noqa: S608 - tables and columns of our own models, and nothing that anybody sent

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from readings.models import (
    BlockVersion,
    Fragment,
    PageVersion,
    PeopleVersion,
    Reading,
    Visit,
)
from seminars.models import Seminar

PREFIX = "page_version_"
_EVENTS = ("INSERT", "UPDATE", "DELETE")
_BLOCKS, _PAGES = BlockVersion._meta.db_table, PageVersion._meta.db_table
_PEOPLE, _FRAGMENTS = PeopleVersion._meta.db_table, Fragment._meta.db_table
_READINGS, _VISITS = Reading._meta.db_table, Visit._meta.db_table
_SEMINARS = Seminar._meta.db_table


class Shapes(Enum):
    """What a row changes when it changes; the columns that `Watch.places` selects."""

    BLOCKS = "reading_id, block_key"  # these blocks of these readings
    ALL_BLOCKS = "reading_id, 0"  # every block of the page
    PEOPLE = "seminar_id"  # names and groups: every page of the seminar
    VISITS = "reading_id, membership_id"  # what one member sees, and nobody else


PAGES = (Shapes.BLOCKS, Shapes.ALL_BLOCKS)


@dataclass(frozen=True, slots=True)
class Watch:
    """Rows of `model` shape a page.

    `places` is a SELECT of the columns that `shapes` names, under those names, for one row,
    which it calls `{row}`. Updates that touch none of `columns`, where some are given, and
    events that are not named do not count.
    """

    model: type[models.Model]
    shapes: Shapes
    places: str
    columns: Sequence[str] = ()
    events: Sequence[str] = _EVENTS

    @property
    def table(self) -> str:
        return self.model._meta.db_table


_watches: list[Watch] = []


def watch(*watches: Watch) -> None:
    """Add to what raises versions; called from AppConfig.ready()."""
    _watches.extend(watches)


def registered_watches() -> Sequence[Watch]:
    return tuple(_watches)


def install(connection: BaseDatabaseWrapper) -> None:
    """Write every trigger anew, and give a version to what has none."""
    lift(connection)
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if not {_BLOCKS, _PAGES, _PEOPLE, _FRAGMENTS} <= tables:
            return  # half way through the migrations, and they are not there yet
        number = _random(connection)
        for statement in _first_versions(number):
            cursor.execute(statement)
        for statement in _births_and_deaths(connection):
            cursor.execute(statement)
        for index, one in enumerate(_watches):
            if one.table in tables:
                for statement in _statements(one, index, connection):
                    cursor.execute(statement)
        if connection.vendor != "sqlite":  # where one transaction writes at a time
            for table in {one.table for one in _watches} & tables:
                for statement in _holding(table):
                    cursor.execute(statement)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take every trigger off. Migrations do so: SQLite alters a table by making it anew."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
                [f"{PREFIX}%"],
            )
            for name, _ in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
            return
        cursor.execute(
            "SELECT DISTINCT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE %s",
            [f"{PREFIX}%"],
        )
        for name, table in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}" ON {table}')


def installed(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the tables that have their triggers, for the check that none is missing."""
    query = (
        "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
        if connection.vendor == "sqlite"
        else "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [f"{PREFIX}%"])
        return {table.strip('"') for (table,) in cursor.fetchall()}


def _random(connection: BaseDatabaseWrapper) -> str:
    """SQL for 64 random bits."""
    if connection.vendor == "sqlite":
        return "random()"
    return "hashtextextended(gen_random_uuid()::text, 0)"


def _first_versions(number: str) -> Iterator[str]:
    yield (
        f"INSERT INTO {_PAGES} (reading_id, page, blocks) SELECT id, {number}, {number}"
        f" FROM {_READINGS} WHERE id NOT IN (SELECT reading_id FROM {_PAGES})"
    )
    yield (
        f"INSERT INTO {_PEOPLE} (seminar_id, version) SELECT id, {number}"
        f" FROM {_SEMINARS} WHERE id NOT IN (SELECT seminar_id FROM {_PEOPLE})"
    )


def _statements(one: Watch, index: int, connection: BaseDatabaseWrapper) -> Iterator[str]:
    rows = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
    for event in one.events:
        body = [
            statement
            for row in rows[event]
            for statement in _effects(one.shapes, one.places.format(row=row), connection)
        ]
        of = f" OF {', '.join(one.columns)}" if one.columns and event == "UPDATE" else ""
        name = f"{PREFIX}{one.table}_{index}_{event.lower()}"
        yield from _trigger(name, f"{event}{of} ON {one.table}", body, connection)


def _trigger(
    name: str, when: str, body: Sequence[str], connection: BaseDatabaseWrapper
) -> Iterator[str]:
    done = " ".join(f"{statement};" for statement in body)
    if connection.vendor == "sqlite":
        yield f"CREATE TRIGGER {name} AFTER {when} BEGIN {done} END"
        return
    yield (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN {done} RETURN NULL; END $$"
    )
    yield f"CREATE TRIGGER {name} AFTER {when} FOR EACH ROW EXECUTE FUNCTION {name}()"


def _holding(table: str) -> Iterator[str]:
    """SQL that holds every page that an update of this table changes before any is changed.

    One row may be watched for several pages, as an essay is for its readings and for those that are
    linked with them: each watch takes its own in order, and the next one begins anew.
    """
    of_pages = [
        one
        for one in _watches
        if one.table == table and one.shapes in PAGES and "UPDATE" in one.events
    ]
    if len(of_pages) < 2:
        return
    places = " UNION ".join(
        f"SELECT reading_id FROM ({one.places.format(row=row)}) AS of_{row}_{index}"
        for index, one in enumerate(of_pages)
        for row in ("OLD", "NEW")
    )
    columns = {name for one in of_pages for name in one.columns}
    of = f" OF {', '.join(sorted(columns))}" if all(one.columns for one in of_pages) else ""
    name = f"{PREFIX}{table}_holds"
    yield (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN {_held(places)}; RETURN NEW; END $$"
    )
    yield (
        f"CREATE TRIGGER {name} BEFORE UPDATE{of} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


def _held(readings: str) -> str:
    """SQL, for a function of PostgreSQL, that holds the pages of these readings in one order."""
    return (
        f"PERFORM 1 FROM {_PAGES} WHERE reading_id IN ({readings}) ORDER BY reading_id FOR UPDATE"
    )


def _births_and_deaths(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """A reading and a seminar have a version from the beginning, and leave none behind."""
    number = _random(connection)
    here = "reading_id = {row}.id"
    clean = [f"DELETE FROM {table} WHERE {here}" for table in (_PAGES, _BLOCKS, _FRAGMENTS)]
    begun = f"INSERT INTO {_PAGES} (reading_id, page, blocks) VALUES (NEW.id, {number}, {number})"
    people = f"DELETE FROM {_PEOPLE} WHERE seminar_id = {{row}}.id"
    met = f"INSERT INTO {_PEOPLE} (seminar_id, version) VALUES (NEW.id, {number})"
    for table, gone, born in ((_READINGS, clean, begun), (_SEMINARS, [people], met)):
        new, old = ([one.format(row=row) for one in gone] for row in ("NEW", "OLD"))
        name = f"{PREFIX}{table}"
        yield from _trigger(f"{name}_begins", f"INSERT ON {table}", [*new, born], connection)
        yield from _trigger(f"{name}_ends", f"DELETE ON {table}", old, connection)


def _effects(shapes: Shapes, places: str, connection: BaseDatabaseWrapper) -> Iterator[str]:
    """SQL that raises the versions of these places; of a page first, then of its blocks in order.

    So two writers wait for each other at the page, and never in a circle.
    """
    number = _random(connection)
    of_places = f"SELECT reading_id FROM ({places}) AS places"
    readings = f"({of_places})"
    if shapes in PAGES and connection.vendor != "sqlite":
        yield _held(of_places)  # of a link there are two: in one order, whoever writes
    match shapes:
        case Shapes.BLOCKS:
            yield f"UPDATE {_PAGES} SET page = {number} WHERE reading_id IN {readings}"
            yield f"DELETE FROM {_FRAGMENTS} WHERE (reading_id, block_key) IN ({places})"
            yield from _block_versions(places, number, connection)
        case Shapes.ALL_BLOCKS:
            yield (
                f"UPDATE {_PAGES} SET page = {number}, blocks = {number}"
                f" WHERE reading_id IN {readings}"
            )
            yield f"DELETE FROM {_FRAGMENTS} WHERE reading_id IN {readings}"
        case Shapes.PEOPLE:
            yield f"UPDATE {_PEOPLE} SET version = {number} WHERE seminar_id IN ({places})"
            yield (
                f"DELETE FROM {_FRAGMENTS} WHERE reading_id IN"
                f" (SELECT id FROM {_READINGS} WHERE seminar_id IN ({places}))"
            )
        case Shapes.VISITS:
            yield (
                f"UPDATE {_VISITS} SET own_version = {number}"
                f" WHERE (reading_id, membership_id) IN ({places})"
            )


def _block_versions(places: str, number: str, connection: BaseDatabaseWrapper) -> Iterator[str]:
    insert = (
        f"INSERT INTO {_BLOCKS} (reading_id, block_key, version)"
        f" SELECT reading_id, block_key, {number}"
        f" FROM (SELECT DISTINCT reading_id, block_key FROM ({places}) AS places) AS blocks"
    )
    if connection.vendor == "sqlite":
        # Not “INSERT OR REPLACE”: the writer's own conflict clause would take its place.
        yield f"DELETE FROM {_BLOCKS} WHERE (reading_id, block_key) IN ({places})"
        yield insert
    else:
        yield (
            f"{insert} ORDER BY block_key"
            " ON CONFLICT (reading_id, block_key) DO UPDATE SET version = EXCLUDED.version"
        )
