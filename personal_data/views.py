"""One's own page's pages about all that is kept of oneself."""

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.idempotency import answered_once, lasting
from accounts.sign_in_pages import forget_pages
from personal_data.erasure_actions import ask_erasure, take_back_erasure
from personal_data.forms import ErasureForm
from personal_data.models import ERASURE_WAITS
from personal_data.waiting_erasure import seminars_to_hand_over, waiting_erasure
from seminars.access import signed_in
from seminars.http import Request


@answered_once
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def erasure(request: Request) -> HttpResponse:
    """Have oneself erased, after it is said what that means."""
    user = request.user
    data = request.POST if request.method == "POST" else None
    form = ErasureForm(data, request=request)
    if form.is_valid():
        try:
            link = request.build_absolute_uri(reverse("erasure"))
            ask_erasure(user=user, words=form.cleaned_data["words"], link=link)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return _signed_out(request)
    context = {
        "form": form,
        "waiting": waiting_erasure(user),
        "seminars": seminars_to_hand_over(user),
        "days": ERASURE_WAITS.days,
    }
    if not form.errors:
        return render(request, "personal_data/erasure.html", context)
    # The count of passwords that were tried stays.
    return lasting(render(request, "personal_data/erasure.html", context, status=422))


def _signed_out(request: Request) -> HttpResponse:
    """Their sessions are ended: this one is, too, and the browser forgets its pages."""
    logout(request)
    said = _(
        "You are signed out everywhere. Until your account is erased, you can sign in and keep it."
    )
    messages.success(request, said)
    response = redirect("account_login")
    forget_pages(response)
    return response


@answered_once
@signed_in
@require_POST
def erasure_withdrawal(request: Request) -> HttpResponse:
    """Take it back: nothing is erased."""
    if take_back_erasure(user=request.user):
        messages.success(request, _("You stay: nothing is erased."))
    else:
        messages.info(request, _("Nothing was about to be erased."))
    return redirect("profile")
