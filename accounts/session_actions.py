"""Ending sessions: what is ended is out at its next request, in every process (ADR 0015)."""

from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from accounts.models import SignedInSession, User


@transaction.atomic
def end_session(*, session: SignedInSession, user: User) -> None:  # noqa: ARG001
    """End one session of `user`'s."""
    Session.objects.filter(session_key=session.session_key).delete()
    session.delete()


@transaction.atomic
def end_all_sessions(*, user: User) -> None:
    """End every session of `user`'s, those too of which nothing was written down."""
    User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
    user.refresh_from_db(fields=["session_generation"])
    keys = SignedInSession.objects.filter(user=user).values("session_key")
    Session.objects.filter(session_key__in=keys).delete()
    SignedInSession.objects.filter(user=user).delete()


def end_other_sessions(*, user: User, request: HttpRequest) -> None:
    """End all sessions but this one, which goes on under a new key."""
    with transaction.atomic():
        end_all_sessions(user=user)
        request.user = user
        update_session_auth_hash(request, user)
