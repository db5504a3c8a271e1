"""Who may answer checkpoints, and see how they were answered."""

from seminars.models import Membership
from seminars.permissions.seminar import COUNTED_ROLES, is_member
from seminars.permissions.words import is_open_to
from seminars.ruled_objects import ReadingLike


def can_attempt(member: Membership) -> bool:
    """Staff may try the questions too; the statistics leave their tries out."""
    return is_member(member) and not member.is_guest


def can_hand_in(member: Membership, reading: ReadingLike) -> bool:
    """Answer the checkpoints of a reading, until it is closed: muted for a time, too, as
    no classmate reads the answers."""
    return can_attempt(member) and is_open_to(member, reading)


def can_see_results(member: Membership) -> bool:
    return is_member(member) and member.is_staff


def can_see_answers_of(member: Membership, author: Membership) -> bool:
    """What one person answered: those whose answers are counted, to an assistant of their group."""
    if not can_see_results(member) or author.seminar_id != member.seminar_id:
        return False
    is_counted = author.role in COUNTED_ROLES
    return is_counted and (member.is_instructor or author.group_id in member.group_ids)
