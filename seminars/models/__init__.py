"""Seminars, the people in them, how they come in, and what happens there."""

from seminars.models.invitations import (
    INVITATION_DAYS,
    TOKEN_BYTES,
    Invitation,
    InvitationQuerySet,
    hash_token,
    new_token,
)
from seminars.models.seminars import (
    Event,
    EventKind,
    EventQuerySet,
    Group,
    GroupQuerySet,
    Membership,
    MembershipQuerySet,
    Role,
    Seminar,
)

__all__ = [
    "INVITATION_DAYS",
    "TOKEN_BYTES",
    "Event",
    "EventKind",
    "EventQuerySet",
    "Group",
    "GroupQuerySet",
    "Invitation",
    "InvitationQuerySet",
    "Membership",
    "MembershipQuerySet",
    "Role",
    "Seminar",
    "hash_token",
    "new_token",
]
