"""What every drill begins with: a seminar whose people are signed in, and an open invitation."""

from datetime import timedelta
from pathlib import Path

from scripts.bench.seed import SIGNED_IN, Scale, seed_one
from scripts.bench.sessions import sign_in
from scripts.drills.people import INVITATION
from seminars.actions import create_invitation
from seminars.models import Membership

PEOPLE = 30


def seed(folder: str) -> None:
    """Fill the empty database of the instance in `folder`."""
    seed_one(Scale(seminars=1, people=PEOPLE, readings=1, comments=200))
    members = Membership.objects.filter(seminar__slug="seminar-0").select_related("user")
    rest = enumerate(members.order_by("pk")[SIGNED_IN:], SIGNED_IN)
    sign_in({f"seminar-0-{place}": member.user for place, member in rest})
    _, token = create_invitation(
        role="participant",
        group=None,
        max_uses=9,
        valid_for=timedelta(days=1),
        by=Membership.objects.get(user__email="seminar-0-0@example.org"),
    )
    Path(folder, INVITATION).write_text(f"/join/{token}/", encoding="ascii")
