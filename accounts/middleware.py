"""Who is asking, found together with their session."""

from collections.abc import Callable

from django.contrib.auth import logout
from django.contrib.auth.middleware import AuthenticationMiddleware as DjangoMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.models import User
from accounts.session_use import has_run_out, note_use
from accounts.sessions import get_signed_in_user


class AuthenticationMiddleware(DjangoMiddleware):
    """Django's, asking `accounts.sessions` for the person.

    At once, where Django waits until somebody is asked for: every page asks (own_time_zone), and
    tells some forty things of them, each of which a lazy object looks up anew.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = get_signed_in_user(request)
        if isinstance(request.user, User):
            if has_run_out(request, request.user):
                logout(request)
            else:
                note_use(request, request.user)


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
