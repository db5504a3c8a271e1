"""Which tests depend on the database: these run on SQLite and on PostgreSQL, the others once.

A test depends on it when it opens it (a fixture, a mark or Django's own test case says so), or
when it is marked `engine`: it starts a process of ours, or asks which database there is. That
no other test does so is watched (`engine_asked`), or a difference between the two could hide
in a test that runs on one of them alone.
"""

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connections
from django.test import SimpleTestCase

OPEN_IT = {"db", "transactional_db", "live_server", "django_db_reset_sequences"}
DRIVE_CHROMIUM = {"chromium"}


def depends_on_database(item: pytest.Item) -> bool:
    case = getattr(item, "cls", None)
    return bool(
        OPEN_IT & set(getattr(item, "fixturenames", ()))
        or item.get_closest_marker("django_db")
        or item.get_closest_marker("engine")
        or (case is not None and issubclass(case, SimpleTestCase))
    )


def runs_on_every_database(item: pytest.Item) -> bool:
    """The browser is the same before both databases; there the main job stands for the rest.

    What is marked `once` opens a database, and looks at what none of them can change.
    """
    is_browser = item.get_closest_marker("browser") and not item.get_closest_marker("main_job")
    is_same = is_browser or item.get_closest_marker("once")
    return depends_on_database(item) and not is_same


def mark_browser(items: list[pytest.Item]) -> None:
    for item in items:
        if DRIVE_CHROMIUM & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)


_asked: list[str] | None = None  # None where a test may ask


def _starts_ours(event: str, args: tuple[Any, ...]) -> None:
    if event == "subprocess.Popen" and _asked is not None:
        _executable, command, *_rest = args
        words = [command] if isinstance(command, str | bytes) else list(command)
        if any(str(word).endswith("manage.py") for word in words):
            _asked.append(f"starts {' '.join(map(str, words))}")


sys.addaudithook(_starts_ours)


@contextmanager
def engine_asked() -> Iterator[list[str]]:
    """Yield a list of what asks, meanwhile, which database there is: places and processes."""
    global _asked
    kind = type(connections[DEFAULT_DB_ALIAS])
    vendor = kind.vendor
    asked: list[str] = []

    def tell(_self: object) -> str:
        asked.append("".join(traceback.format_stack(limit=3)[:-1]))
        return str(vendor)

    kind.vendor = property(tell)  # type: ignore[assignment]
    _asked = asked
    try:
        yield asked
    finally:
        kind.vendor, _asked = vendor, None
