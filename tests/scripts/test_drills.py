"""Each drill runs, in short: what it shows in earnest is for a host to see."""

import os
import subprocess
import sys

import pytest

from scripts.drills.__main__ import DRILLS
from scripts.drills.instance import SERVER
from tests.rules import ROOT

# Root alone may mount the small disk that is filled.
HERE = [name for name in DRILLS if name != "disk_full" or os.geteuid() == 0]


# Those that take longest by themselves: beside the others, and not after them.
LONG = [["backup"], ["old_code"]]
OTHERS = [name for name in HERE if [name] not in LONG]


@pytest.mark.first
@pytest.mark.once
@pytest.mark.engine
@pytest.mark.parametrize("drills", [*LONG, OTHERS], ids=["backup", "old_code", "others"])
def test_every_drill_passes_in_short(drills: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.drills", "--short", *drills],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    told = [line.split() for line in done.stdout.splitlines() if line[:1] != " "]
    assert told == [["PASS", name] for name in drills], done.stdout + done.stderr


def test_drills_start_the_server_as_its_unit_does() -> None:
    unit = (ROOT / "deploy/colloquy.service").read_text(encoding="utf-8")
    assert f"/granian {SERVER}\n" in unit


def test_hosting_page_names_every_drill() -> None:
    page = (ROOT / "docs/hosting.md").read_text(encoding="utf-8")
    for name in DRILLS:
        assert f"`{name}`" in page
