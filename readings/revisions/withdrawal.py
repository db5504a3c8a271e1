"""What taking a revision back would do, in numbers, for who is about to."""

from dataclasses import dataclass

from django.db.models import Count

from accounts.models import User
from readings.models import Passage, Reading, ReanchoredPassage, Reanchoring, Revision
from readings.revisions.queries import previous_revision


@dataclass(frozen=True, slots=True)
class WithdrawalEffect:
    """Passages are counted whoever's they are: only their number is told."""

    before: Revision | None  # what would be read again
    readings: list[Reading]  # those that the viewer instructs
    other_readings: int
    restored: int
    since: int
    by_hand: int


def withdrawal_effect(revision: Revision, user: User) -> WithdrawalEffect:
    """Count what would go back with `revision`, in a fixed number of queries."""
    there = Reading.objects.filter(revision=revision)
    mine = list(Reading.objects.of_essay(revision.essay, user).filter(revision=revision))
    came_here = Reanchoring.objects.filter(to_revision=revision, undone_at=None, reading__in=there)
    forward = came_here.filter(from_revision__number__lt=revision.number)
    moved = ReanchoredPassage.objects.filter(reanchoring__in=forward)
    counts = moved.aggregate(restored=Count("pk"), by_hand=Count("decided_at"))
    passages = Passage.objects.filter(reading__in=there, continues=None).count()
    return WithdrawalEffect(
        before=previous_revision(revision),
        readings=mine,
        other_readings=there.count() - len(mine),
        restored=counts["restored"],
        since=passages - counts["restored"],
        by_hand=counts["by_hand"],
    )
