"""Django's SQLite, with connections that stay open and writers that queue.

Opening a connection, with its functions and PRAGMAs, takes three times as long as a small page
does without it. So connections are kept (CONN_MAX_AGE), and each request asks whether the file
is still the one that was opened: a backup put in its place must be seen at once, and nothing
may be written to a file that is gone.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.creation import DatabaseCreation as DjangoCreation

from database.backends.sqlite3.write_lock import WriteLock

if TYPE_CHECKING:
    DjangoWrapper = Any  # its stubs leave out what a backend overrides
else:
    DjangoWrapper = base.DatabaseWrapper

SUFFIX = ".write-lock"
# How Django's statements that write begin. Another spelling is not wrong: it does not queue.
WRITES = frozenset({"INSERT", "UPDATE", "DELETE", "REPLAC"})


class Connection(sqlite3.Connection):
    """A connection with its place in the writers' queue; in memory there is none."""

    write_lock: WriteLock | None = None
    patience = 5.0  # seconds

    def begin_writing(self) -> None:
        """Wait for one's turn; raises OperationalError where it does not come in time."""
        if self.write_lock is None:
            return
        try:
            in_time = self.write_lock.acquire(self.patience)
        except OSError as error:
            raise sqlite3.OperationalError(f"unable to open the write lock: {error}") from error
        if not in_time:
            raise sqlite3.OperationalError("database is locked: another writer goes on")

    def end_writing(self) -> None:
        if self.write_lock is not None:
            self.write_lock.release()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One's turn, for a single statement."""
        self.begin_writing()
        try:
            yield
        finally:
            self.end_writing()


# Of each connection: of people in other roles and with more groups other statements ask, and
# the longest takes three milliseconds to compile, and a tenth of a megabyte.
STATEMENTS_KEPT = 500


@lru_cache(maxsize=512)
def _with_question_marks(query: str) -> str:
    """Django's own conversion: it goes through the whole statement."""
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class Cursor(base.SQLiteCursorWrapper):
    """A cursor whose statements queue where they write without a transaction around them.

    An INSERT with RETURNING is committed when its row is fetched, a moment after its turn has
    ended: SQLite's own lock keeps the next one out until then.
    """

    connection: Connection

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        """Write the places of the parameters as SQLite does; for each statement once."""
        if param_names is None:
            return _with_question_marks(query)
        named: str = super().convert_query(query, param_names=param_names)
        return named

    def execute(self, query: str, params: Any = None) -> Any:
        if query[:6] not in WRITES or self.connection.in_transaction:
            return super().execute(query, params)
        with self.connection.writing():
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        if query[:6] not in WRITES or self.connection.in_transaction:
            return super().executemany(query, param_list)
        with self.connection.writing():
            return super().executemany(query, param_list)


class DatabaseCreation(DjangoCreation):
    def _destroy_test_db(self, test_database_name: str, verbosity: int) -> None:
        """Remove the queue's file with the test database."""
        super()._destroy_test_db(test_database_name, verbosity)  # type: ignore[misc]
        with suppress(FileNotFoundError):
            Path(f"{test_database_name}{SUFFIX}").unlink()


class DatabaseWrapper(DjangoWrapper):  # type: ignore[misc]
    connection: Connection
    creation_class = DatabaseCreation
    _file_opened: tuple[int, int] | None = None

    def get_connection_params(self) -> dict[str, Any]:
        kept = {"cached_statements": STATEMENTS_KEPT}
        return {**super().get_connection_params(), **kept, "factory": Connection}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        connection: Connection = super().get_new_connection(conn_params)
        if not self.is_in_memory_db():
            connection.write_lock = WriteLock(f"{conn_params['database']}{SUFFIX}")
            connection.patience = conn_params.get("timeout", connection.patience)
        self._file_opened = self._file_now()
        return connection

    def create_cursor(self, name: str | None = None) -> Cursor:  # noqa: ARG002 - Django's own
        return self.connection.cursor(factory=Cursor)

    def prepared_cursor(self) -> Any:
        """A cursor for statements that are asked again and again: sqlite3 keeps each connection's
        last ones as they were compiled."""
        return self.cursor()

    def is_usable(self) -> bool:
        """Whether the database's file is still the one that was opened; asked once a request."""
        return self._file_now() == self._file_opened

    def _file_now(self) -> tuple[int, int] | None:
        """Device and number of the file, or None where there is none."""
        try:
            found = os.stat(self.settings_dict["NAME"])  # noqa: PTH116 - a third of Path's time
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _start_transaction_under_autocommit(self) -> None:
        if self.transaction_mode != "IMMEDIATE":
            super()._start_transaction_under_autocommit()
            return
        with self.wrap_database_errors:
            self.connection.begin_writing()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self.connection.end_writing()
            raise

    def _commit(self) -> None:
        super()._commit()  # where it fails the transaction stands, and so does one's turn
        self._end_writing()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._end_writing()

    def _end_writing(self) -> None:
        connection: Connection | None = self.connection  # None where it was closed in between
        if connection is not None:
            connection.end_writing()

    def _close(self) -> None:
        connection: Connection | None = self.connection
        try:
            super()._close()
        finally:
            if connection is not None and connection.write_lock is not None:
                connection.write_lock.close()
