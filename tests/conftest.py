"""Fixtures for every test; the people are those of tests/base.py."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django_tasks import task_backends
from pytest_django import DjangoDbBlocker

from discussions.moderation import audit
from readings.models import Reading
from tests.base import People, make_people, make_reading

# Playwright's synchronous API runs an event loop in this thread; the tests still use the
# database synchronously, from this thread alone.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def forget_task_backends() -> None:
    """Let django-tasks read the settings again: it does so once, when the first task is declared.

    The apps may be loaded before this file, and their tasks with them.
    """
    handler: Any = task_backends
    handler.__dict__.pop("settings", None)
    handler._settings = None
    if hasattr(handler._connections, "default"):
        del handler["default"]


def pytest_configure(config: pytest.Config) -> None:
    """Give each run a database of its own, so that two runs at once do not meet.

    What is written need not survive a power cut here, so neither engine waits for the disk.
    """
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        # A file, not memory: the browser's server is another thread with its own connection.
        name = str(Path(tempfile.gettempdir()) / f"colloquy-test-{run}.sqlite3")
        database["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    else:
        name = f"test_colloquy_{run}"
        database["OPTIONS"] = {"options": "-c synchronous_commit=off"}
        # The browser's server is many threads: none keeps a connection when its answer is sent.
        database["CONN_MAX_AGE"] = 0
    database.setdefault("TEST", {})["NAME"] = name
    # What a worker would do is done at once, in this process; test_background.py has a worker.
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    forget_task_backends()
    # Serve static files from where they are written: no test waits for collectstatic.
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """End what still holds the test database, or PostgreSQL would not let it be dropped."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(autouse=True)
def _fast_and_plain(settings: Any, tmp_path: Path) -> None:
    """Hash passwords fast, keep uploads apart, and serve static files under their own names."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _log_can_be_flushed(request: pytest.FixtureRequest) -> Iterator[None]:
    """Lift the audit log's triggers for the clean-up of tests that commit, and only for that."""
    mark = request.node.get_closest_marker("django_db")
    commits = bool(mark and mark.kwargs.get("transaction"))
    commits |= bool({"transactional_db", "live_server"} & set(request.fixturenames))
    if not commits:
        yield
        return
    request.getfixturevalue("transactional_db")
    audit.protect(connection)
    yield
    audit.lift(connection)


@pytest.fixture
def people(db: None) -> People:
    return make_people()


@pytest.fixture
def reading(people: People) -> Reading:
    return make_reading(people)
