"""Of whom this site asks a second factor (REQUIRE_SECOND_FACTOR); nobody gets around it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.second_factor import has_second_factor
from config import refusals
from seminars.models import Membership

# Where a factor is set up, and the ways in and out; nothing of a seminar is there.
OPEN = {"account_login", "account_logout", "account_reauthenticate", "demo_entrance", "demo_entry"}


def needs_second_factor(user: User) -> bool:
    """Whether this site lets `user` in with a second factor alone."""
    match settings.REQUIRE_SECOND_FACTOR:
        case "hosts":
            return user.is_host
        case "staff":
            return user.is_host or Membership.objects.staffed_by(user).exists()
        case _:
            return False


class SecondFactorRequired:
    """Lead to where a factor is set up who needs one and has none, whatever they ask for.

    By views and not by pages: what a script, a download or a link in a mail asks for is one, too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],  # noqa: ARG002
        view_args: tuple[Any, ...],  # noqa: ARG002
        view_kwargs: dict[str, Any],  # noqa: ARG002
    ) -> HttpResponseBase | None:
        user = request.user
        if settings.REQUIRE_SECOND_FACTOR == "off" or not isinstance(user, User):
            return None
        if not needs_second_factor(user) or has_second_factor(user):
            return None
        request.must_set_up_factor = True  # type: ignore[attr-defined]  # mfa/index.html says so
        name = (request.resolver_match and request.resolver_match.url_name) or ""
        if name in OPEN or name.startswith("mfa_"):
            return None
        return _led_to_set_up(request)


def _led_to_set_up(request: HttpRequest) -> HttpResponse:
    if refusals.by_script(request) or refusals.words_among(refusals.sent_fields(request)):
        reason = _(
            "Whoever runs this site asks a second factor of you. Open this site in another tab and "
            "set one up, then send again from here."
        )
        return refusals.refuse(request, 403, reason, page="403.html", can_send_again=True)
    return redirect("mfa_index")
