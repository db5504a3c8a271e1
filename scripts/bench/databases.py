"""Databases of the bench's own, of the kind that DATABASE_URL names: no real data is met."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection


@dataclass(frozen=True)
class Databases:
    """The URLs of two: an instance of one seminar, and a whole one."""

    one: str
    whole: str


def manage(url: str, *words: str) -> None:
    """Run `manage.py` with these words in the database of `url`; raise CommandError."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *words]
    environment = {**os.environ, "DATABASE_URL": url}
    if subprocess.run(command, env=environment, check=False).returncode:
        raise CommandError(f"The step “{' '.join(words[:3])}” failed; see above.")


def gather_statistics(url: str) -> None:
    """Let PostgreSQL look at its tables, as it does by itself within a minute on a host."""
    if connection.vendor == "postgresql":
        with psycopg.connect(url, autocommit=True) as asked:
            asked.execute("ANALYZE")


@contextmanager
def databases_of_our_own() -> Iterator[Databases]:
    """Two empty databases with their tables; both are gone afterwards."""
    with _on_postgresql() if connection.vendor == "postgresql" else _on_sqlite() as databases:
        yield databases


def _make_tables(url: str) -> None:
    manage(url, "migrate", "--verbosity", "0")
    manage(url, "createcachetable")


@contextmanager
def _on_sqlite() -> Iterator[Databases]:
    one, whole = (settings.VAR_DIR / f"bench-{name}.sqlite3" for name in ("one", "whole"))
    _remove(one, whole)
    try:
        databases = Databases(f"sqlite:///{one}", f"sqlite:///{whole}")
        _make_tables(databases.one)
        shutil.copyfile(one, whole)
        yield databases
    finally:
        _remove(one, whole)


def _remove(*paths: Path) -> None:
    for path in paths:
        for file in path.parent.glob(f"{path.name}*"):  # with its -wal and -shm
            file.unlink()


@contextmanager
def _on_postgresql() -> Iterator[Databases]:
    base = urlsplit(os.environ["DATABASE_URL"])
    one, whole = (f"colloquy_bench_{os.getpid()}_{name}" for name in ("one", "whole"))
    try:
        databases = Databases(*(base._replace(path=f"/{name}").geturl() for name in (one, whole)))
        _run(f"CREATE DATABASE {one}")
        _make_tables(databases.one)
        _run(f"CREATE DATABASE {whole} TEMPLATE {one}")
        yield databases
    finally:
        for name in (one, whole):
            _run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _run(sql: str) -> None:
    """Run a statement that takes no parameters; the names in it are our own."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
