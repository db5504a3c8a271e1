"""docs/hosting.md followed in a fresh clone: setup, units, web server, first seminar and mail."""

import http.client
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import psycopg
import pytest
from dotenv import dotenv_values

from scripts.drills import mail_server
from scripts.drills.people import until
from scripts.ports import free_port
from tests import migrated
from tests.config.test_web_server import HOST, SERVERS, certificate, connected, in_front
from tests.forms import forms_of
from tests.rules import ROOT

__all__ = ["certificate"]

PAGE = (ROOT / "docs/hosting.md").read_text(encoding="utf-8")
PASSWORD = "correct horse battery"
# Processes of ours, which are told their database; the second run has the other.
pytestmark = pytest.mark.engine


class Visitor:
    """A browser without scripts, which reaches the site through the web server at `port`."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.path = "/"

    def ask(self, path: str, fields: dict[str, Any] | None = None) -> bytes:
        """GET, or POST `fields`; follow where it leads, and return the page at the end."""
        connection = http.client.HTTPConnection(HOST)
        connection.sock = connected(self.port)  # in HTTPS, and by the site's name
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": jar, "Referer": f"https://{HOST}{self.path}"}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = None if fields is None else urlencode(fields, doseq=True)
        connection.request("GET" if body is None else "POST", path, body, headers)
        answer = connection.getresponse()
        page = answer.read()
        for cookie in answer.msg.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        if answer.status in {301, 302, 303}:
            target = urlsplit(answer.headers["Location"])
            return self.ask(target.path)
        assert answer.status == 200, (path, answer.status, page[-2000:])
        self.path = path
        return page

    def send(self, page: bytes, view: str, **fields: str) -> bytes:
        """Send the page's form that leads to this view, with these fields changed."""
        form = next(one for one in forms_of(page, self.path, "") if one.view == view)
        token = {"csrfmiddlewaretoken": self.cookies["__Host-csrf"]}
        return self.ask(urlsplit(form.action).path, form.as_it_stands | fields | token)


@contextmanager
def database_url() -> Iterator[str]:
    """A database of its own on the server of this run, as `--database` takes it."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield "sqlite"
        return
    name = f"colloquy_followed_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as administrator:
        administrator.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{server.rpartition('/')[0]}/{name}"
        finally:
            administrator.execute(f"DROP DATABASE {name} WITH (FORCE)")


def clone(folder: Path) -> Path:
    """The code as it is committed, with the packages that are installed here."""
    subprocess.run(["git", "clone", "-q", "--local", str(ROOT), str(folder)], check=True)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    return folder


def environment(**more: str) -> dict[str, str]:
    """As a new user of the machine has it."""
    return {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | more


def set_up(code: Path, mail: str, database: str) -> str:
    """Run the page's own command, with this test's mail server and database; return the link."""
    (line,) = re.findall(r"^(\S*python manage\.py setup --no-input .*)$", PAGE, re.MULTILINE)
    command = shlex.split(line.replace("--mail off", f"--mail {mail} --database {database}"))
    if database == "sqlite":
        (code / "var").mkdir()
        migrated.copy_to(str(code / "var" / "colloquy.sqlite3"))
    told = subprocess.run(command, cwd=code, env=environment(), capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    (link,) = re.findall(rf"https://{HOST}(\S+)", told.stdout)
    return str(link)


@contextmanager
def unit(code: Path, name: str, **more: str) -> Iterator[None]:
    """Run what deploy/'s unit of that name starts, with the variables of its file."""
    text = (code / "deploy" / f"{name}.service").read_text(encoding="utf-8")
    said: dict[str, str] = dict(
        re.findall(r"^(\w+)=(.*)$", text.replace("/srv/colloquy", str(code)), re.MULTILINE)
    )
    variables = dotenv_values(said["EnvironmentFile"], interpolate=False)
    process = subprocess.Popen(
        shlex.split(said["ExecStart"]),
        cwd=said["WorkingDirectory"],
        env=environment(**{name: value or "" for name, value in variables.items()}, **more),
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(60)


def test_from_a_clone_to_the_first_invitation(tmp_path: Path, certificate: Path) -> None:
    """Behind Caddy on SQLite, behind nginx on PostgreSQL."""
    server = "nginx" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "caddy"
    if shutil.which(server) is None:
        pytest.skip(f"There is no {server} here.")
    code, app, outside = clone(tmp_path / "colloquy"), free_port(), free_port()
    with ExitStack() as stack:
        mail_port = free_port()
        taken = stack.enter_context(mail_server.taking(mail_port))
        database = stack.enter_context(database_url())
        link = set_up(code, f"smtp://127.0.0.1:{mail_port}", database)
        assert len(taken) == 1
        stack.enter_context(unit(code, "colloquy", GRANIAN_PORT=str(app)))
        stack.enter_context(unit(code, "colloquy-worker"))
        stack.enter_context(in_front(SERVERS[server](certificate, outside, app), outside))
        visitor = Visitor(outside)
        assert until(lambda: _answers(app), timeout=60)
        form = visitor.ask(link)
        home = visitor.send(
            form,
            "account_reset_password_from_key",
            password1=PASSWORD,
            password2=PASSWORD,
        )
        assert b"Start a seminar" in home
        seminar = visitor.send(visitor.ask("/seminars/new/"), "seminar_create", name="Two views")
        path = re.findall(rb'href="(/s/[\w-]+/people/)"', seminar)[0].decode()
        lists = visitor.ask(
            re.findall(rb'href="([^"]*roster[^"]*)"', visitor.ask(path))[0].decode()
        )
        plan = visitor.send(lists, "roster_create", text="Carol,carol@example.org")
        visitor.send(plan, "roster_invitations")
        arrived = until(lambda: any("To: carol@example.org" in mail for mail in taken))
        assert arrived, "\n".join(taken)
    (invitation,) = (mail for mail in taken if "To: carol@example.org" in mail)
    assert f"https://{HOST}/join/" in invitation


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
