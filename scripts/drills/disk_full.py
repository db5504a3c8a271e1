"""The disk is full to the last byte: reading goes on, writers are told why, and it recovers.

On a small disk in memory (tmpfs), which root alone may mount: others run it by
`unshare --map-root-user --mount`, where the system lets them.
"""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.drills.instance import READING, Instance, copy_of
from scripts.drills.report import DrillReport, Workspace

MEGABYTES = 80
PAGES = [
    *("/", "/s/seminar-0/", READING, f"{READING}threads/", "/s/seminar-0/people/"),
    *("/accounts/login/", "/livez"),
]
WORDS = "Words that must not be lost on a full disk."
KEY = "00000000-0000-4000-8000-000000000001"
# Who has been here, who instructs, and who comes for the first time since the server started.
READERS = [5, 0, 11]


def run(workspace: Workspace) -> DrillReport:
    """Fill the disk, read and write, start the server anew, make room, and write again."""
    report = DrillReport()
    with _small_disk(workspace.folder) as is_there:
        if not is_there:
            report.expect(False, "no small disk can be mounted here: run it as root")
            return report
        instance = copy_of(workspace)
        with instance.serving():
            _read(report, instance, "before")
            ballast = _fill(workspace.folder)
            _read_and_write(report, instance, "while it is full")
        with instance.serving():
            _read_and_write(report, instance, "started anew while it is full")
            ballast.unlink()
            _recover(report, instance)
        integrity = instance.query("PRAGMA integrity_check")
        report.figure("integrity of the database", integrity[0][0])
        report.expect(integrity == [("ok",)], "the database is corrupt")
    return report


@contextmanager
def _small_disk(folder: Path) -> Iterator[bool]:
    folder.mkdir(parents=True)
    size = f"size={MEGABYTES}m"
    command = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)]
    is_there = os.geteuid() == 0 and not subprocess.run(command, check=False).returncode
    try:
        yield is_there
    finally:
        if is_there:
            subprocess.run(["umount", "--lazy", str(folder)], check=False)


def _fill(folder: Path) -> Path:
    """Take every byte that is left; return the file that has them."""
    path = folder / "ballast"
    with path.open("wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    return path


def _read(report: DrillReport, instance: Instance, when: str) -> None:
    failed = [
        f"{page} as member {member}: {status}"
        for member in READERS
        for page in PAGES
        if (status := instance.ask(page, member=member).status) not in {200, 302, 403}
    ]
    report.figure(f"pages read {when}, and failed", f"{len(PAGES) * len(READERS)}, {len(failed)}")
    report.expect(not failed, f"{when}, these were not served: {', '.join(failed)}")


def _read_and_write(report: DrillReport, instance: Instance, when: str) -> None:
    _read(report, instance, when)
    answer = instance.reply(instance.thread(), WORDS, KEY)
    report.figure(f"a reply {when}", answer.status)
    report.expect(answer.status == 507, f"{when}, a reply was answered by {answer.status}")
    report.expect(WORDS in answer.text, f"{when}, the answer does not hold the words")
    time.sleep(5.1)  # as long as /readyz keeps what it found
    ready = instance.ask("/readyz").status
    report.expect(ready == 503, f"{when}, /readyz says {ready}")


def _recover(report: DrillReport, instance: Instance) -> None:
    begun = time.monotonic()
    answer = instance.reply(instance.thread(), WORDS, KEY)
    report.figure("the same reply when there is room", answer.status)
    report.expect(answer.status == 302, "writing did not come back by itself")
    while (ready := instance.ask("/readyz").status) != 200 and time.monotonic() - begun < 20:
        time.sleep(0.5)
    report.expect(ready == 200, "/readyz did not come back by itself")
    found = instance.query("SELECT count(*) FROM discussions_comment WHERE body = ?", WORDS)
    report.figure("times that it is there", found[0][0])
    report.expect(found == [(1,)], "it is not there once")
