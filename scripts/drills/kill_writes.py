"""Every process killed at once under load, again and again: what was acknowledged is there."""

import random
import time

from scripts.drills.instance import copy_of, kill
from scripts.drills.people import until
from scripts.drills.report import DrillReport, Workspace
from scripts.drills.writers import Writers

KILLS, SHORT_KILLS = 200, 1


def run(workspace: Workspace) -> DrillReport:
    """Six writers, a kill -9 of all at a moment of chance, and the database compared."""
    report = DrillReport()
    instance = copy_of(workspace)
    writers = Writers(instance, instance.thread())
    kills = SHORT_KILLS if workspace.short else KILLS
    for _ in range(kills):
        server = instance.start_server()
        before = len(writers.acknowledged)
        writers.start()
        until(lambda before=before: len(writers.acknowledged) > before)  # type: ignore[misc]
        time.sleep(random.uniform(0.1, 1.5))
        kill(server)
        writers.end()
    found = set(writers.found())
    lost = set(writers.acknowledged) - found
    integrity = instance.query("PRAGMA integrity_check")
    report.figure("kills", kills)
    report.figure("replies acknowledged, and lost", f"{len(writers.acknowledged)}, {len(lost)}")
    report.figure("integrity of the database", integrity[0][0])
    report.expect(not lost, "acknowledged words are lost")
    report.expect(integrity == [("ok",)], "the database is corrupt")
    report.expect(bool(writers.acknowledged), "nothing was written")
    return report
