"""`manage.py bench` runs from end to end; what it measures is for people to compare."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings


@pytest.mark.engine
def test_reports_every_figure(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "manage.py", "bench", "--small", "--seconds", "0.3"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    rows = ("R: bare view", "reading page", "quiz page", "one posted comment", "js:", "css:")
    for row in (*rows, "blocks read as markdown:", "blocks read as text:"):
        assert row in result.stdout
