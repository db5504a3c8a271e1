"""A roster: brought in, looked at, put right, and done."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.idempotency import answered_once
from database.versions import Stale
from seminars import permissions
from seminars.access import seminar_view
from seminars.http import SeminarRequest, get_invitation
from seminars.models import Roster
from seminars.rosters import actions
from seminars.rosters.forms import RosterForm, RosterTextForm
from seminars.rosters.invitation_mail import LinkOf
from seminars.rosters.plans import RosterPlan, plan_roster
from seminars.rosters.roster_file import read_roster

CHANGED = gettext_lazy(
    "The list, or who takes part, has changed since this was shown, and nothing is done yet. "
    "Look at it again: this is what would happen now."
)


@answered_once
@seminar_view(permissions.can_manage_people)
@require_http_methods(["GET", "HEAD", "POST"])
def roster_create(request: SeminarRequest) -> HttpResponse:
    """Take a list of people; nothing is done with it before it is looked at."""
    sent = request.method == "POST"
    form = RosterForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        roster = actions.keep_roster(**form.content(), by=request.membership)
        return redirect("roster_detail", request.seminar.slug, roster.pk)
    status = 422 if form.errors else 200
    return render(request, "seminars/roster_create.html", {"form": form}, status=status)


@seminar_view(permissions.can_manage_people)
@require_http_methods(["GET", "HEAD", "POST"])
def roster_detail(request: SeminarRequest, pk: int) -> HttpResponse:
    """What would happen to each row; the rows themselves can be put right."""
    roster = get_roster(request, pk)
    form = RosterTextForm(request.POST if request.method == "POST" else None, row=roster)
    if form.is_valid():
        try:
            actions.correct_roster(roster=roster, **form.cleaned_data, by=request.membership)
        except Stale as stale:
            form.show_current(stale.current)
        else:
            return redirect("roster_detail", request.seminar.slug, pk)
    return roster_page(request, roster, form=form, status=form.status)


@answered_once
@seminar_view(permissions.can_manage_people)
@require_POST
def roster_invitations(request: SeminarRequest, pk: int) -> HttpResponse:
    """Do what the list asks for: groups, moves, invitations."""
    roster, seen = get_roster(request, pk), request.POST.get("seen", "")
    try:
        done = actions.apply_roster(
            roster=roster, seen=seen, by=request.membership, link=link_of(request)
        )
    except ValidationError as refusal:
        return roster_page(request, roster, error=refusal.messages[0], status=422)
    except actions.PlanChanged:
        return roster_page(request, roster, error=str(CHANGED), status=409)
    messages.success(request, in_words(done))
    return redirect("people", request.seminar.slug)


@answered_once
@seminar_view(permissions.can_manage_people)
@require_POST
def roster_removal(request: SeminarRequest, pk: int) -> HttpResponse:
    """Let the list go; nothing of it is done."""
    actions.discard_roster(roster=get_roster(request, pk), by=request.membership)
    messages.success(request, _("The list is gone. Nobody was invited or moved."))
    return redirect("people", request.seminar.slug)


@answered_once
@seminar_view(permissions.can_manage_people)
@require_POST
def invitation_mail(request: SeminarRequest, pk: int) -> HttpResponse:
    """Send a personal invitation once more."""
    invitation = get_invitation(request, pk)
    try:
        actions.mail_again(invitation=invitation, by=request.membership, link=link_of(request))
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        said = _("The invitation to %s goes out again, with the same link.")
        messages.success(request, said % invitation.email)
    return redirect(reverse("people", args=[request.seminar.slug]) + "#invitations-h")


def get_roster(request: SeminarRequest, pk: int) -> Roster:
    """A list that this member has brought in: it holds addresses, and is nobody else's."""
    return get_object_or_404(request.seminar.rosters, pk=pk, created_by=request.membership)


def link_of(request: SeminarRequest) -> LinkOf:
    """How a token becomes a link in a mail."""
    return lambda token: request.build_absolute_uri(reverse("invitation_accept", args=[token]))


def roster_page(
    request: SeminarRequest,
    roster: Roster,
    *,
    form: RosterTextForm | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    file = read_roster(roster.text)
    context: dict[str, Any] = {
        "roster": roster,
        "form": form or RosterTextForm(row=roster),
        "file": file,
        "plan": plan_roster(request.seminar, file),
        "error": error,
    }
    return render(request, "seminars/roster_detail.html", context, status=status)


def in_words(plan: RosterPlan) -> str:
    """What was done, for whoever has confirmed it."""
    said = []
    if count := len(plan.invited):
        text = ngettext("%d invitation goes out by mail.", "%d invitations go out by mail.", count)
        said.append(text % count)
    if count := len(plan.moved):
        said.append(ngettext("%d person is moved.", "%d people are moved.", count) % count)
    if count := len(plan.new_groups):
        said.append(ngettext("%d group is made.", "%d groups are made.", count) % count)
    return " ".join(said) or _("There was nothing to do.")
