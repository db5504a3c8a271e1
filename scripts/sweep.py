"""Send every form of the site many times at once: `.venv/bin/python -m scripts.sweep [TIMES]`.

On a database of its own, of the kind that DATABASE_URL names. Prints for each form what was
answered and how many rows came of it; fails where that is not the effect of one.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    times = sys.argv[1] if len(sys.argv) > 1 else "50"
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-s", "--show-capture=no"]
    command += ["-p", "no:cacheprovider", "tests/test_sent_at_once.py"]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | {"SENT_AT_ONCE": times}, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
