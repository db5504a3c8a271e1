"""Several processes that count in one row, as fast as they get their turn: run PATH WRITERS UNTIL.

Prints how often each wrote, as a list, with the errors among them.
"""

import json
import multiprocessing
import sys
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from typing import Any

from database.sqlite_version import use_safe_sqlite

use_safe_sqlite()


def count(path: Path, until: int, gate: Any, results: "SimpleQueue[int | str]") -> None:
    from django.db import DatabaseError, connections, transaction

    from tests.database.test_sqlite_backend import open_database, value_of

    connections["writers"] = open_database(path)
    written, value = 0, 0
    gate.wait()
    try:
        while value < until:
            # Read, then write: what fails at once where a transaction begins as a reader.
            with transaction.atomic("writers"), connections["writers"].cursor() as cursor:
                value = value_of(connections["writers"]) + 1
                cursor.execute("UPDATE counter SET value = %s", [value])
            written += 1
    except DatabaseError as error:
        results.put(str(error))
    results.put(written)


if __name__ == "__main__":
    import django
    from django.conf import settings

    settings.configure()
    django.setup()
    path, writers, until = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    forks = multiprocessing.get_context("fork")
    gate, results = forks.Barrier(writers), forks.SimpleQueue()
    processes = [
        forks.Process(target=count, args=(path, until, gate, results)) for _ in range(writers)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
    found = []
    while not results.empty():
        found.append(results.get())
    print(json.dumps(found))  # noqa: T201 - what the test reads
