"""Keep a release's database for the test of upgrades: `python -m scripts.release_database COMMIT`.

The demonstration is made by the code of COMMIT, in a folder that is gone afterwards; its SQLite
file is left, compressed, in tests/upgrade/, in the place of the one of the release before.
"""

import lzma
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "tests" / "upgrade" / "release.sqlite3.xz"
COMMIT = ROOT / "tests" / "upgrade" / "release.txt"
MAX_BYTES = 300_000


def main(commit: str) -> None:
    """Make it anew. Raises CalledProcessError, and ValueError where it is too large to keep."""
    named = ["git", "rev-parse", "--short=12", f"{commit}^{{commit}}"]
    commit = subprocess.run(named, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    with tempfile.TemporaryDirectory(prefix="colloquy-release-") as folder:
        database = make(Path(folder), commit.strip())
        data = lzma.compress(database.read_bytes(), preset=9 | lzma.PRESET_EXTREME)
    if len(data) > MAX_BYTES:
        raise ValueError(f"{len(data)} bytes are more than a repository should keep.")
    KEPT.write_bytes(data)
    COMMIT.write_text(commit, encoding="ascii")
    print(f"{KEPT.relative_to(ROOT)}: {len(data)} bytes, of {commit.strip()}")


def make(folder: Path, commit: str) -> Path:
    """Let the code of `commit` make the demonstration; return its database."""
    code = folder / "code"
    checked_out(commit, code)
    variables = {"VAR_DIR": str(folder / "var"), "SITE_URL": "http://127.0.0.1:8000"}
    unset = {"DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "DEMO", "DEBUG", "CACHE_URL"}
    environment = {key: value for key, value in os.environ.items() if key not in unset}
    for command in (["migrate", "--verbosity", "0"], ["createcachetable"], ["demo"]):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=code,
            env=environment | variables,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    path = folder / "release.sqlite3"
    database = sqlite3.connect(folder / "var" / "colloquy.sqlite3")
    database.execute("VACUUM INTO ?", [str(path)])
    database.close()
    return path


def checked_out(commit: str, folder: Path) -> None:
    """Write the files of a commit into a new folder. Raises CalledProcessError."""
    folder.mkdir(parents=True)
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True)
    subprocess.run(["tar", "-x"], cwd=folder, check=True, input=archive.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
