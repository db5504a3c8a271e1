"""Run the drills: `python -m scripts.drills [--short] [NAME …]`."""

import argparse
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from scripts.drills.instance import prepare
from scripts.drills.report import Drill, Workspace

DRILLS = [
    *("mail_silent", "mail_down", "disk_full", "slow_bodies"),
    *("worker_killed", "kill_writes", "restarts", "together", "same_post", "term"),
    *("backup", "old_code"),
]


def main(arguments: list[str]) -> int:
    """Run those that are named, or all; return how many failed."""
    parser = argparse.ArgumentParser(prog="scripts.drills", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(DRILLS))
    parser.add_argument("--short", action="store_true", help="take seconds instead of minutes")
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - set(DRILLS):
        parser.error(f"There is no drill called {', '.join(sorted(unknown))}.")
    failed = 0
    with tempfile.TemporaryDirectory(prefix="colloquy-drills-") as folder:
        prepared = Path(folder) / "prepared"
        prepare(prepared)
        for name in options.names or DRILLS:
            drill: Drill = import_module(f"scripts.drills.{name}").run
            report = drill(Workspace(Path(folder) / name, prepared, options.short))
            print("\n".join(report.lines(name)), flush=True)
            failed += bool(report.faults)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
