"""A member muted for a time, or with each post looked at first."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from discussions.models import Decision
from discussions.moderation import member_actions
from discussions.moderation.back import back_to_case
from discussions.moderation.decision_log import log_entry
from discussions.moderation.member_forms import MuteForm
from documents.visible import isolated
from seminars import permissions
from seminars.access import seminar_view
from seminars.http import SeminarRequest, get_member
from seminars.models import Membership


@seminar_view(permissions.can_see_desk)
@require_safe
def member_moderation(request: SeminarRequest, pk: int) -> HttpResponse:
    """How it stands, what was decided before, and the forms."""
    member = get_participant(request, pk)
    return member_page(request, member, MuteForm(by=request.membership, other=member))


@seminar_view(permissions.can_see_desk)
@require_POST
def member_mute(request: SeminarRequest, pk: int) -> HttpResponse:
    """Mute a member for some hours; `undo=1` lets them write again."""
    member = get_participant(request, pk)
    if request.POST.get("undo") == "1":
        member_actions.unmute(member=member, by=request.membership)
        messages.success(request, _("%s can write again.") % isolated(member.name))
        return onwards(request, pk)
    form = MuteForm(request.POST, by=request.membership, other=member)
    if not form.is_valid():
        return member_page(request, member, form)
    member_actions.mute(member=member, by=request.membership, **form.cleaned_data)
    messages.success(request, _("%s is muted, and told until when.") % isolated(member.name))
    return onwards(request, pk)


@seminar_view(permissions.can_see_desk)
@require_POST
def member_restriction(request: SeminarRequest, pk: int) -> HttpResponse:
    """Let each post of a member wait for staff (`on=1`), or no more (`on=0`)."""
    member = get_participant(request, pk)
    on = request.POST.get("on") == "1"
    member_actions.restrict(member=member, by=request.membership, on=on)
    said = _("What %s writes waits for staff.") if on else _("What %s writes waits no more.")
    messages.success(request, said % isolated(member.name))
    return onwards(request, pk)


def onwards(request: SeminarRequest, pk: int) -> HttpResponse:
    """Back to the case from which one came, or to the page of the member."""
    back = back_to_case(request)
    return redirect(back) if back else redirect("member_moderation", request.seminar.slug, pk)


def get_participant(request: SeminarRequest, pk: int) -> Membership:
    """Return a member whom the viewer may mute."""
    member = get_member(request, pk)
    if not permissions.can_mute(request.membership, member):
        raise PermissionDenied(_("This member is not yours to mute."))
    return member


def member_page(request: SeminarRequest, member: Membership, form: MuteForm) -> HttpResponse:
    context = {
        "member": member,
        "form": form,
        "back": back_to_case(request),
        "can_restrict": permissions.can_restrict(request.membership, member),
        "decided": [
            log_entry(row, request.membership) for row in Decision.objects.about_member(member)
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "discussions/member_moderation.html", context, status=status)
