"""The same reply fifty times at the same moment, to several processes: one comment, no error."""

import threading
import uuid
from collections import Counter

from scripts.drills.instance import copy_of
from scripts.drills.report import DrillReport, Workspace

TIMES = 50
ROUNDS, SHORT_ROUNDS = 20, 1
DONE = 302


def run(workspace: Workspace) -> DrillReport:
    """Send it from as many connections at once, in several rounds."""
    report = DrillReport()
    instance = copy_of(workspace)
    rounds = SHORT_ROUNDS if workspace.short else ROUNDS
    told: Counter[int] = Counter()
    with instance.serving():
        thread = instance.thread()
        for turn in range(rounds):
            key, gate = str(uuid.uuid4()), threading.Barrier(TIMES)

            def send(key: str = key, gate: threading.Barrier = gate, turn: int = turn) -> None:
                gate.wait()
                told[instance.reply(thread, f"same post {turn}", key).status] += 1

            senders = [threading.Thread(target=send) for _ in range(TIMES)]
            for each in senders:
                each.start()
            for each in senders:
                each.join()
    found = instance.query("SELECT count(*) FROM discussions_comment WHERE body LIKE 'same post %'")
    report.figure("sent", rounds * TIMES)
    report.figure("answers by status", dict(told))
    report.figure("comments of it", found[0][0])
    report.expect(found == [(rounds,)], f"there are {found[0][0]} and not {rounds}")
    report.expect(set(told) == {DONE}, "some were refused")
    return report
