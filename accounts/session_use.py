"""Since when a session is there and when it was used last; and that it ends by itself one day."""

from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.devices import browser_of, system_of
from accounts.models import SignedInSession, User

# Nobody wants to know it better, and each time is a write.
NOTED_EVERY = timedelta(minutes=10)
# After that everybody signs in anew, however often they come.
LIFETIME = timedelta(days=30)
# Unused for so long it ends: of who asked to be kept signed in on the device, and of who did not.
IDLE_ON_OWN_DEVICE = timedelta(days=14)
IDLE = timedelta(hours=24)


def has_run_out(request: HttpRequest, user: User) -> bool:
    """Whether this session is older than any may be, or was not used for too long."""
    signed_in_at, last_used_at = _times(request, user)
    if signed_in_at is None or last_used_at is None:
        return False
    now = timezone.now()
    for_browser_alone = request.session.get_expire_at_browser_close()
    idle = IDLE if for_browser_alone else IDLE_ON_OWN_DEVICE
    return now - signed_in_at > LIFETIME or now - last_used_at > idle


def note_use(request: HttpRequest, user: User) -> None:
    """Write down that the session is in use, where that was not done some minutes ago.

    A page is worth more than this note: it is shown where the disk takes no more.
    """
    _signed_in_at, last_used_at = _times(request, user)
    now = timezone.now()
    key = request.session.session_key
    if key is None or (last_used_at is not None and now - last_used_at < NOTED_EVERY):
        return
    try:
        with transaction.atomic():
            _write(key, user, request.headers.get("User-Agent", ""), now)
    except DatabaseError:
        return


def renew_key(request: HttpRequest, user: User) -> None:
    """Let the session go on under another key: who knew the old one has nothing of it."""
    before = request.session.session_key
    request.session.cycle_key()
    renewed = SignedInSession.objects.filter(user=user, session_key=before)
    renewed.update(session_key=request.session.session_key, signed_in_at=timezone.now())


def _write(key: str, user: User, user_agent: str, now: datetime) -> None:
    used = SignedInSession.objects.filter(session_key=key)
    if not used.update(last_used_at=now):
        SignedInSession.objects.ended(user).delete()
        SignedInSession.objects.create(
            user=user,
            session_key=key,
            generation=user.session_generation,
            browser=browser_of(user_agent),
            system=system_of(user_agent),
            signed_in_at=now,
            last_used_at=now,
        )


def _times(request: HttpRequest, user: User) -> tuple[datetime | None, datetime | None]:
    """When the session began and was used last, as far as it was written down; with the person
    (accounts/sessions.py), or where they were found without it by a query."""
    if not hasattr(user, "signed_in_at"):
        used = SignedInSession.objects.filter(session_key=request.session.session_key).first()
        user.signed_in_at = used and used.signed_in_at  # type: ignore[attr-defined]
        user.last_used_at = used and used.last_used_at  # type: ignore[attr-defined]
    return user.signed_in_at, user.last_used_at  # type: ignore[attr-defined]
