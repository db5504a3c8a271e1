"""One process of the server killed: the others serve on, and it is started again."""

import os
import signal
import time
from pathlib import Path

from scripts.drills.instance import READING, copy_of
from scripts.drills.people import until
from scripts.drills.report import DrillReport, Workspace

WORKERS = 2
KILLS, SHORT_KILLS = 10, 1


def run(workspace: Workspace) -> DrillReport:
    """Kill one after the other, and ask for pages meanwhile."""
    report = DrillReport()
    instance = copy_of(workspace)
    instance.workers = WORKERS  # in short, too
    asked = broken = refused = 0
    slowest = 0.0
    with instance.serving() as server:
        for _ in range(SHORT_KILLS if workspace.short else KILLS):
            # For all to have begun: where one dies at its start, granian ends, and it is for
            # systemd to start it again.
            time.sleep(2)
            before = _children(server.pid)
            os.kill(before[0], signal.SIGKILL)
            begun = time.monotonic()

            def is_back(dead: int = before[0]) -> bool:
                nonlocal asked, broken, refused
                asked += 1
                if instance.ask(READING).status != 200:  # it was with the one that was killed
                    broken += 1
                    refused += instance.ask(READING).status != 200
                now = _children(server.pid)
                return dead not in now and len(now) == WORKERS

            report.expect(until(is_back), "it was not started again")
            slowest = max(slowest, time.monotonic() - begun)
        report.expect(instance.ask(READING).status == 200, "the server is gone")
    told = f"{asked}, {broken}, {refused}"
    report.figure("pages asked for meanwhile, broken, and broken again", told)
    report.figure("longest until it was there again, seconds", f"{slowest:.1f}")
    report.expect(not refused, "a page that was asked for again was not served")
    return report


def _children(pid: int) -> list[int]:
    """The processes that this one has started, without those that have ended."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(parent) == pid and state != "Z" and _is_server(path.parent):
            found.append(int(path.parent.name))
    return sorted(found)


def _is_server(process: Path) -> bool:
    """Whether it is one of granian's own, and no helper of Python's."""
    return b"resource_tracker" not in (process / "cmdline").read_bytes()
