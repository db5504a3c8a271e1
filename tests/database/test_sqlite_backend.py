"""Connections to SQLite stay open, and those who write queue for their turn."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler
from django.test import RequestFactory
from pytest_django import DjangoDbBlocker

from database.backends.sqlite3.base import SUFFIX, DatabaseWrapper

ROOT = Path(__file__).resolve().parents[2]
WRITE = "UPDATE counter SET value = value + 1"


def open_database(path: Path, timeout: float = 10) -> DatabaseWrapper:
    """A connection as the app's settings make it, to a file of the test's own."""
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": timeout,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
    }
    configured = ConnectionHandler(
        {
            "default": {
                "ENGINE": "database.backends.sqlite3",
                "NAME": path,
                "OPTIONS": options,
                "CONN_MAX_AGE": None,
                "CONN_HEALTH_CHECKS": True,
            }
        }
    )
    return DatabaseWrapper(configured.settings["default"], "writers")


@pytest.fixture
def path(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    """A database with one row that is counted up."""
    path = tmp_path / "writers.sqlite3"
    with django_db_blocker.unblock():
        database = open_database(path)
        with database.cursor() as cursor:
            cursor.execute("CREATE TABLE counter (value integer)")
            cursor.execute("INSERT INTO counter VALUES (0)")
        database.close()
        yield path


@contextmanager
def use(path: Path, timeout: float = 10) -> Iterator[DatabaseWrapper]:
    """This thread's connection, under the alias `writers`."""
    database = connections["writers"] = open_database(path, timeout)
    try:
        yield database
    finally:
        database.close()
        del connections["writers"]


def value_of(database: BaseDatabaseWrapper) -> int:
    with database.cursor() as cursor:
        value: int = cursor.execute("SELECT value FROM counter").fetchone()[0]
    return value


def write(database: DatabaseWrapper) -> None:
    with database.cursor() as cursor:
        cursor.execute(WRITE)


def undo(database: DatabaseWrapper) -> None:
    """Write, and take it back."""
    with transaction.atomic("writers"):
        write(database)
        transaction.set_rollback(True, "writers")


@contextmanager
def turn_of_another(path: Path) -> Iterator[None]:
    """Somebody else stands first in the queue, and has not begun to write."""
    with Path(f"{path}{SUFFIX}").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def test_eight_processes_write_in_turn(path: Path) -> None:
    """None is told that the database is locked, no count is lost, and each has a share."""
    until = 4_000  # long enough that the machine itself gives each its share
    result = subprocess.run(
        [sys.executable, "-m", "tests.database.writers", str(path), "8", str(until)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    written = json.loads(result.stdout)
    assert [each for each in written if isinstance(each, str)] == []
    # Each of them writes once more after another has counted to the end.
    assert until <= sum(written) < until + 8
    # SQLite's own waiting leaves one of eight with a tenth of its share and less.
    assert min(written) >= until / 8 / 4, written


def test_threads_of_one_process_write_in_turn(path: Path) -> None:
    errors: list[Exception] = []

    def count() -> None:
        with use(path) as database:
            for _ in range(50):
                try:
                    with transaction.atomic("writers"):
                        value = value_of(database)
                        with database.cursor() as cursor:
                            cursor.execute("UPDATE counter SET value = %s", [value + 1])
                except OperationalError as error:
                    errors.append(error)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with use(path) as database:
        assert (errors, value_of(database)) == ([], 200)


def test_whoever_waits_too_long_is_told(path: Path) -> None:
    """A transaction and a statement of its own alike; who only reads does not queue."""
    with use(path, timeout=0.1) as database:
        with turn_of_another(path):
            with (
                pytest.raises(OperationalError, match="database is locked"),
                transaction.atomic("writers"),
            ):
                write(database)
            with pytest.raises(OperationalError, match="database is locked"):
                write(database)
            assert value_of(database) == 0
        # Those turns were given up: neither comes later, to nobody.
        with transaction.atomic("writers"):
            write(database)
        write(database)
        assert value_of(database) == 2
    with turn_of_another(path):
        pass  # and nobody holds the queue


def test_turn_ends_with_the_outermost_block(path: Path) -> None:
    with use(path) as database:
        with transaction.atomic("writers"):
            undo(database)
            with transaction.atomic("writers"):
                write(database)
            with use_in_thread(path, timeout=0.1) as refused:
                assert isinstance(refused[0], OperationalError)
        with use_in_thread(path, timeout=5) as refused:
            assert refused == []
        undo(database)
        with use_in_thread(path, timeout=5) as refused:
            assert refused == []
        assert value_of(database) == 3


@contextmanager
def use_in_thread(path: Path, timeout: float) -> Iterator[list[Exception]]:
    """Write on another thread's connection; yields the error, if there was one."""
    errors: list[Exception] = []

    def work() -> None:
        with use(path, timeout) as database:
            try:
                write(database)
            except OperationalError as error:
                errors.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(30)
    yield errors


def test_whoever_dies_frees_the_queue(path: Path) -> None:
    """Killed in the middle of a transaction, a process leaves nothing for others to clear."""
    holder = (
        "import sys, time; from pathlib import Path;"
        "from database.sqlite_version import use_safe_sqlite; use_safe_sqlite();"
        "from django.conf import settings; settings.configure();"
        "from django.db import connections, transaction;"
        "from tests.database.test_sqlite_backend import open_database, write;"
        "database = connections['writers'] = open_database(Path(sys.argv[1]));"
        "transaction.atomic('writers').__enter__(); write(database);"
        "print('written', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", holder, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    with process, process.stdout:
        assert process.stdout.readline() == "written\n"
        with use_in_thread(path, timeout=0.1) as refused:
            assert len(refused) == 1
        os.kill(process.pid, signal.SIGKILL)
    with use_in_thread(path, timeout=10) as refused:
        assert refused == []
    with use(path) as database:
        assert value_of(database) == 1


def test_restored_file_is_seen_by_the_next_request(path: Path, tmp_path: Path) -> None:
    """The kept connection must not read, and still less write, a file that is gone."""
    with use(path) as database:
        write(database)
        copy = tmp_path / "copy.sqlite3"
        with database.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(copy)])
        write(database)
        kept = database.connection
        database.close_if_unusable_or_obsolete()  # as at the start of each request
        assert value_of(database) == 2
        assert database.connection is kept
        for left in ("-wal", "-shm"):
            Path(f"{path}{left}").unlink(missing_ok=True)
        copy.replace(path)
        database.close_if_unusable_or_obsolete()
        assert value_of(database) == 1
        write(database)
    with use(path) as database:
        assert value_of(database) == 2


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's connections have an age")
def test_connection_outlives_the_request(transactional_db: None) -> None:
    """Each thread opens the database once, and not once a request."""
    application = get_wsgi_application()
    kept = []
    for _ in range(3):
        environ = RequestFactory().get("/readyz").environ
        answer = application(environ, lambda *_: None)  # type: ignore[arg-type]
        assert b"done" in b"".join(answer)
        answer.close()
        kept.append(connection.connection)
    assert kept[0] is not None
    assert kept == [kept[0]] * 3
