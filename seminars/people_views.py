"""The people of a seminar: members and groups."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.idempotency import answered_once
from database.versions import Stale
from documents.whole_number import whole_number
from seminars import actions, permissions
from seminars.access import seminar_view
from seminars.forms import GroupForm, GroupNameForm, MembershipForm
from seminars.http import SeminarRequest, get_group, get_member
from seminars.member_moves import find_move
from seminars.models import Invitation, Seminar


@seminar_view(permissions.can_see_people)
@require_safe
def people(request: SeminarRequest) -> HttpResponse:
    """Who takes part; for instructors the groups and invitations too."""
    number = whole_number(request.GET.get("moved", ""))
    moved = None if number is None else find_move(number, request.membership)
    return people_page(request, moved=moved)


def people_page(request: SeminarRequest, *, status: int = 200, **context: Any) -> HttpResponse:
    """The page, of all or of one group; a form on it that was refused comes back by `context`."""
    members = request.seminar.memberships.for_people_page()
    if permissions.can_manage_people(request.membership):
        groups = request.seminar.groups.with_size()
        chosen = whole_number(request.GET.get("group", ""))
        if chosen in {group.pk for group in groups}:
            members = members.filter(group=chosen)
            context["chosen_group"] = chosen
        context["groups"] = groups
        context |= _invitations(request.seminar)
    return render(request, "seminars/people.html", context | {"members": members}, status=status)


def _invitations(seminar: Seminar) -> dict[str, list[Invitation]]:
    """The links, and the personal ones: those of which something may come, and the others."""
    invitations = seminar.invitations.for_people_page()
    personal = [one for one in invitations if one.email]
    return {
        "invitations": [one for one in invitations if not one.email],
        "personal": [one for one in personal if not one.is_settled],
        "settled": [one for one in personal if one.is_settled],
    }


@answered_once
@seminar_view(permissions.can_manage_people)
@require_http_methods(["GET", "HEAD", "POST"])
def membership_detail(request: SeminarRequest, pk: int) -> HttpResponse:
    """Give a member another role or group."""
    member = get_member(request, pk)
    data = request.POST if request.method == "POST" else None
    form = MembershipForm(data, seminar=request.seminar, row=member)
    if form.is_valid():
        try:
            actions.update_membership(membership=member, **form.cleaned_data, by=request.membership)
        except ValidationError as error:
            form.add_error(None, error)
        except Stale as stale:
            form.show_current(stale.current)
        else:
            said = _("%(name)s is %(role)s now.")
            role = member.get_role_display()
            messages.success(request, said % {"name": member.name, "role": role})
            return redirect("people", request.seminar.slug)
    context = {"member": member, "form": form}
    return render(request, "seminars/membership_detail.html", context, status=form.status)


@answered_once
@seminar_view(permissions.can_manage_people)
@require_http_methods(["GET", "HEAD", "POST"])
def membership_removal(request: SeminarRequest, pk: int) -> HttpResponse:
    """Remove a member, after saying what that means."""
    member, error = get_member(request, pk), ""
    if request.method == "POST":
        try:
            actions.remove_membership(membership=member, by=request.membership)
        except ValidationError as refusal:
            error = refusal.messages[0]
        else:
            messages.success(
                request,
                _("%(name)s is no longer in %(seminar)s.")
                % {"name": member.name, "seminar": request.seminar},
            )
            if member.pk == request.membership.pk:
                return redirect("home")
            return redirect("people", request.seminar.slug)
    context = {"member": member, "error": error}
    status = 422 if error else 200
    return render(request, "seminars/membership_removal.html", context, status=status)


@answered_once
@seminar_view(permissions.can_manage_people)
@require_http_methods(["GET", "HEAD", "POST"])
def group_create(request: SeminarRequest) -> HttpResponse:
    form = GroupForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            group = actions.create_group(**form.cleaned_data, by=request.membership)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The group %s is there.") % group)
            return redirect("people", request.seminar.slug)
    status = 422 if form.errors else 200
    return render(request, "seminars/group_create.html", {"form": form}, status=status)


@seminar_view(permissions.can_manage_people)
@require_http_methods(["GET", "HEAD", "POST"])
def group_detail(request: SeminarRequest, pk: int) -> HttpResponse:
    """Rename a group."""
    group = get_group(request, pk)
    form = GroupNameForm(request.POST if request.method == "POST" else None, row=group)
    if form.is_valid():
        try:
            actions.rename_group(group=group, **form.cleaned_data, by=request.membership)
        except ValidationError as error:
            form.add_error(None, error)
        except Stale as stale:
            form.show_current(stale.current)
        else:
            messages.success(request, _("The group is named %s now.") % group)
            return redirect("people", request.seminar.slug)
    context = {"group": group, "form": form}
    return render(request, "seminars/group_detail.html", context, status=form.status)


@answered_once
@seminar_view(permissions.can_manage_people)
@require_http_methods(["GET", "HEAD", "POST"])
def group_removal(request: SeminarRequest, pk: int) -> HttpResponse:
    """Delete a group that is empty."""
    group, error = get_group(request, pk), ""
    if request.method == "POST":
        try:
            actions.delete_group(group=group, by=request.membership)
        except ValidationError as refusal:
            error = refusal.messages[0]
        else:
            messages.success(request, _("The group %s is deleted.") % group)
            return redirect("people", request.seminar.slug)
    context = {"group": group, "error": error}
    status = 422 if error else 200
    return render(request, "seminars/group_removal.html", context, status=status)
