"""`manage.py bench` runs from end to end; what it measures is for people to compare."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

ROWS = (
    "R0: bare view of 60 kB, no middleware",
    "R0, at the end",
    "R: bare view behind the full middleware, signed in",
    "reading page, 40 paragraphs, 200 threads",
    "the same, with unread comments",
    "the same, with three private notes",
    "the same with 1,000 comments more",
    "reading page unchanged (304)",
    "quiz page, ten questions",
    "home, a member of five seminars",
    "thread page",
    "thread list, 200 threads",
    "one posted reply, 8 writers",
    "the same from the reading page, its answer put in place",
)
FIGURES = (
    "reading page with nothing kept:",
    "reading page in an instance 3 times as large:",
    "home in an instance 3 times as large:",
    "thread list in an instance 3 times as large:",
    "home of a seminar with 1,000 comments:",
    "reading page with 500 comments:",
    "reading page with 250 threads:",
    "rendered again for the first page after a post:",
    "reading page while one request in 200 writes:",
    "a post at one client:",
    "a post from the reading page at one client:",
    "queries of a reading page with 1 thread:",
    "queries of a reading page with 200 threads:",
    "its weight:",
    "its elements:",
    "JavaScript on first view:",
    "CSS on first view:",
    "500 quotations looked for in their paragraphs, 500 found:",
    "300 blocks aligned with 300:",
    "1,000 passages re-anchored:",
    "blocks read as markdown:",
    "blocks read as text:",
)


@pytest.mark.once
@pytest.mark.engine
def test_reports_every_figure_and_leaves_nothing(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "manage.py", "bench", "--small", "--seconds", "0.2"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    for name in ROWS:
        assert name in result.stdout
    for name in FIGURES:
        assert f"{name} " in result.stdout
    assert "replies acknowledged" in result.stdout
    assert not list(tmp_path.glob("bench*"))


def test_says_how_to_get_wrk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CommandError, match="apt-get install wrk"):
        call_command("bench", small=True)
