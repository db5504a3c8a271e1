"""What is in each table: how many rows, and a hash of them that asks for no order.

The hash of a table is the sum of the SHA-256 of its rows: two servers sort words differently,
and a table of a million rows need not be sorted at all.
"""

# ruff: noqa: S608 - tables that the database itself names

import hashlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hosting.backups.manifest import TableContents

MODULUS = 2**256


class RowsDigest:
    """The hash of rows that are given one by one, each as bytes."""

    def __init__(self) -> None:
        self.rows = self._sum = 0

    def add(self, row: bytes) -> None:
        self.rows += 1
        self._sum += int.from_bytes(hashlib.sha256(row).digest(), "big")

    def contents(self) -> TableContents:
        return TableContents(self.rows, f"{self._sum % MODULUS:064x}")


def digest_of(rows: Iterable[bytes]) -> TableContents:
    digest = RowsDigest()
    for row in rows:
        digest.add(row)
    return digest.contents()


def open_copy(path: Path) -> sqlite3.Connection:
    """Open a SQLite file that nobody writes, and write nothing beside it."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    connection.text_factory = bytes
    return connection


def sqlite_tables(path: Path) -> dict[str, TableContents]:
    """The tables of a SQLite file, those of its search index too. Raises sqlite3.Error."""
    connection = open_copy(path)
    try:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        ).fetchall()
        return {
            name.decode(): digest_of(
                repr(row).encode() for row in connection.execute(f'SELECT * FROM "{name.decode()}"')
            )
            for (name,) in names
        }
    finally:
        connection.close()


def postgresql_tables(cursor: Any) -> dict[str, TableContents]:
    """The tables that this connection sees, as its transaction sees them."""
    cursor.execute(
        "SELECT c.relname FROM pg_class c WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition"
        " AND pg_table_is_visible(c.oid) AND c.relnamespace NOT IN"
        " ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) ORDER BY 1"
    )
    return {name: _copied(cursor, name) for (name,) in cursor.fetchall()}


def _copied(cursor: Any, name: str) -> TableContents:
    """By COPY in its text form, in which each row is a line."""
    digest, rest = RowsDigest(), b""
    with cursor.copy(f'COPY (SELECT * FROM "{name}") TO STDOUT') as copy:
        for block in copy:
            *lines, rest = (rest + bytes(block)).split(b"\n")
            for line in lines:
                digest.add(line)
    return digest.contents()
