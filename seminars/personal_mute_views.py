"""A member muted by another one, for themselves: how it stands, and whom one has muted."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.views import next_url
from documents.visible import isolated
from documents.whole_number import whole_number
from seminars import permissions
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.models import Membership
from seminars.personal_mutes import find_unmuted, mute_for_self, muted_by, unmute_for_self


@seminar_view(permissions.can_see_people)
@require_http_methods(["GET", "HEAD", "POST"])
def personal_mute(request: SeminarRequest, pk: int) -> HttpResponse:
    """Mute a member for oneself, after it is said what that means; `undo=1` takes it back."""
    member = get_anybody(request, pk)
    if request.method == "POST":
        return _answer(request, member, undoing=request.POST.get("undo") == "1")
    context = {
        "member": member,
        "is_muted": member.pk in request.membership.muted_ids,
        "can_mute": permissions.can_mute_for_self(request.membership, member),
        "next": request.GET.get("next", ""),
    }
    return render(request, "seminars/personal_mute.html", context)


def _answer(request: SeminarRequest, member: Membership, *, undoing: bool) -> HttpResponse:
    """Do it, and lead back to where it was asked from; else to the list."""
    act = unmute_for_self if undoing else mute_for_self
    act(member=member, by=request.membership)
    told = (
        _("You read %s again as before.")
        if undoing
        else _("You have muted %s. What they write is folded for you, and never new.")
    )
    messages.success(request, told % isolated(member.name))
    own = reverse("personal_mute_list", args=[request.seminar.slug])
    return redirect(next_url(request, f"{own}?unmuted={member.pk}" if undoing else own))


@seminar_view(permissions.can_see_people)
@require_safe
def personal_mute_list(request: SeminarRequest) -> HttpResponse:
    """Whom one has muted for oneself; one who was just unmuted can be muted again."""
    asked = whole_number(request.GET.get("unmuted", ""))
    context = {
        "muted": muted_by(request.membership),
        "unmuted": find_unmuted(request.membership, asked),
    }
    return render(request, "seminars/personal_mute_list.html", context)


def get_anybody(request: SeminarRequest, pk: int) -> Membership:
    """Return a member, or one of before: their words stand still."""
    return get_object_or_404(request.seminar.memberships.select_related("user"), pk=pk)
