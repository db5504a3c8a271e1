"""The commands of docs/hosting.md: each is run by a test, or is known to the program it calls."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.rules import ROOT

PAGE = (ROOT / "docs/hosting.md").read_text(encoding="utf-8")
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
FILES = "".join(path.read_text(encoding="utf-8") for path in sorted(DEPLOY.iterdir()))


def test_commands_of_manage_are_there() -> None:
    named = set(re.findall(r"manage\.py (\w+)", PAGE + FILES))
    assert len(named) >= 5
    assert named <= set(get_commands())


def test_server_knows_its_options() -> None:
    told = subprocess.run(
        [Path(sys.executable).with_name("granian"), "--help"], capture_output=True, text=True
    ).stdout
    lines = re.findall(r"granian (--interface .*)", FILES)
    assert lines
    for line in lines:
        for option in re.findall(r"--[\w-]+", line):
            assert option in told, option


@pytest.mark.engine
def test_worker_knows_its_options() -> None:
    told = subprocess.run(
        [sys.executable, "manage.py", "db_worker", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    ).stdout
    (line,) = set(re.findall(r"db_worker (--.*)", FILES))
    for option in re.findall(r"--[\w-]+", line):
        assert option in told, option


def test_page_names_every_file_of_deploy() -> None:
    named = set(re.findall(r"deploy/([\w.-]+\w)", PAGE))
    assert named == {path.name for path in DEPLOY.iterdir()} - {"Containerfile"}


def test_page_copies_no_unit() -> None:
    assert "ExecStart" not in PAGE
    assert "proxy_pass" not in PAGE


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_are_what_systemd_takes(path: Path, tmp_path: Path) -> None:
    """By systemd itself where it is there; else by the keys that a service needs."""
    unit = path.read_text(encoding="utf-8")
    for key in ("ExecStart", "EnvironmentFile", "Restart", "RestartSec", "WantedBy"):
        assert f"\n{key}=" in unit
    if shutil.which("systemd-analyze") is None:
        pytest.skip("There is no systemd-analyze here.")
    copy = tmp_path / path.name
    copy.write_text(unit.replace("/srv/colloquy", str(ROOT)).replace("User=colloquy\n", ""))
    done = subprocess.run(["systemd-analyze", "verify", str(copy)], capture_output=True, text=True)
    assert copy.name not in done.stderr, done.stderr


@pytest.mark.parametrize("words", ["sqlite3 var/", "Citus"])
def test_page_has_nothing_that_was_found_false(words: str) -> None:
    assert words not in PAGE
