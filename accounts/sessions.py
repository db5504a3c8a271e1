"""Sessions in the database, read with their person by one small query, and decoded once.

A session's row and its person's row are read on each request, so that signing out, blocking and
a new password count at once in every process. What takes time is what follows: to check the
signature of what the session holds, to decode it, to hash the password for the session's own
check. That is kept in this process, for exactly the texts that the two rows have: where a letter
of them is another, everything is done anew, by Django. Nothing here grows stale, so nothing has
to be told to forget.
"""

import threading
from dataclasses import dataclass
from typing import Any, cast

from django.contrib.auth import SESSION_KEY, get_user
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Subquery
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import SignedInSession, User
from database.prepared import Parameter, PreparedQuery

# A kilobyte each: as many people as one process has in a busy quarter of an hour.
MOST_KEPT = 4_096


@dataclass(frozen=True, slots=True)
class VerifiedSession:
    """What a session's row was found to hold, and for which password of which person."""

    stored: str  # the row's text, signed
    content: bytes  # the same, its signature checked, as the serializer writes it
    user_pk: int
    seal: str  # the password's hash and the generation of sessions that it was made with


class VerifiedSessions:
    """The sessions that this process has verified, by key; the oldest go when it is full."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._by_key: dict[str, VerifiedSession] = {}
        self._guard = threading.Lock()

    def get(self, key: str | None) -> VerifiedSession | None:
        return self._by_key.get(key) if key else None

    def keep(self, key: str, session: VerifiedSession) -> None:
        with self._guard:
            self._by_key.pop(key, None)
            self._by_key[key] = session
            if len(self._by_key) > self._most:
                del self._by_key[next(iter(self._by_key))]

    def __len__(self) -> int:
        return len(self._by_key)


verified_sessions = VerifiedSessions()


def _with_session() -> "models.QuerySet[User]":
    session = Session.objects.filter(
        session_key=Parameter("key", models.CharField()),
        expire_date__gt=Parameter("now", models.DateTimeField()),
    )
    used = SignedInSession.objects.filter(session_key=Parameter("key", models.CharField()))
    return User.objects.filter(
        pk=Parameter("user_pk", models.BigIntegerField()), is_active=True
    ).annotate(
        stored_session=Subquery(session.values("session_data")),
        signed_in_at=Subquery(used.values("signed_in_at")),
        last_used_at=Subquery(used.values("last_used_at")),
    )


USER_WITH_SESSION = PreparedQuery(_with_session)


class SessionStore(DatabaseSessionStore):
    """Django's sessions in the database; `verified_user` is who was found with the session."""

    verified_user: User | None = None
    # The row's text and what it holds, where Django read them.
    _read: tuple[str, bytes] | None = None

    def load(self) -> dict[str, Any]:
        kept = verified_sessions.get(self.session_key)
        if kept is not None:
            user = USER_WITH_SESSION.first(
                key=self.session_key, now=timezone.now(), user_pk=kept.user_pk
            )
            if user is not None and (user.stored_session, user.session_seal) == (  # type: ignore[attr-defined]
                kept.stored,
                kept.seal,
            ):
                self.verified_user = user
                content: dict[str, Any] = self.serializer().loads(kept.content)
                return content
        return self._load_anew()

    def _load_anew(self) -> dict[str, Any]:
        row = self._get_session_from_db()  # type: ignore[attr-defined]  # not in its stubs
        if row is None:
            return {}
        content: dict[str, Any] = self.decode(row.session_data)
        self._read = row.session_data, self.serializer().dumps(content)
        return content

    def keep_verified(self, user: User) -> None:
        """Keep what was read, now that Django has found it to be `user`'s own."""
        if self._read is not None and self.session_key and not self.modified:
            stored, content = self._read
            verified = VerifiedSession(stored, content, user.pk, user.session_seal)
            verified_sessions.keep(self.session_key, verified)


def get_signed_in_user(request: HttpRequest) -> User | AnonymousUser:
    """The person whose session this is, as `django.contrib.auth.get_user` finds them."""
    session = cast("SessionStore", request.session)
    user_pk = session.get(SESSION_KEY)  # reads the session, where nobody has
    verified = session.verified_user
    # Signed out since it was read, or signed in as another: what was found counts no more.
    if verified is not None and user_pk == str(verified.pk):
        return verified
    user = get_user(request)
    if isinstance(user, User):
        session.keep_verified(user)
    return user
