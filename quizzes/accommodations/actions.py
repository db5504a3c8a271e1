"""Arranging more time and further tries for one person."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from database.versions import Stale
from quizzes.models import Accommodation, Attempt, AttemptState, adjusted
from seminars.audience import Audience
from seminars.events import EventKind, record
from seminars.models import Membership
from seminars.permissions import can_accommodate


@transaction.atomic
def set_accommodation(
    *,
    member: Membership,
    time_percent: int,
    extra_tries: int,
    reason: str,
    by: Membership,
    version: int | None = None,
) -> Accommodation:
    """Let this hold for the member from now on, a try that is running included.

    `version` is that of the row when the form was opened, 0 where there was none. Raises Stale.
    """
    if not can_accommodate(by, member):
        raise PermissionDenied(_("Only an instructor arranges this."))
    Membership.objects.select_for_update(of=("self",), no_key=True).get(pk=member.pk)
    row = Accommodation.objects.of(member)
    values = {"time_percent": time_percent, "extra_tries": extra_tries, "reason": reason}
    if row and all(getattr(row, name) == value for name, value in values.items()):
        return row
    if version is not None and version != (row.edit_version if row else 0):
        raise Stale(row)
    if row is None:
        row = Accommodation(seminar_id=member.seminar_id, membership=member, edit_version=0)
    for name, value in values.items():
        setattr(row, name, value)
    row.given_by, row.given_at = by, timezone.now()
    row.edit_version += 1
    row.save()
    _move_ends(row)
    # Why is nobody's business but theirs and staff's: no event says it.
    record(
        EventKind.ACCOMMODATION_CHANGED,
        by=by,
        target=row,
        audience=Audience.STAFF,
        group_id=member.group_id,
        time_percent=time_percent,
        extra_tries=extra_tries,
    )
    return row


def _move_ends(row: Accommodation) -> None:
    """Let tries that are running end as they would, had they been begun with this."""
    running = Attempt.objects.filter(
        membership=row.membership, state=AttemptState.IN_PROGRESS, begun_at__isnull=False
    )
    for attempt in running.select_related("quiz"):
        minutes = adjusted(attempt.quiz.settings, row).minutes
        if minutes and attempt.begun_at is not None:
            attempt.ends_at = attempt.begun_at + timedelta(minutes=minutes)
            attempt.save(update_fields=["ends_at"])
