"""The invitation of somebody who has yet to sign in, kept in their own browser.

A signed cookie and not the session: sessions are rows in the database, and there
nothing must stand that lets people join.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "__Host-invitation" if settings.SESSION_COOKIE_SECURE else "invitation"
SALT = "invitation"
SECONDS = 2 * 60 * 60  # long enough to make an account and to reset a forgotten password


def remember(response: HttpResponse, token: str) -> None:
    response.set_signed_cookie(
        COOKIE,
        token,
        salt=SALT,
        max_age=SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def recall(request: HttpRequest) -> str | None:
    """The token that this browser came with, or None."""
    token = request.get_signed_cookie(COOKIE, default=None, salt=SALT, max_age=SECONDS)
    return token or None


def forget(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")
