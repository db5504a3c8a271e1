"""A granian of our own on a free port, serving the seeded database."""

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from demo.bench.load import wait_for


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False


@contextmanager
def serving(database_url: str) -> Iterator[int]:
    """Serve `database_url` as production does (granian, a worker for each core); yield the port."""
    port = _free_port()
    command = [
        str(Path(sys.executable).with_name("granian")),
        *("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", str(os.cpu_count() or 1), "--blocking-threads", "1"),
        *("--log-level", "error", "demo.bench.wsgi:application"),
    ]
    server = subprocess.Popen(  # noqa: S603 - our own command, nothing of a user's
        command, cwd=settings.BASE_DIR, env={**os.environ, "DATABASE_URL": database_url}
    )
    try:
        wait_for(lambda: _answers(port))
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)
