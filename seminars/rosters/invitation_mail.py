"""Personal invitations by mail: written, and told what became of them."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.mail import MailOutcome, queue_mail
from seminars.models import INVITATION_MAIL, Invitation, MailFailure, Membership

# The address of a page to which a token leads, whole.
LinkOf = Callable[[str], str]

# So many go at once, and then one a second: providers take a flood for an attack.
AT_ONCE = 20
PACE = timedelta(seconds=1)


def queue_invitations(invitations: Iterable[Invitation], *, by: Membership, link: LinkOf) -> None:
    """Write the mails of these invitations down, in the transaction that makes them."""
    now = timezone.now()
    for place, invitation in enumerate(invitations):
        queue_mail(
            _message(invitation, by, link),
            purpose=INVITATION_MAIL,
            target_id=invitation.pk,
            run_after=now + PACE * (place - AT_ONCE + 1) if place >= AT_ONCE else None,
        )


def _message(invitation: Invitation, by: Membership, link: LinkOf) -> EmailMessage:
    seminar = by.seminar
    context = {
        "invitation": invitation,
        "seminar": seminar,
        "inviter": by.name,
        "link": link(invitation.personal_token),
    }
    return EmailMessage(
        subject=_("You are invited to “%s”") % seminar.name,
        body=render_to_string("emails/invitation.txt", context).strip() + "\n",
        to=[invitation.email],
        headers={"Auto-Submitted": "auto-generated"},
    )


def note_outcome(pk: int, outcome: MailOutcome) -> None:
    """Keep what became of an invitation's mail; told by accounts.mail."""
    now = timezone.now()
    invitations = Invitation.objects.filter(pk=pk)
    if outcome == MailOutcome.SENT:
        invitations.update(sent_at=now, failed_at=None, failure="")
    else:
        invitations.update(failed_at=now, failure=MailFailure(outcome.value))
