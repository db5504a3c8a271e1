"""Who is asking, found together with their session."""

from django.contrib.auth.middleware import AuthenticationMiddleware as DjangoMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
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
