"""24 connections send their body a byte a minute: the others are served."""

import socket
import time

from scripts.drills.instance import READING, Instance, copy_of
from scripts.drills.report import DrillReport, Workspace, percentile

CONNECTIONS = 24
SECONDS, SHORT_SECONDS = 60.0, 2.0
HEAD = (
    "POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nl"
)


def run(workspace: Workspace) -> DrillReport:
    """Read and post beside the slow ones: nothing fails, and nobody waits for them."""
    report = DrillReport()
    instance = copy_of(workspace)
    with instance.serving():
        instance.ask(READING)  # the first page of all takes longer, whoever else sends
        slow = [_begin(instance) for _ in range(CONNECTIONS)]
        try:
            time.sleep(0.3)
            slowest = _serve_others(report, instance, SHORT_SECONDS if workspace.short else SECONDS)
            report.expect(workspace.short or slowest < 2, "somebody waited for two seconds")
        finally:
            for one in slow:
                one.close()
    return report


def _begin(instance: Instance) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", instance.port))
    connection.sendall(HEAD.encode())
    return connection


def _serve_others(report: DrillReport, instance: Instance, seconds: float) -> float:
    """Serve them for so long; return how many seconds the slowest answer took."""
    thread, until = instance.thread(), time.monotonic() + seconds
    took: list[float] = []
    failed = asked = 0
    while time.monotonic() < until:
        begun, asked = time.monotonic(), asked + 1
        if asked % 5:
            answer = instance.ask(READING)
        else:
            key = f"00000000-0000-4000-8000-{asked:012x}"
            answer = instance.reply(thread, f"Reply {asked} beside slow senders.", key)
        failed += answer.status not in {200, 302}
        took.append(time.monotonic() - begun)
    report.figure("requests of others", asked)
    report.figure("of these not answered", failed)
    report.figure(
        "slowest, and 95 % within, seconds", f"{max(took):.2f}, {percentile(took, 0.95):.2f}"
    )
    report.expect(not failed, "others were not served")
    return max(took)
