"""What a person settles about their own account; signing in is django-allauth's."""

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import signed_in
from accounts.forms import DisplayForm
from config.readable_pages import page_at

if TYPE_CHECKING:
    from accounts.models import User


def next_url(request: HttpRequest, otherwise: str) -> str:
    """The page of this site that the form came from, or one near it; or `otherwise`."""
    url = request.POST.get("next", "")
    hosts = {request.get_host()}
    if url_has_allowed_host_and_scheme(url, hosts, require_https=request.is_secure()):
        return page_at(url)
    return otherwise


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def display_settings(request: HttpRequest) -> HttpResponse:
    """Keep how this person likes to read; the display menu's form, and a page of its own."""
    user = cast("User", request.user)
    by_script = bool(request.headers.get("HX-Request"))
    form = DisplayForm(request.POST or None, instance=user)
    if request.method == "POST":
        if form.is_valid():
            user.set_display(**form.cleaned_data)
            if by_script:
                return HttpResponse(status=204)
            messages.success(request, _("Your display is as you set it."))
            return HttpResponseRedirect(next_url(request, request.path))
        user.refresh_from_db()  # the page around the form stays as it was
        return render(request, "accounts/display_settings.html", {"form": form}, status=422)
    return render(request, "accounts/display_settings.html", {"form": form})
