"""A copy of the database while it is in use, by the command of docs/hosting.md."""

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.rules import ROOT


def command(folder: Path, destination: Path) -> "subprocess.CompletedProcess[str]":
    page = (ROOT / "docs/hosting.md").read_text(encoding="utf-8")
    found = re.search(r"`\.venv/bin/python (-m database\.copy) \S+`", page)
    assert found
    return subprocess.run(
        [sys.executable, *found[1].split(), str(destination)],
        cwd=ROOT,
        env=os.environ | {"VAR_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_copy_has_what_is_only_in_the_log_yet(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "colloquy.sqlite3")
    database.executescript("PRAGMA journal_mode=WAL; CREATE TABLE said (words TEXT);")
    database.execute("INSERT INTO said VALUES ('words')")
    database.commit()  # and kept open: nothing of it is in the file itself
    done = command(tmp_path, tmp_path / "copy.sqlite3")
    assert done.returncode == 0, done.stderr
    copy = sqlite3.connect(tmp_path / "copy.sqlite3")
    assert copy.execute("SELECT words FROM said").fetchall() == [("words",)]
    copy.close()
    database.close()
    again = command(tmp_path, tmp_path / "copy.sqlite3")
    assert again.returncode != 0
    assert "FileExistsError" in again.stderr


def test_copy_of_nothing_is_refused(tmp_path: Path) -> None:
    done = command(tmp_path, tmp_path / "copy.sqlite3")
    assert "FileNotFoundError" in done.stderr
    assert not list(tmp_path.iterdir())
