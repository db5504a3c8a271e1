"""What every drill begins with: a seminar whose people are signed in, and an open invitation."""

from datetime import timedelta
from pathlib import Path

from scripts.bench.seed import Scale, seed_one
from scripts.drills.people import INVITATION
from seminars.actions import create_invitation
from seminars.models import Membership


def seed(folder: str) -> None:
    """Fill the empty database of the instance in `folder`."""
    seed_one(Scale(seminars=1, people=13, readings=1, comments=200))
    _, token = create_invitation(
        role="participant",
        group=None,
        max_uses=9,
        valid_for=timedelta(days=1),
        by=Membership.objects.get(user__email="seminar-0-0@example.org"),
    )
    Path(folder, INVITATION).write_text(f"/join/{token}/", encoding="ascii")
