"""Sessions whose keys are known beforehand, so that a client of any instance has its cookie."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import User

CSRF_TOKEN = "b" * 32


def sign_in(users: Mapping[str, User]) -> None:
    """Give each of `users` a session, by its name."""
    store = SessionStore()
    Session.objects.bulk_create(
        Session(
            session_key=_key(name),
            session_data=store.encode(
                {
                    SESSION_KEY: str(user.pk),
                    BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                    HASH_SESSION_KEY: user.get_session_auth_hash(),
                }
            ),
            expire_date=timezone.now() + timedelta(days=1),
        )
        for name, user in users.items()
    )


def cookies_of(seminar: str, place: int) -> str:
    """Return the Cookie header of the member at `place` of a seeded seminar."""
    session = f"{settings.SESSION_COOKIE_NAME}={_key(f'{seminar}-{place}')}"
    return f"{session}; {settings.CSRF_COOKIE_NAME}={CSRF_TOKEN}"


def _key(name: str) -> str:
    return f"bench-{name}"


# What every POST carries beside its cookies.
FORM_HEADERS = {
    "X-CSRFToken": CSRF_TOKEN,
    "Content-Type": "application/x-www-form-urlencoded",
}
