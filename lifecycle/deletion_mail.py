"""What members are told by mail when their seminar is to be deleted, or is kept after all."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from seminars.models import Membership

# The purposes of these mails (accounts/mail.py): at most twenty characters.
DELETED_MAIL, KEPT_MAIL = "seminar_deletion", "seminar_kept"


def make_deletion_mail(pk: int) -> EmailMessage | None:
    """The mail to this membership; None where the deletion was taken back before it was sent."""
    member = _member(pk)
    if member is None or member.seminar.deleted_from is None:
        return None
    subject = _("“%s” will be deleted") % member.seminar.name
    return _message(member, subject, "emails/seminar_deletion.txt")


def make_kept_mail(pk: int) -> EmailMessage | None:
    """The mail that takes it back; None where it is to be deleted after all."""
    member = _member(pk)
    if member is None or member.seminar.deleted_from is not None:
        return None
    subject = _("“%s” will not be deleted") % member.seminar.name
    return _message(member, subject, "emails/seminar_kept.txt")


def _member(pk: int) -> Membership | None:
    members = Membership.objects.current().select_related("seminar", "user")
    return members.filter(pk=pk, user__is_active=True).first()


def _message(member: Membership, subject: str, template: str) -> EmailMessage:
    with timezone.override(member.user.zone):  # of the day in it
        path = reverse("seminar_whole", args=[member.seminar.slug])
        context = {"member": member, "seminar": member.seminar, "link": settings.SITE_URL + path}
        body = render_to_string(template, context).strip() + "\n"
    headers = {"Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, body, to=[member.user.email], headers=headers)
