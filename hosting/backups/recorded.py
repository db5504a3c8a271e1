"""Runs as they are written down for a host: also where the database takes no row."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError

from hosting.backups.errors import BackupRefused
from hosting.models import BackupRun

logger = logging.getLogger(__name__)


@dataclass
class RunResult:
    """What a run leads to: `location` and `size` of the backup, in bytes, once there is one."""

    location: Path | None = None
    size: int = 0


@contextmanager
def recorded(kind: str, run: BackupRun | None = None) -> Iterator[RunResult]:
    """Write down what becomes of the block, in `run` or a new row; its exceptions go on.

    A backup is needed most where nothing can be written any more: a row that cannot be written
    keeps nobody from taking one.
    """
    run = run or _begun(kind)
    result = RunResult()
    try:
        yield result
    except (SystemExit, KeyboardInterrupt):
        # Ended from outside, with its worker: the night's run is free for the next.
        if run is not None:
            run.delete()
        raise
    except BaseException as error:
        words = str(error) if isinstance(error, BackupRefused) else type(error).__name__
        logger.error("A run of %s has failed (%s).", kind, type(error).__name__)
        _finish(run, words, result)
        raise
    _finish(run, "", result)


def _begun(kind: str) -> BackupRun | None:
    try:
        return BackupRun.objects.begin(kind)
    except DatabaseError:
        logger.warning("A run of %s is not written down: the database takes no row.", kind)
        return None


def _finish(run: BackupRun | None, error: str, result: RunResult) -> None:
    if run is None:
        return
    try:
        if error:
            run.fail(error)
        else:
            run.succeed(location=str(result.location), size=result.size)
    except DatabaseError:
        logger.warning("The end of a run is not written down: the database takes no row.")
