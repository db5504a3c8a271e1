"""Who may answer checkpoints, and see how they were answered."""

from seminars.models import Membership
from seminars.permissions.seminar import COUNTED_ROLES, is_member, may_change
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


def can_accommodate(member: Membership, person: Membership) -> bool:
    """Arrange more time and further tries at checkpoints for one who takes part."""
    is_theirs = person.seminar_id == member.seminar_id and person.role in COUNTED_ROLES
    return may_change(member) and member.is_instructor and is_theirs


def can_see_accommodation(member: Membership, person: Membership) -> bool:
    """Whoever may arrange it, the assistant of their group, and the person."""
    if not is_member(member) or person.seminar_id != member.seminar_id:
        return False
    return member.pk == person.pk or can_see_answers_of(member, person)


def can_mark_answers_of(member: Membership, author: Membership) -> bool:
    """Give points to what one person answered: whoever may read it, until it is archived."""
    return may_change(member) and can_see_answers_of(member, author)


def can_see_marks_of(member: Membership, author: Membership) -> bool:
    """The figures of one person in the gradebook: whoever may see what they answered."""
    return can_see_answers_of(member, author)


def can_keep_gradebook(member: Membership) -> bool:
    """Settle what counts, set marks by hand, bring some in, release them: instructors alone."""
    return may_change(member) and member.is_instructor


def can_let_through(member: Membership, other: Membership) -> bool:
    """Open a gate for one person: who reads up to it, to an assistant of their group."""
    if not can_see_results(member) or other.seminar_id != member.seminar_id:
        return False
    is_stopped = may_change(member) and is_member(other) and not other.is_staff
    return is_stopped and (member.is_instructor or other.group_id in member.group_ids)


def can_release_marks(member: Membership) -> bool:
    """Let the authors read their marks: for all groups at once, so instructors alone."""
    return may_change(member) and member.is_instructor
