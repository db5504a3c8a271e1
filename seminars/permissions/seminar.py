"""What people may do in a seminar as a whole, and with its readings and checkpoints."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from seminars.models import Membership, Role
from seminars.ruled_objects import AnnouncementLike, ReadingLike

# Which roles a queryset means; the rules below ask the membership itself.
INSTRUCTING_ROLES = (Role.INSTRUCTOR,)
STAFF_ROLES = (Role.INSTRUCTOR, Role.ASSISTANT)
# Whose reading and answers are counted: staff and guests are not the class.
COUNTED_ROLES = (Role.PARTICIPANT,)


def has_role(user: Any, roles: tuple[Role, ...], memberships: str = "memberships") -> Q:
    """Whether `user` has one of `roles` now where the path `memberships` leads."""
    return Q(
        **{
            f"{memberships}__user": user,
            f"{memberships}__role__in": roles,
            f"{memberships}__removed_at": None,
        }
    )


def is_member(member: Membership) -> bool:
    return member.removed_at is None


def may_change(member: Membership) -> bool:
    """Say or change anything at all: in an archived seminar nobody may, instructors neither.

    Every rule of writing begins with it. What one keeps for oneself alone (how far one has read)
    and leaving stay.
    """
    return is_member(member) and not member.seminar.is_read_only


def can_edit_seminar(member: Membership) -> bool:
    """Its name and description."""
    return may_change(member) and member.is_instructor


def can_instruct(member: Membership) -> bool:
    """Read, and take away as a file, what instructors have set up: in an archived seminar, too."""
    return is_member(member) and member.is_instructor


def can_archive_seminar(member: Membership) -> bool:
    """Let it be read alone, and take it out of the archive again; not while it is to be deleted."""
    return can_instruct(member) and member.seminar.deleted_from is None


def can_delete_seminar(member: Membership) -> bool:
    """Have it deleted after a waiting time, and take that back."""
    return can_instruct(member)


def can_copy_seminar(member: Membership) -> bool:
    """Begin another from its readings and settings, and instruct that one."""
    return is_member(member) and member.is_instructor


def can_manage_people(member: Membership) -> bool:
    """Roles, groups, invitations, removal."""
    return may_change(member) and member.is_instructor


def can_leave(member: Membership) -> bool:
    """Everybody, guests too; that an instructor is left is held where it is done."""
    return is_member(member)


def can_see_people(member: Membership) -> bool:
    """Guests read; they are not told who takes part."""
    return is_member(member) and not member.is_guest


def can_manage_readings(member: Membership) -> bool:
    """Put essays before the seminar, set dates, add a guide."""
    return may_change(member) and member.is_instructor


def can_join_general_discussion(member: Membership) -> bool:
    """Guests read essays; what a seminar says among itself is for its members."""
    return is_member(member) and not member.is_guest


def can_close_general_discussion(member: Membership) -> bool:
    """Let it be read alone, and open it again."""
    return may_change(member) and member.is_instructor


def can_announce(member: Membership) -> bool:
    """Tell everybody in the seminar something."""
    return may_change(member) and member.is_staff


def can_change_announcement(member: Membership, announcement: AnnouncementLike) -> bool:
    """Put it right, withdraw it, put it back: who announced it, and instructors."""
    if not can_announce(member):
        return False
    return member.is_instructor or announcement.created_by_id == member.pk


def can_see_desk(member: Membership) -> bool:
    """Review queue, results, audit log."""
    return is_member(member) and member.is_staff


def has_progress(member: Membership) -> bool:
    """Whose reading, words and answers are counted; each sees their own figures."""
    return is_member(member) and member.role in COUNTED_ROLES


def can_score_participation(member: Membership) -> bool:
    """Let the seminar have scores, set one by hand, release them: what counts is one person's."""
    return may_change(member) and member.is_instructor


def can_open_reading(member: Membership, reading: ReadingLike) -> bool:
    """Staff all of their seminar's; others what is for their group and has opened; guests what is
    for all groups and open to them.

    One that was taken away opens to nobody until it is put back.

    The rule of ReadingQuerySet.visible_to, for one that is at hand; a test holds both together.
    """
    if not is_member(member) or reading.removed_at is not None:
        return False
    if member.is_staff:
        return True
    if reading.opens_at is not None and reading.opens_at > timezone.now():
        return False
    if member.is_guest:
        return reading.open_to_guests and not reading.group_ids
    return not reading.group_ids or not reading.group_ids.isdisjoint(member.group_ids)
