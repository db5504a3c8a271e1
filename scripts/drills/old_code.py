"""The release before serves on the new tables, for the time of a rolling restart."""

import json
import subprocess
import time
from pathlib import Path

from scripts.drills.instance import READING, Instance, copy_of
from scripts.drills.people import until
from scripts.drills.report import DrillReport, Workspace
from scripts.drills.writers import Writers
from scripts.release_database import COMMIT, checked_out

SECONDS, SHORT_SECONDS = 60, 2
PAGES = ["/", READING, f"{READING}threads/", "/s/seminar-0/", "/s/seminar-0/people/"]


def run(workspace: Workspace) -> DrillReport:
    """Old code reads and writes; what it acknowledged is there for the new."""
    report = DrillReport()
    instance = copy_of(workspace)
    code = workspace.folder / "code"
    commit = COMMIT.read_text(encoding="ascii").strip()
    try:
        checked_out(commit, code)
    except subprocess.CalledProcessError:
        report.figure("left out, for this is no repository with the commit", commit)
        return report
    old = Instance(instance.folder, {}, instance.port, instance.workers, code)
    _name_old_files(instance.folder / "static" / "staticfiles.json", code)
    writers = Writers(old, old.thread())
    with old.serving():
        writers.start()
        until(lambda: bool(writers.acknowledged))
        time.sleep(SHORT_SECONDS if workspace.short else SECONDS)
        statuses = {page: old.ask(page, member=0).status for page in PAGES}
        writers.end()
    with instance.serving():
        statuses |= {f"new {page}": instance.ask(page, member=0).status for page in PAGES}
    lost = set(writers.acknowledged) - set(writers.found())
    report.figure("release", commit)
    report.figure("replies acknowledged by it, refused, and lost", _counts(writers, lost))
    failed = {page: status for page, status in statuses.items() if status != 200}
    report.figure("pages opened, and those that failed", f"{len(statuses)}, {len(failed)}")
    report.expect(not failed, f"pages failed: {failed}")
    report.expect(not lost, "acknowledged words are lost")
    report.expect(not writers.broken, "the old code could not write")
    report.expect(bool(writers.acknowledged), "nothing was written")
    return report


def _counts(writers: Writers, lost: set[str]) -> str:
    return f"{len(writers.acknowledged)}, {len(writers.broken)}, {len(lost)}"


def _name_old_files(manifest: Path, code: Path) -> None:
    """Let the old pages find the names of files that the new version has no more."""
    named = json.loads(manifest.read_text(encoding="utf-8"))
    source = code / "static"
    for path in source.rglob("*"):
        name = path.relative_to(source).as_posix()
        named["paths"].setdefault(name, name)
    manifest.write_text(json.dumps(named), encoding="utf-8")
