"""Moving members several at once, and leaving."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.idempotency import answered_once
from documents.whole_number import whole_number
from seminars import move_actions, permissions
from seminars.access import seminar_view
from seminars.http import SeminarRequest, get_group
from seminars.people_views import people_page
from seminars.read_only import though_read_only


@answered_once
@seminar_view(permissions.can_manage_people)
@require_POST
def membership_moves(request: SeminarRequest) -> HttpResponse:
    """Move those who are ticked into a group; `undo` names a move to be undone."""
    if "undo" in request.POST:
        return _undo(request)
    chosen = {one for sent in request.POST.getlist("member") if (one := whole_number(sent))}
    target = whole_number(request.POST.get("group", ""))
    group = get_group(request, target) if target is not None else None
    try:
        number = move_actions.move_members(members=chosen, group=group, by=request.membership)
    except ValidationError as refusal:
        error = refusal.messages[0]
        return people_page(request, status=422, error=error, chosen=chosen, target=target)
    return redirect(f"{reverse('people', args=[request.seminar.slug])}?moved={number}")


def _undo(request: SeminarRequest) -> HttpResponse:
    number = whole_number(request.POST["undo"]) or 0
    count = move_actions.undo_move(number=number, by=request.membership)
    if count:
        said = ngettext(
            "%d member is back in their group.", "%d members are back in their groups.", count
        )
        messages.success(request, said % count)
    else:
        messages.info(request, _("Nobody had to be moved back."))
    return redirect("people", request.seminar.slug)


@answered_once
@seminar_view(permissions.can_leave)
@require_http_methods(["GET", "HEAD", "POST"])
@though_read_only
def departure(request: SeminarRequest) -> HttpResponse:
    """Leave the seminar, after it is said what that means."""
    error = ""
    if request.method == "POST":
        try:
            move_actions.leave_seminar(by=request.membership)
        except ValidationError as refusal:
            error = refusal.messages[0]
        else:
            messages.success(request, _("You have left %s.") % request.seminar)
            return redirect("home")
    status = 422 if error else 200
    return render(request, "seminars/departure.html", {"error": error}, status=status)
