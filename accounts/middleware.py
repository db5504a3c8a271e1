"""Who is asking, found together with their session."""

from collections.abc import Callable

from django.contrib.auth.middleware import AuthenticationMiddleware as DjangoMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from accounts.sessions import get_signed_in_user


class AuthenticationMiddleware(DjangoMiddleware):
    """Django's, asking `accounts.sessions` for the person."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        found: list[User | AnonymousUser] = []

        def user() -> User | AnonymousUser:
            if not found:
                found.append(get_signed_in_user(request))
            return found[0]

        request.user = SimpleLazyObject(user)  # type: ignore[assignment]


def own_time_zone(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Write and read times in the zone of whoever asks, where they have chosen one.

    What is kept for many is made in the site's: `timezone.override(None)` where it is rendered.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        with timezone.override(getattr(request.user, "zone", None)):
            return get_response(request)

    return middleware
