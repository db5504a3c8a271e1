"""`manage.py setup`: asks, tries out, writes the settings, ends with a link; safe to run again."""

import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts.drills import mail_server
from scripts.ports import free_port
from tests import migrated
from tests.rules import ROOT

# Processes of ours, on a database of their own: the same on every other.
pytestmark = [pytest.mark.engine, pytest.mark.once]

WHO = ["--address", "read.example.org", "--name", "Anna Ito", "--email", "Anna@example.org"]
LINK = re.compile(r"https://read\.example\.org/accounts/password/reset/key/\S+/")


@dataclass
class Place:
    """An empty folder in which an instance is set up."""

    folder: Path

    def begin(self) -> None:
        """Put a migrated database there, where one is kept: to make one takes long."""
        var = self.folder / "var"
        var.mkdir(exist_ok=True)
        migrated.copy_to(str(var / "colloquy.sqlite3"))

    @property
    def file(self) -> Path:
        return self.folder / "colloquy.env"

    def manage(self, *words: str, answers: str = "") -> subprocess.CompletedProcess[str]:
        kept = {"PATH", "HOME", "LANG"}
        ours = {"VAR_DIR": str(self.folder / "var"), "ENV_FILE": str(self.file)}
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env={name: word for name, word in os.environ.items() if name in kept} | ours,
            input=answers,
            capture_output=True,
            text=True,
            timeout=120,
        )


@dataclass(frozen=True)
class SetUp:
    """A place that was set up from options: what was said, and the mails that went out."""

    place: Place
    told: subprocess.CompletedProcess[str]
    mails: list[str]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> SetUp:
    """Once in each process that tests: it takes long, and the tests of it change nothing."""
    place, port = Place(tmp_path_factory.mktemp("instance")), free_port()
    place.begin()
    with mail_server.taking(port) as taken:
        mail = ["--mail", f"smtp://127.0.0.1:{port}", "--time-zone", "Asia/Tokyo"]
        told = place.manage("setup", "--no-input", *WHO, *mail)
    return SetUp(place, told, taken)


@pytest.fixture
def sink() -> Iterator[tuple[int, list[str]]]:
    port = free_port()
    with mail_server.taking(port) as taken:
        yield port, taken


def test_says_all_that_is_missing(tmp_path: Path) -> None:
    place = Place(tmp_path)
    told = place.manage("setup", "--no-input", "--name", "Anna")
    assert told.returncode == 1
    assert told.stderr == "CommandError: With --no-input give --address, --email, --mail, too.\n"
    assert not place.file.exists()
    # The settings were read, which made it; where people's words go is for nobody else.
    assert stat.S_IMODE((place.folder / "var").stat().st_mode) == 0o700


def test_from_options_with_a_mail_to_the_first_instructor(done: SetUp) -> None:
    place = done.place
    assert done.told.returncode == 0, done.told.stderr
    assert LINK.search(done.told.stdout)
    (mail,) = done.mails
    assert "To: anna@example.org" in mail
    assert "https://read.example.org" in mail
    assert stat.S_IMODE(place.file.stat().st_mode) == 0o600
    lines = place.file.read_text().splitlines()
    assert {"ALLOWED_HOSTS=read.example.org", "TIME_ZONE=Asia/Tokyo"} <= set(lines)
    asked = "from accounts.models import User; u = User.objects.get(); "
    asked += "print([u.name, u.email, u.is_host, u.is_superuser, u.has_usable_password()])"
    said = place.manage("shell", "-v0", "-c", asked).stdout
    assert said == "['Anna Ito', 'anna@example.org', True, False, False]\n"


def test_again_it_says_what_is_there_and_changes_nothing(done: SetUp) -> None:
    place = done.place
    before = place.file.read_bytes()
    told = place.manage("setup")
    assert told.returncode == 0, told.stderr
    assert "hosted by  Anna Ito" in told.stdout
    assert "Nothing was changed." in told.stdout
    assert place.file.read_bytes() == before


def test_another_link_for_who_lost_theirs(done: SetUp) -> None:
    place = done.place
    told = place.manage("setup", "--link")
    assert LINK.search(told.stdout), told.stderr
    told = place.manage("setup", "--link", "--email", "carol@example.org")
    assert told.stderr == "CommandError: Nobody who hosts has the address carol@example.org.\n"


def test_a_mail_server_that_is_not_there_stops_it(tmp_path: Path) -> None:
    place, server = Place(tmp_path), f"smtp://127.0.0.1:{free_port()}"
    told = place.manage("setup", "--no-input", *WHO, "--mail", server)
    assert told.returncode == 1
    assert "Nothing answers at 127.0.0.1, port" in told.stderr
    assert not place.file.exists()


def test_asked_at_a_terminal_until_each_answer_is_right(
    tmp_path: Path, sink: tuple[int, list[str]]
) -> None:
    """And left in the middle, before anybody hosts: it goes on from there."""
    port, taken = sink
    place = Place(tmp_path)
    place.begin()
    answers = [
        *("localhost", "read.example.org"),
        *("", "Anna Ito"),
        *("anna@", "anna@example.org"),
        # No such server; then the right one, without user and password.
        *("smtp://127.0.0.1:1", "", "no"),
        *(f"smtp://127.0.0.1:{port}", "Reading <read@example.org>"),
        *("mysql://host/name", ""),
        *("Mars", "Europe/Berlin"),
    ]
    told = place.manage("setup", answers="\n".join([*answers, ""]))
    assert told.returncode == 0, told.stderr
    for said in (
        "must be the name that people open",
        "must be a name of 1 to 120",
        "must be an e-mail address",
        "Nothing answers at 127.0.0.1, port 1.",
        "must be postgres://",
        "must be a time zone’s name",
    ):
        assert said in told.stdout
    assert LINK.search(told.stdout)
    assert "From: Reading <read@example.org>" in taken[0]
    place.manage(
        "shell", "-v0", "-c", "from accounts.models import User; User.objects.all().delete()"
    )
    told = place.manage("setup", answers="Berta\nberta@example.org\n")
    assert "hosted by  nobody yet" in told.stdout, told.stderr
    assert LINK.search(told.stdout)


def test_nobody_answers(tmp_path: Path) -> None:
    place = Place(tmp_path)
    told = place.manage("setup", answers="read.example.org\n")
    assert told.returncode == 1
    assert "There is nobody to answer" in told.stderr
    assert not place.file.exists()
