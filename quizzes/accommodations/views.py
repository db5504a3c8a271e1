"""What is arranged for one person at checkpoints."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from database.versions import Stale
from quizzes.accommodations.actions import set_accommodation
from quizzes.accommodations.forms import AccommodationForm
from quizzes.models import Accommodation
from seminars.access import seminar_view
from seminars.http import SeminarRequest, get_member
from seminars.permissions import can_accommodate, can_see_accommodation


@seminar_view()
@require_http_methods(["GET", "HEAD", "POST"])
def accommodation(request: SeminarRequest, pk: int) -> HttpResponse:
    """Show it to staff and the person; instructors change it."""
    member = get_member(request, pk)
    may_change = can_accommodate(request.membership, member)
    if not (may_change if request.method == "POST" else _may_see(request, pk)):
        raise PermissionDenied(_("What is arranged for this person is not for you to see."))
    row = Accommodation.objects.of(member)
    form = AccommodationForm(request.POST if request.method == "POST" else None, row=row)
    if form.is_valid():
        try:
            set_accommodation(member=member, by=request.membership, **form.cleaned_data)
        except Stale as stale:
            form.show_current(stale.current)
        else:
            messages.success(request, _("Saved."))
            return redirect("accommodation", request.seminar.slug, pk)
    context = {"member": member, "row": row, "form": form, "may_change": may_change}
    return render(request, "quizzes/accommodation.html", context, status=form.status)


def _may_see(request: SeminarRequest, pk: int) -> bool:
    return can_see_accommodation(request.membership, get_member(request, pk))
