"""Things that happen at the same time, each on a connection of its own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import close_old_connections, connection


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Start these together and return what each returned, or the error that it raised."""
    gate = threading.Barrier(len(works))
    results: list[Any] = [None] * len(works)

    def run(place: int, work: Callable[[], Any]) -> None:
        close_old_connections()
        gate.wait()
        try:
            results[place] = work()
        except BaseException as error:  # noqa: BLE001 - handed to the test
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results
