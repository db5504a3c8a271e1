"""What a member is told whom staff have muted for a time."""

from django.core.exceptions import PermissionDenied
from django.template.defaultfilters import date
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from seminars.models import Membership


def mute_sentence(member: Membership) -> str:
    """Say until when this member can write nothing; "" where they are not muted."""
    if not member.is_muted or member.muted_until is None:
        return ""
    said = _("Staff have muted you until %(when)s. You can read everything, and write again then.")
    return said % {"when": date(localtime(member.muted_until), "j F Y, H:i T")}


def refuse_if_muted(member: Membership) -> None:
    """Raise PermissionDenied, with the reason and the time, where this member is muted."""
    if said := mute_sentence(member):
        raise PermissionDenied(said)
