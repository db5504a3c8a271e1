"""A granian of our own on a free port, serving a seeded database."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from scripts.ports import free_port

TICKS = os.sysconf("SC_CLK_TCK")  # in a second of /proc/<pid>/stat
RESPONSE_TIMEOUT = 60  # seconds for the workers to start, on a busy machine too


def _answers(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        connection.request("GET", "/livez")
        return connection.getresponse().status == 200
    except OSError:
        return False


@dataclass(frozen=True)
class Server:
    """A running one: where it answers, and its first process."""

    port: int
    pid: int

    def processor_seconds(self) -> float | None:
        """How long its processes had a processor so far; None where there is no /proc."""
        try:
            children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
            return sum(map(_processor_seconds, [str(self.pid), *children.split()]))
        except OSError:
            return None


def _processor_seconds(pid: str) -> float:
    # The name in the second field may hold spaces and brackets: count from behind it.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    user, system = fields[11:13]
    return (int(user) + int(system)) / TICKS


@contextmanager
def serving(database_url: str) -> Iterator[Server]:
    """Serve `database_url` as docs/hosting.md says; raise TimeoutError where nothing answers."""
    port = free_port()
    command = [
        str(Path(sys.executable).with_name("granian")),
        *("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", str(os.cpu_count() or 1), "--blocking-threads", "128"),
        *("--log-level", "error", "scripts.bench.wsgi:application"),
    ]
    environment = {**os.environ, "DATABASE_URL": database_url, "POSTS_PER_MINUTE": "0"}
    server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment)
    try:
        until = time.monotonic() + RESPONSE_TIMEOUT
        while not _answers(port):
            if time.monotonic() > until or server.poll() is not None:
                raise TimeoutError("The server did not start.")
            time.sleep(0.1)
        yield Server(port, server.pid)
    finally:
        server.terminate()
        server.wait(timeout=20)
