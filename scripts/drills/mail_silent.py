"""A mail server that takes connections and never answers: pages go on, nothing is half made."""

from scripts.drills import mail_server
from scripts.drills.instance import copy_of
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


def run(workspace: Workspace) -> DrillReport:
    """Ask for passwords and sign up while the worker hangs on the server."""
    report = DrillReport()
    with mail_server.silent() as server:
        port = server.getsockname()[1]
        instance = copy_of(workspace, EMAIL_URL=f"smtp://127.0.0.1:{port}?timeout=2")
        link = invitation(instance)
        with instance.serving(worker=True):
            ask_for_passwords(report, instance, 2 if workspace.short else 5)
            server.settimeout(30)
            held, _ = server.accept()  # the worker waits for it now
            with held:
                sign_up(report, instance, link)
                still_serves(report, instance)
                noted = until(lambda: has_failed(instance))
    report.figure("mails that wait", waiting(instance))
    report.expect(noted, "the worker did not give the server up")
    report.expect(waiting(instance) >= 2, "mails are lost")
    return report
