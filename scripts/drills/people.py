"""What people do in the drills of mail: ask for a new password, and join by an invitation."""

import time
from collections.abc import Callable

from scripts.drills.instance import RESPONSE_TIMEOUT, HttpAnswer, Instance
from scripts.drills.report import DrillReport

INVITATION = "invitation"  # the file in which scripts/drills/seed.py leaves it
NEW_ADDRESS = "newcomer@example.org"


def invitation(instance: Instance) -> str:
    """Return the path of the link of the open invitation."""
    return (instance.folder / INVITATION).read_text(encoding="ascii")


def ask_for_passwords(report: DrillReport, instance: Instance, people: int) -> None:
    """Ask for as many new passwords, each of somebody else."""
    took = []
    for member in range(people):
        begun = time.monotonic()
        fields = {"email": f"seminar-0-{member}@example.org"}
        answer = instance.ask("/accounts/password/reset/", fields, member=None)
        took.append(time.monotonic() - begun)
        report.expect(answer.status in {302, 429}, f"the page answered {answer.status}")
    report.figure("slowest page that mailed, seconds", f"{max(took):.2f}")
    report.expect(max(took) < 8, "a page waited for the mail server")


def sign_up(report: DrillReport, instance: Instance, link: str) -> None:
    """Make an account by the invitation; whoever does is a whole member."""
    come = instance.ask(link, member=None)
    fields = {"name": "Nadia", "email": NEW_ADDRESS, "password1": "three odd words"}
    answer = instance.ask("/accounts/signup/", fields, member=None, cookies=come.cookies)
    report.expect(answer.status == 302, f"signing up answered {answer.status}")
    members = instance.query(
        "SELECT count(*) FROM seminars_membership m JOIN accounts_user u ON u.id = m.user_id"
        " WHERE u.email = ? AND u.password != ''",
        NEW_ADDRESS,
    )
    report.figure("people who signed up and are members", members[0][0])
    report.expect(members == [(1,)], "whoever signed up is no member")


def waiting(instance: Instance) -> int:
    """How many mails wait."""
    return int(str(instance.query("SELECT count(*) FROM accounts_queuedmail")[0][0]))


def has_failed(instance: Instance) -> bool:
    """Whether the worker has tried to send a mail, in vain."""
    failed = "SELECT count(*) FROM accounts_queuedmail WHERE failed_at IS NOT NULL"
    return instance.query(failed) != [(0,)]


def until(is_so: Callable[[], bool], timeout: float = RESPONSE_TIMEOUT) -> bool:
    """Wait until it is so; say whether it came to be in time."""
    end = time.monotonic() + timeout
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def still_serves(report: DrillReport, instance: Instance, answer: HttpAnswer | None = None) -> None:
    """Expect that a page is there."""
    answer = answer or instance.ask("/accounts/login/", member=None)
    report.expect(answer.status == 200, f"a page answered {answer.status}")
