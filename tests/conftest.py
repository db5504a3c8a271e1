"""Fixtures for every test; the people are those of tests/base.py."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test import SimpleTestCase
from django_tasks import task_backends
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key

from discussions.moderation import audit
from discussions.notifications.kept_count import forget_counts
from readings.models import BlockVersion, PageVersion, PeopleVersion, Reading
from tests import migrated
from tests.base import People, make_people, make_reading
from tests.examples import FIRST_RUN, SECOND_RUN
from tests.seeds import Seed, Seeds, fixture_of, wanted_by
from tests.selection import (
    depends_on_database,
    engine_asked,
    mark_browser,
    runs_on_every_database,
)

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
        database["OPTIONS"]["options"] = "-c synchronous_commit=off"
        database["OPTIONS"]["prepare_threshold"] = 0  # at once, so that every test has prepared
        # The browser's server is many threads: none keeps a connection when its answer is sent.
        database["CONN_MAX_AGE"] = 0
    database.setdefault("TEST", {})["NAME"] = name
    again = config.getoption("only_database")
    hypothesis.settings.load_profile(SECOND_RUN if again else FIRST_RUN)
    # What a worker would do is done at once, in this process; test_background.py has a worker.
    settings.TASKS = {"default": {"BACKEND": "tests.tasks.AtOnce"}}
    forget_task_backends()
    # Serve static files from where they are written: no test waits for collectstatic.
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database",
        action="store_true",
        help="run what depends on the database alone: for a second run on another one",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    mark_browser(items)
    if config.getoption("only_database"):
        config.hook.pytest_deselected(items=[it for it in items if not runs_on_every_database(it)])
        items[:] = filter(runs_on_every_database, items)


@pytest.hookimpl(trylast=True, specname="pytest_collection_modifyitems")
def pytest_start_the_long_ones_first(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.get_closest_marker("first") is None)


@pytest.fixture(scope="session")
def seeds() -> Seeds:
    return Seeds()


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> Iterator[bool]:
    """Begin with a migrated database where one is kept, and remove it at the end."""
    database = settings.DATABASES["default"]
    name = database["TEST"]["NAME"]
    if not database["ENGINE"].endswith("sqlite3") or not migrated.copy_to(name):
        yield False
        return
    yield True
    connection.close()
    migrated.remove(name)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_keepdb: bool,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    seeds: Seeds,
) -> Iterator[None]:
    """End what still holds the test database, or PostgreSQL would not let it be dropped."""
    if connection.vendor == "sqlite" and not django_db_keepdb:
        with django_db_blocker.unblock():
            migrated.keep_copy()
    yield
    with django_db_blocker.unblock():
        seeds.stand_on(None)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )


@pytest.fixture
def _django_db_helper(_seeded: None, _django_db_helper: None) -> None:
    """Have the seeds made before pytest-django opens the transaction of the test itself."""


@pytest.fixture
def _seeded(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    seeds: Seeds,
    _fast_and_plain: None,
) -> Iterator[None]:
    is_committing = commits(request.node)
    with django_db_blocker.unblock():
        seeds.stand_on(None if is_committing else wanted_by(request))
    yield
    if is_committing:
        # Tables were emptied in any order, the versions of blocks before the threads on them, say:
        # triggers have written some again.
        with django_db_blocker.unblock():
            for model in (BlockVersion, PageVersion, PeopleVersion):
                model._default_manager.all().delete()


@pytest.fixture(scope="class", autouse=True)
def _own_transactions(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker, seeds: Seeds
) -> None:
    """Leave Django's own test cases the database as they would find it without seeds."""
    if request.cls is not None and issubclass(request.cls, SimpleTestCase):
        with django_db_blocker.unblock():
            seeds.stand_on(None)


@pytest.fixture(autouse=True)
def _engine_unasked(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that would differ between databases, and yet run on one of them alone."""
    if depends_on_database(request.node):
        yield
        return
    with engine_asked() as asked:
        yield
    assert not asked, "Mark it `engine`, for it asks which database there is:\n" + "\n".join(asked)


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    """Forget what is kept of another test, whose rows had the same keys and the same events."""
    forget_counts()


@pytest.fixture(autouse=True)
def _fast_and_plain(settings: Any, tmp_path: Path) -> None:
    """Hash passwords fast, keep uploads and mails apart, serve static files as they are named."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "media"
    # Through the queue as everywhere, and from there into mail.outbox.
    settings.EMAIL_BACKEND = "accounts.mail.QueuedBackend"
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def commits(item: pytest.Item) -> bool:
    """Whether the test's own transactions are real ones."""
    mark = item.get_closest_marker("django_db")
    return bool(
        (mark and mark.kwargs.get("transaction"))
        or {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    )


@pytest.fixture(autouse=True)
def _log_can_be_flushed(request: pytest.FixtureRequest) -> Iterator[None]:
    """Lift the audit log's triggers for the clean-up of tests that commit, and only for that."""
    if not commits(request.node):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    audit.lift(connection)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Set the audit log's triggers again once the database was emptied, and not yet removed."""
    yield
    if nextitem is not None and commits(item):
        with item.config.stash[blocking_manager_key].unblock():
            audit.protect(connection)


PEOPLE = Seed(make_people)
READING = Seed(make_reading, PEOPLE)
seed_people, seed_reading = fixture_of(PEOPLE), fixture_of(READING)


@pytest.fixture
def people(seed_make_people: People) -> People:
    return seed_make_people


@pytest.fixture
def reading(people: People, seed_make_reading: Reading) -> Reading:
    return seed_make_reading
