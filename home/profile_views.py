"""One's own page: what one is called, and where one takes part."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.forms import ProfileForm
from accounts.models import SignedInSession
from accounts.second_factor import second_factors_of
from seminars.access import signed_in
from seminars.http import Request
from seminars.models import Membership


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: Request) -> HttpResponse:
    """Name and time zone; the ways to all else about oneself; one's seminars, and out of them."""
    user = request.user
    initial = {"name": user.name, "time_zone": user.time_zone}
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        user.set_profile(**form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("profile")
    context = {
        "form": form,
        "memberships": Membership.objects.of_person(user),
        "factors": second_factors_of(user),
        "sessions": SignedInSession.objects.of_person(user).count(),
    }
    status = 422 if form.errors else 200
    return render(request, "home/profile.html", context, status=status)
