"""What a host is told at start when something about the machine is unsafe."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register  # noqa: A004

from database.sqlite_version import SAFE_VERSION


@register()
def check_sqlite_version(**kwargs: Any) -> Sequence[CheckMessage]:  # noqa: ARG001
    """Warn where SQLite is in use in a version that can corrupt the database."""
    on_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    if not on_sqlite or settings.SQLITE_VERSION >= SAFE_VERSION:
        return []
    found = ".".join(map(str, settings.SQLITE_VERSION))
    return [
        Warning(
            f"SQLite {found} can corrupt a database when its write-ahead log is reset.",
            hint="Install the pinned requirements: make setup",
            id="colloquy.W001",
        )
    ]
