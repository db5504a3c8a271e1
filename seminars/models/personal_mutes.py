"""Whom a member has muted for themselves; staff muting somebody for a time is another thing."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from seminars.models.seminars import Membership, Seminar


class PersonalMute(models.Model):
    """One member wants to read nothing more of another: seminars.personal_mutes has the rule.

    It is known to `membership` alone. No event tells of it, and no page of `muted` or of staff.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="muting")
    muted = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["PersonalMute"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "muted"], name="personal_mute_unique"),
            models.CheckConstraint(
                condition=~Q(membership=F("muted")), name="personal_mute_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership} has muted {self.muted}"
