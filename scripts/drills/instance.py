"""An instance of a drill's own: a folder with a seeded database, and the processes on it."""

import http.client
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from config.styles import STYLE_SETS
from scripts.drills.report import Workspace
from scripts.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
RESPONSE_TIMEOUT = 60.0  # seconds for a process to start, on a busy machine too
# As deploy/colloquy.service starts it; tests/scripts/test_drills.py compares them.
SERVER = (
    "--interface wsgi --workers 2 --blocking-threads 128 --respawn-failed-workers "
    "--respawn-interval 1 --workers-kill-timeout 30 config.wsgi:application"
)
READING = "/s/seminar-0/r/reading-0/"
TOKEN = "b" * 32  # as scripts/bench/sessions.py gives it to its people


@dataclass(frozen=True)
class HttpAnswer:
    """What came back; `status` is 0 where nothing did."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    text: str = ""
    cookies: str = ""  # those that it sets, as the next request carries them


@dataclass
class Instance:
    """An instance in `folder`, served at `port`; `variables` are its environment's own,
    and `code` is the folder of the app that serves it.
    """

    folder: Path
    variables: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    workers: int = 2
    code: Path = ROOT

    @property
    def database(self) -> Path:
        return self.folder / "colloquy.sqlite3"

    def environment(self) -> dict[str, str]:
        ours = {"DATABASE_URL", "CACHE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "DEMO", "DEBUG"}
        kept = {name: value for name, value in os.environ.items() if name not in ours}
        return {
            **kept,
            "VAR_DIR": str(self.folder),
            "LOG_LEVEL": "WARNING",
            "POSTS_PER_MINUTE": "0",
            **self.variables,
        }

    def manage(self, *words: str) -> str:
        """Run `manage.py`; return what it printed. Raises CalledProcessError."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.environment(),
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout

    def start_server(self) -> "subprocess.Popen[bytes]":
        """Start granian, and wait until it answers. Raises TimeoutError."""
        granian = str(Path(sys.executable).with_name("granian"))
        options = SERVER.replace("--workers 2", f"--workers {self.workers}").split()
        command = [granian, "--port", str(self.port), "--log-level", "critical", *options]
        server = self._start(command)
        until = time.monotonic() + RESPONSE_TIMEOUT
        while self.ask("/livez").status != 200:
            if time.monotonic() > until or server.poll() is not None:
                stop(server)
                raise TimeoutError("The server did not start.")
            time.sleep(0.05)
        return server

    def start_worker(self) -> "subprocess.Popen[bytes]":
        words = (
            "db_worker",
            "--interval",
            "0.1",
            "--no-startup-delay",
            "--no-reload",
            "--verbosity",
            "0",
        )
        return self._start([sys.executable, "manage.py", *words])

    def _start(self, command: list[str]) -> "subprocess.Popen[bytes]":
        # A group of its own: a drill kills it whole.
        return subprocess.Popen(
            command,
            cwd=self.code,
            env=self.environment(),
            start_new_session=True,
            stderr=sys.stderr,
        )

    @contextmanager
    def serving(self, *, worker: bool = False) -> Iterator["subprocess.Popen[bytes]"]:
        """Serve it, with its worker if that is wanted, and end both."""
        server = self.start_server()
        others = [self.start_worker()] if worker else []
        try:
            yield server
        finally:
            for process in (server, *others):
                stop(process)

    def ask(
        self,
        path: str,
        fields: dict[str, str] | None = None,
        *,
        member: int | None = 5,
        cookies: str = "",
        timeout: float = 20.0,
    ) -> HttpAnswer:
        """GET `path`, or POST `fields` to it, as the member of that number, or as nobody."""
        session = f"sessionid=bench-seminar-0-{member}; " if member is not None else ""
        headers = {"Cookie": f"{session}{cookies}csrftoken={TOKEN}", "Host": "localhost"}
        body = None
        if fields is not None:
            body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET" if body is None else "POST", path, body, headers)
            response = connection.getresponse()
            text = response.read().decode(errors="replace")
            names = {name.lower(): value for name, value in response.getheaders()}
            set_now = [one.partition(";")[0] for one in response.msg.get_all("Set-Cookie", [])]
            return HttpAnswer(response.status, names, text, "".join(f"{one}; " for one in set_now))
        except (OSError, http.client.HTTPException):
            return HttpAnswer(0)
        finally:
            connection.close()

    def query(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """Ask the database's file itself, beside the app."""
        connection = sqlite3.connect(self.database, timeout=20)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def thread(self) -> int:
        """A thread in which everybody in the seminar may write."""
        open_to_all = "audience = 'seminar' AND state != 'locked' AND last_seq > 0"
        rows = self.query(f"SELECT min(id) FROM discussions_thread WHERE {open_to_all}")  # noqa: S608
        return int(str(rows[0][0]))

    def reply(self, thread: int, body: str, key: str, *, member: int = 5) -> HttpAnswer:
        fields = {"body": body, "client_key": key}
        return self.ask(f"{READING}threads/{thread}/comments/", fields, member=member)


def stop(process: "subprocess.Popen[bytes]", timeout: float = 40.0) -> None:
    """End a process, by force and with its children where it does not end by itself."""
    process.terminate()
    try:
        process.wait(timeout)
    except subprocess.TimeoutExpired:
        kill(process)


def kill(process: "subprocess.Popen[bytes]") -> None:
    """End a process and its children at once, as a power cut would."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def prepare(folder: Path) -> None:
    """Make the seeded instance that every drill gets a copy of."""
    folder.mkdir(parents=True)
    instance = Instance(folder)
    instance.manage("migrate", "--verbosity", "0")
    instance.manage("createcachetable")
    _name_static_files(folder / "static")
    seed = f"from scripts.drills.seed import seed; seed({str(folder)!r})"
    instance.manage("shell", "--verbosity", "0", "-c", seed)


def _name_static_files(folder: Path) -> None:
    """Give pages the names that they link to: no drill asks for the files, and to collect them
    takes long.
    """
    source = ROOT / "static"
    names = [path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()]
    names += [f"css/{name}.css" for name in STYLE_SETS]
    folder.mkdir(exist_ok=True)
    manifest = {"paths": {name: name for name in names}, "version": "1.1", "hash": ""}
    (folder / "staticfiles.json").write_text(json.dumps(manifest), encoding="utf-8")


def copy_of(workspace: Workspace, **variables: str) -> Instance:
    """A drill's own instance, in its folder, which may be there already."""
    shutil.copytree(workspace.prepared, workspace.folder, dirs_exist_ok=True)
    # One starts in half the time.
    return Instance(workspace.folder, variables, workers=1 if workspace.short else 2)
