"""What is decided about who writes: muted for a time, or with each post looked at first."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from discussions.models import Action, Decision
from discussions.moderation.log import Notes, log_decision
from seminars import permissions
from seminars.audience import Audience
from seminars.events import EventKind, record
from seminars.models import Membership

# Within it a second form that says the same is the first one, sent again.
SAME_DECISION = timedelta(minutes=1)
MOST_MUTED_HOURS = 24 * 28


def mute(
    *,
    member: Membership,
    by: Membership,
    hours: int,
    reason: str = "",
    note_to_member: str = "",
    note_to_staff: str = "",
) -> Decision:
    """Let a participant read and not write for so many hours, from now.

    An assistant those of their own groups, for a day at the most. Raises PermissionDenied, and
    ValueError for more than four weeks.
    """
    if not 0 < hours <= MOST_MUTED_HOURS:
        raise ValueError("A member is muted for four weeks at the most.")
    with transaction.atomic():
        current = _held(member)
        if not permissions.can_mute(by, current, hours=hours):
            raise PermissionDenied(_("You may not mute this member for so long."))
        if done := _muted_just_now(current, by, f"{hours} h", reason):
            return done
        before = _muted(current)
        until = timezone.now() + timedelta(hours=hours)
        current.muted_until = member.muted_until = until
        current.save(update_fields=["muted_until"])
        record(EventKind.MEMBER_MUTED, by=by, target=current, audience=Audience.STAFF)
        return log_decision(
            Action.MUTE,
            by=by,
            member=current,
            before=before,
            after=f"{hours} h",
            reason=reason,
            notes=Notes(note_to_member, note_to_staff),
        )


def _muted_just_now(member: Membership, by: Membership, after: str, reason: str) -> Decision | None:
    """Return the decision that this one is once more, as after an answer that was lost."""
    about = Decision.objects.filter(seminar=member.seminar_id, member=member)
    last = about.order_by("-pk").first()
    if last is None or timezone.now() - last.created_at > SAME_DECISION:
        return None
    same = (last.action, last.actor_id, last.after, last.reason)
    return last if same == (Action.MUTE, by.pk, after, reason) else None


def unmute(*, member: Membership, by: Membership, note_to_staff: str = "") -> Decision | None:
    """Let a member write again; None where they can. Raises PermissionDenied."""
    with transaction.atomic():
        current = _held(member)
        if not permissions.can_mute(by, current):
            raise PermissionDenied(_("This member is not yours to mute."))
        if not current.is_muted:
            return None
        before = _muted(current)
        current.muted_until = member.muted_until = None
        current.save(update_fields=["muted_until"])
        record(EventKind.MEMBER_MUTED, by=by, target=current, audience=Audience.STAFF)
        return log_decision(
            Action.UNMUTE,
            by=by,
            member=current,
            before=before,
            after="",
            notes=Notes(to_staff=note_to_staff),
        )


def restrict(
    *,
    member: Membership,
    by: Membership,
    on: bool,
    reason: str = "",
    note_to_member: str = "",
    note_to_staff: str = "",
) -> Decision | None:
    """Let each post of a member wait for staff, or no more; None where it is so already."""
    with transaction.atomic():
        current = _held(member)
        if not permissions.can_restrict(by, current):
            raise PermissionDenied(_("Only an instructor may let a member’s posts wait."))
        if (current.restricted_at is not None) == on:
            return None
        current.restricted_at = member.restricted_at = timezone.now() if on else None
        current.save(update_fields=["restricted_at"])
        record(EventKind.MEMBER_RESTRICTED, by=by, target=current, audience=Audience.STAFF)
        return log_decision(
            Action.RESTRICT if on else Action.UNRESTRICT,
            by=by,
            member=current,
            before="" if on else "restricted",
            after="restricted" if on else "",
            reason=reason,
            notes=Notes(note_to_member, note_to_staff),
        )


def _held(member: Membership) -> Membership:
    found = Membership.objects.select_for_update(of=("self",)).select_related("seminar", "user")
    return found.get(pk=member.pk)


def _muted(member: Membership) -> str:
    """The state before, as the log has it: how many hours are left, or ""."""
    if not member.is_muted or member.muted_until is None:
        return ""
    left = member.muted_until - timezone.now()
    return f"{max(1, round(left.total_seconds() / 3600))} h"
