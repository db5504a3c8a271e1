"""What a view of a seminar is given, and how it fetches the rest: found, or 404."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django_htmx.middleware import HtmxDetails

from seminars.models import Group, Invitation, Membership, Seminar

if TYPE_CHECKING:
    from accounts.models import User


class Request(HttpRequest):
    """Any request of somebody signed in."""

    htmx: HtmxDetails
    user: "User"


class SeminarRequest(Request):
    """A request below /s/<seminar>/: the seminar, and who is asking."""

    seminar: Seminar
    membership: Membership


def get_member(request: SeminarRequest, pk: int) -> Membership:
    """Return a current member of the seminar."""
    return get_object_or_404(request.seminar.memberships.for_people_page(), pk=pk)


def get_group(request: SeminarRequest, pk: int) -> Group:
    return get_object_or_404(request.seminar.groups.with_size(), pk=pk)


def get_invitation(request: SeminarRequest, pk: int) -> Invitation:
    return get_object_or_404(request.seminar.invitations, pk=pk)


def find_invitation(token: str) -> Invitation | None:
    """Return the invitation that this link carries, usable or not; None where it is no link."""
    invitations = Invitation.objects.with_token(token)
    return invitations.select_related("seminar", "created_by", "group").first()
