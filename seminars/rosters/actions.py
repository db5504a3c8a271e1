"""Writes about rosters, and the personal invitations that come of them."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.mail import sends_mail, withdraw_mail
from database.versions import update_version
from seminars import permissions
from seminars.actions import create_group
from seminars.audience import Audience
from seminars.events import EventKind, record
from seminars.held import hold_seminar, require
from seminars.models import (
    INVITATION_DAYS,
    INVITATION_MAIL,
    Group,
    Invitation,
    Membership,
    Roster,
    hash_token,
)
from seminars.rosters.invitation_mail import LinkOf, queue_invitations
from seminars.rosters.plans import PlannedRow, RosterPlan, plan_roster, role_of
from seminars.rosters.roster_file import read_roster

VALID_FOR = timedelta(days=INVITATION_DAYS)
# Of one seminar: two lectures. Whoever mails more uses the site to send mail.
INVITATIONS_PER_DAY = 1000
# Nobody gets the same invitation twice in a row because a button was pressed in doubt.
SENT_AGAIN_AFTER = timedelta(minutes=10)
# A list that nobody has come back to holds addresses for nothing.
ROSTER_KEPT = timedelta(days=7)


# Why an invitation in this state is not sent again.
_NOT_SENT = {
    "accepted": gettext_lazy("This invitation is accepted: there is nothing to send."),
    "revoked": gettext_lazy("This invitation is revoked. Make a new one."),
    "waiting": gettext_lazy("This invitation waits to be sent: it goes out in a moment."),
}


class PlanChanged(Exception):
    """What the list would do is not what was shown: people came or went meanwhile."""

    def __init__(self, plan: RosterPlan) -> None:
        super().__init__()
        self.plan = plan


@transaction.atomic
def keep_roster(*, text: str, source_name: str, by: Membership) -> Roster:
    """Keep a list of the seminar of `by` until it is confirmed; nothing else happens."""
    require(permissions.can_manage_people(by), by, by.seminar_id)
    Roster.objects.filter(created_by=by, created_at__lt=timezone.now() - ROSTER_KEPT).delete()
    return Roster.objects.create(
        seminar_id=by.seminar_id, created_by=by, text=text, source_name=source_name[:200]
    )


def correct_roster(*, roster: Roster, text: str, by: Membership, version: int | None) -> None:
    """Change the list itself; raises Stale."""
    require(permissions.can_manage_people(by), by, roster.seminar_id)
    update_version(roster, seen=version, text=text)


def discard_roster(*, roster: Roster, by: Membership) -> None:
    require(permissions.can_manage_people(by), by, roster.seminar_id)
    roster.delete()


@transaction.atomic
def apply_roster(*, roster: Roster, seen: str, by: Membership, link: LinkOf) -> RosterPlan:
    """Do what the list asks for, and let it go: groups, moves, invitations, in this order.

    `seen` is the mark of the plan that was shown; raises PlanChanged where it is another one now,
    and ValidationError where the seminar has mailed as many invitations as it may in a day.
    """
    require(permissions.can_manage_people(by), by, roster.seminar_id)
    hold_seminar(roster.seminar_id)
    plan = plan_roster(by.seminar, read_roster(roster.text))
    if plan.mark != seen:
        raise PlanChanged(plan)
    _hold_pace(by, len(plan.invited))
    for name in plan.new_groups:
        create_group(name=name, by=by)
    groups = {group.name.casefold(): group for group in by.seminar.groups.all()}
    for row in plan.moved:
        _move(row, groups[row.group.casefold()], by)
    invitations = [_invite(row, groups.get(row.group.casefold()), by) for row in plan.invited]
    queue_invitations(invitations, by=by, link=link)
    roster.delete()
    return plan


def _hold_pace(by: Membership, more: int) -> None:
    since = timezone.now() - timedelta(days=1)
    mailed = by.seminar.invitations.personal().filter(created_at__gt=since).count()
    if mailed + more > INVITATIONS_PER_DAY:
        said = _("A seminar mails at most %(most)d invitations a day. Send the others tomorrow.")
        raise ValidationError(said % {"most": INVITATIONS_PER_DAY})


def _move(row: PlannedRow, group: Group, by: Membership) -> None:
    if row.member is not None:
        update_version(row.member, seen=None, group=group)
        record(EventKind.MEMBER_CHANGED, by=by, target=row.member, audience=Audience.STAFF)
    elif row.invitation is not None:
        Invitation.objects.filter(pk=row.invitation.pk).update(group=group)
        record(EventKind.INVITATION_CHANGED, by=by, target=row.invitation, audience=Audience.STAFF)


def _invite(row: PlannedRow, group: Group | None, by: Membership) -> Invitation:
    invitation = Invitation(
        seminar_id=by.seminar_id,
        role=role_of(row.row),
        group=group,
        max_uses=1,
        expires_at=timezone.now() + VALID_FOR,
        created_by=by,
        email=row.row.email,
        name=row.row.name,
    )
    invitation.token_hash = hash_token(invitation.personal_token)
    invitation.save(force_insert=True)
    record(EventKind.INVITATION_CREATED, by=by, target=invitation, audience=Audience.STAFF)
    return invitation


@transaction.atomic
def mail_again(*, invitation: Invitation, by: Membership, link: LinkOf) -> None:
    """Send a personal invitation once more, with the same link, which lasts as long again.

    Raises ValidationError where there is nothing to send, or it was sent a moment ago.
    """
    require(permissions.can_manage_people(by), by, invitation.seminar_id)
    hold_seminar(invitation.seminar_id)
    invitation.refresh_from_db()
    now = timezone.now()
    if not sends_mail():
        raise ValidationError(_("This site sends no mail. Make a link for them instead."))
    if invitation.mail_state not in {"sent", "failed", "expired"} or not invitation.email:
        raise ValidationError(_NOT_SENT[invitation.mail_state])
    if invitation.sent_at and now - invitation.sent_at < SENT_AGAIN_AFTER:
        said = _("It was sent a moment ago. Wait ten minutes before you send it again.")
        raise ValidationError(said)
    invitation.token_hash = hash_token(invitation.personal_token)
    invitation.expires_at = now + VALID_FOR
    invitation.sent_at = invitation.failed_at = None
    invitation.failure = ""
    fields = ["token_hash", "expires_at", "sent_at", "failed_at", "failure"]
    invitation.save(update_fields=fields)
    withdraw_mail(purpose=INVITATION_MAIL, target_id=invitation.pk)
    queue_invitations([invitation], by=by, link=link)
    record(EventKind.INVITATION_RENEWED, by=by, target=invitation, audience=Audience.STAFF)
