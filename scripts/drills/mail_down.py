"""No mail server at all: pages go on, nothing is half made, and mail is sent once there is one."""

import sqlite3

from scripts.drills import mail_server
from scripts.drills.instance import Instance, copy_of
from scripts.drills.people import (
    ask_for_passwords,
    has_failed,
    invitation,
    sign_up,
    still_serves,
    until,
    waiting,
)
from scripts.drills.report import DrillReport, Workspace
from scripts.ports import free_port


def run(workspace: Workspace) -> DrillReport:
    """Sign up while it is down; start a server, put the clock of the queue on, and wait."""
    report = DrillReport()
    port = free_port()
    instance = copy_of(workspace, EMAIL_URL=f"smtp://127.0.0.1:{port}")
    link = invitation(instance)
    with instance.serving(worker=True):
        ask_for_passwords(report, instance, 1 if workspace.short else 5)
        sign_up(report, instance, link)
        still_serves(report, instance)
        begun = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE finished_at IS NULL"
        noted = until(lambda: has_failed(instance))
        # One task for each mail is over, and its next try waits.
        until(lambda: instance.query(begun) == [(waiting(instance),)])
        wanted = waiting(instance)
        report.expect(noted, "the worker did not try")
        with mail_server.taking(port) as taken:
            _put_the_clock_on(instance)
            sent = until(lambda: len(taken) == wanted and waiting(instance) == 0)
    report.figure("mails written while it was down", wanted)
    report.figure("of these sent afterwards", len(taken))
    report.expect(sent, "not every mail was sent once")
    return report


def _put_the_clock_on(instance: Instance) -> None:
    """Make the next tries due now; they would be in two minutes and more."""
    connection = sqlite3.connect(instance.database, timeout=20)
    with connection:
        connection.execute("UPDATE accounts_queuedmail SET failed_at = NULL")
        connection.execute(
            "UPDATE django_tasks_database_dbtaskresult SET run_after = enqueued_at"
            " WHERE status = 'READY' AND run_after < '9999-01-01'"
        )
    connection.close()
