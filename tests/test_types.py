"""Strict mypy, as `make types` runs it: a test, so that it takes one worker and not both."""

import subprocess
import sys

import pytest

from tests.rules import ROOT


@pytest.mark.first  # it takes longer than any other
def test_types_hold() -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "."], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
