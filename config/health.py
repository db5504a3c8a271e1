"""Whether this instance can serve: what `/readyz` says.

Anybody may ask, as often as they like: it is looked into at most once in some seconds by each
process, by one asker, and the others are told what was found.
"""

import os
import threading
import time
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

KEPT_SECONDS = 5.0
# Below it the next uploads fail, and soon SQLite's log.
LEAST_FREE_BYTES = 32 * 1024 * 1024
# A file is read for five minutes at most: what waits longer waits for a worker that is not there.
WORKER_IS_LATE = timedelta(minutes=6)
# Shorter than any key of a session, so that no cookie can name it.
PROBE_KEY = "readyz"
# Larger than what a page of the database may have free.
PROBE_BYTES = 20_000

WELL = {"database": "ok", "migrations": "done", "disk": "ok", "worker": "ok"}
# A worker that does not work is the host's to mend; people are served meanwhile.
FOR_THE_HOST = {"worker"}

State = dict[str, str]


class KeptState:
    """The state as `look` found it, for `seconds`; one thread looks, and nobody waits for it."""

    def __init__(self, look: Callable[[], State], seconds: float = KEPT_SECONDS) -> None:
        self._look = look
        self._seconds = seconds
        self._guard = threading.Lock()
        self._found: State | None = None
        self._looked_at = 0.0

    def get(self) -> State:
        now = time.monotonic()
        if self._found is not None and now - self._looked_at < self._seconds:
            return self._found
        if not self._guard.acquire(blocking=False):
            return self._found or {"database": "is being asked"}
        try:
            self._found, self._looked_at = self._look(), time.monotonic()
            return self._found
        finally:
            self._guard.release()

    def forget(self) -> None:
        self._found = None


def is_ready(state: State) -> bool:
    """Whether people can be served: all is well, but for what only the host minds."""
    return all(state.get(name) == WELL[name] for name in WELL if name not in FOR_THE_HOST)


def look() -> State:
    """Ask the database, and write to it; look at the disk and at the tasks that wait."""
    state = {"disk": "ok" if free_bytes() >= LEAST_FREE_BYTES else "full"}
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return state | {"database": "ok", "migrations": "waiting"}
        state |= {"migrations": "done", "worker": "late" if worker_is_late() else "ok"}
    except DatabaseError:
        return state | {"database": "does not answer"}
    return state | {"database": "ok" if _can_write() else "cannot write"}


def free_bytes() -> int:
    """How much there is room for, to this process, in the folder of what is kept."""
    found = os.statvfs(settings.VAR_DIR)
    return found.f_bavail * found.f_frsize


def worker_is_late() -> bool:
    """Whether a task waits that a worker would have taken up by now."""
    late = timezone.now() - WORKER_IS_LATE
    at_once = Q(run_after=get_date_max(), enqueued_at__lt=late)
    waiting = DBTaskResult.objects.filter(status="READY")
    return waiting.filter(at_once | Q(run_after__lt=late)).exists()


def _can_write() -> bool:
    """Whether there is room for a row: one is written anew each time.

    It must be kept: what is taken back never reaches the disk.
    """
    row = {"session_data": os.urandom(PROBE_BYTES // 2).hex(), "expire_date": timezone.now()}
    try:
        with transaction.atomic():
            Session.objects.update_or_create(session_key=PROBE_KEY, defaults=row)
    except DatabaseError:
        return False
    return True


kept_state = KeptState(look)
