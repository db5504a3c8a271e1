"""What the tests of backups are about: an instance with people, a reading and its file."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from hosting.backups import postgresql
from readings.models import Reading, Revision
from tests.rules import ROOT

ESSAY = b"# On margins\n\nA seminar reads one text together.\n"
SITE = "https://read.example.org"


def put_source(reading: Reading, name: str = "margins.md", data: bytes = ESSAY) -> str:
    """Give the reading's revision its uploaded file; return the file's name in the storage."""
    name = default_storage.save(f"sources/2026/11/{name}", ContentFile(data))
    Revision.objects.filter(pk=reading.revision_id).update(source=name)
    return name


@contextmanager
def empty_place(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of an instance in `folder` that has nothing, on the same kind of database."""
    ours = {"DATABASE_URL", "CACHE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "DEMO", "DEBUG"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    environment = {**kept, "VAR_DIR": str(folder)}
    if connection.vendor == "sqlite":
        yield environment
    else:
        with postgresql.scratch_database() as url:
            yield {**environment, "DATABASE_URL": url}


def manage(environment: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
