"""The server restarted by SIGTERM under load: nothing is lost, and nothing is there twice."""

import time
from collections import Counter

from scripts.drills.instance import copy_of, stop
from scripts.drills.report import DrillReport, Workspace
from scripts.drills.writers import Writers

RESTARTS, SHORT_RESTARTS = 20, 1


def run(workspace: Workspace) -> DrillReport:
    """Six writers; each of their posts that was broken is sent again, and is there once."""
    report = DrillReport()
    instance = copy_of(workspace)
    writers = Writers(instance, instance.thread())
    restarts = SHORT_RESTARTS if workspace.short else RESTARTS
    broken = refused = 0
    slowest = 0.0
    for _ in range(restarts):
        server = instance.start_server()
        writers.start()
        time.sleep(1)
        begun = time.monotonic()
        stop(server)
        slowest = max(slowest, time.monotonic() - begun)
        writers.end()
        broken += len(writers.broken)
        with instance.serving():
            refused += writers.send_again()
    times = Counter(writers.found())
    lost = [words for words in writers.acknowledged if times[words] == 0]
    twice = [words for words, many in times.items() if many > 1]
    report.figure("restarts, and the slowest stop in seconds", f"{restarts}, {slowest:.1f}")
    report.figure("replies acknowledged, and lost", f"{len(writers.acknowledged)}, {len(lost)}")
    report.figure("broken, refused again, there twice", f"{broken}, {refused}, {len(twice)}")
    report.expect(not (lost or twice or refused), "a post was lost, refused or doubled")
    report.expect(bool(writers.acknowledged), "nothing was written")
    return report
