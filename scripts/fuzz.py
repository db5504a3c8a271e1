"""Send odd requests to every address: `.venv/bin/python -m scripts.fuzz [REQUESTS] [SEED]`.

As a member and as staff, on a database of its own, of the kind that DATABASE_URL names. Prints
how many answers there were of each status; fails where one is an error of ours, and names it.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    requests, seed = (*sys.argv[1:3], *("3000", "1")[len(sys.argv) - 1 :])
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-s", "--show-capture=no"]
    command += ["-p", "no:cacheprovider", "tests/security/test_fuzzing.py"]
    environment = os.environ | {"FUZZ_REQUESTS": requests, "FUZZ_SEED": seed}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
