"""Links that let people in: made, revoked, accepted."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.idempotency import secret_of
from accounts.models import User
from seminars import actions, invitation_cookie, permissions
from seminars.access import public, seminar_view
from seminars.forms import InvitationForm
from seminars.http import SeminarRequest, find_invitation, get_invitation
from seminars.models import Invitation, Membership

# How one stands to an invitation by which one can join, or rise.
CAN_JOIN = {"open", "promoted"}


@seminar_view(permissions.can_manage_people)
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_create(request: SeminarRequest) -> HttpResponse:
    """Make an invitation. Its link is in this one answer and nowhere else."""
    form = InvitationForm(request.POST or None, seminar=request.seminar)
    if request.method != "POST":
        return render(request, "seminars/invitation_create.html", {"form": form})
    if not form.is_valid():
        return render(request, "seminars/invitation_create.html", {"form": form}, status=422)
    fields = form.cleaned_data
    invitation, token = actions.create_invitation(
        role=fields["role"],
        group=fields["group"],
        max_uses=fields["max_uses"],
        valid_for=form.valid_for,
        by=request.membership,
        # The same form sent once more makes the same link, and the same page can show it again.
        token=secret_of(request),
    )
    link = request.build_absolute_uri(reverse("invitation_accept", args=[token]))
    context = {"invitation": invitation, "link": link}
    return render(request, "seminars/invitation_create.html", context, status=201)


@seminar_view(permissions.can_manage_people)
@require_POST
def invitation_revocation(request: SeminarRequest, pk: int) -> HttpResponse:
    actions.revoke_invitation(invitation=get_invitation(request, pk), by=request.membership)
    messages.success(request, _("The invitation is revoked. Its link lets nobody in any more."))
    return redirect("people", request.seminar.slug)


def join(token: str, user: User) -> str:
    """Join, and return how `user` stands to the invitation then: `member`, or why not."""
    try:
        actions.accept_invitation(token=token, user=user)
    except actions.InvitationRefused as refused:
        return refused.reason
    return "member"


@public
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Say to what one is invited, and join. Shows the seminar's name and the role, no more."""
    invitation = find_invitation(token)
    if invitation is None:
        unknown = {"standing": "unknown"}
        return render(request, "seminars/invitation_accept.html", unknown, status=404)
    standing, member = invitation.standing_of(request.user), find_member(invitation, request.user)
    if standing in CAN_JOIN and request.method == "POST" and request.user.is_authenticated:
        standing, member = join(token, request.user), None
    # Who is in by another role is told why nothing changes; who has this one goes on.
    if standing == "member" and (member is None or member.role == invitation.role):
        response: HttpResponse = redirect(invitation.seminar)
        invitation_cookie.forget(response)
        return response
    context: dict[str, Any] = {"invitation": invitation, "standing": standing, "member": member}
    status = 200 if standing in {"member", *CAN_JOIN} else 410
    response = render(request, "seminars/invitation_accept.html", context, status=status)
    if standing == "open" and not request.user.is_authenticated:
        invitation_cookie.remember(response, token)
    else:
        invitation_cookie.forget(response)
    return response


def find_member(invitation: Invitation, user: Any) -> Membership | None:
    """Return who `user` is in the seminar already."""
    return invitation.seminar.memberships.current().filter(user=user.pk).first()
