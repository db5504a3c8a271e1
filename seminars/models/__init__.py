"""Seminars, the people in them, how they come in, and what happens there."""

from seminars.models.announcements import (
    MAX_ANNOUNCEMENT_LETTERS,
    Announcement,
    AnnouncementQuerySet,
    AnnouncementReceipt,
)
from seminars.models.deletions import SeminarDeletion, SeminarDeletionQuerySet
from seminars.models.event_kinds import EventKind
from seminars.models.invitations import (
    INVITATION_DAYS,
    INVITATION_MAIL,
    TOKEN_BYTES,
    Invitation,
    InvitationQuerySet,
    MailFailure,
    hash_token,
    new_token,
)
from seminars.models.personal_mutes import PersonalMute
from seminars.models.rosters import MAX_ROSTER_LETTERS, MAX_ROSTER_ROWS, Roster
from seminars.models.seminars import (
    Event,
    EventQuerySet,
    Group,
    GroupQuerySet,
    Membership,
    MembershipQuerySet,
    PostsHeld,
    Role,
    Seminar,
)

__all__ = [
    "INVITATION_DAYS",
    "INVITATION_MAIL",
    "MAX_ANNOUNCEMENT_LETTERS",
    "MAX_ROSTER_LETTERS",
    "MAX_ROSTER_ROWS",
    "TOKEN_BYTES",
    "Announcement",
    "AnnouncementQuerySet",
    "AnnouncementReceipt",
    "Event",
    "EventKind",
    "EventQuerySet",
    "Group",
    "GroupQuerySet",
    "Invitation",
    "InvitationQuerySet",
    "MailFailure",
    "Membership",
    "MembershipQuerySet",
    "PersonalMute",
    "PostsHeld",
    "Role",
    "Roster",
    "Seminar",
    "SeminarDeletion",
    "SeminarDeletionQuerySet",
    "hash_token",
    "new_token",
]
