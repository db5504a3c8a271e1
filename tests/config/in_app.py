"""A few lines of Python in a process of their own, in which the app is set up anew."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def in_app(code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `code` in an app that was started with these variables beside those of now."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", f"import django; django.setup(); {code}"],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"} | variables,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
