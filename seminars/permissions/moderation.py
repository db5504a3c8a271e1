"""Who may decide about the words of others, and about who writes."""

from seminars.models import Membership
from seminars.permissions.library import can_host
from seminars.permissions.seminar import is_member, may_change
from seminars.permissions.words import can_moderate_comment, looks_after
from seminars.ruled_objects import CommentLike, PersonLike, ThreadLike


def can_decide(member: Membership, comment: CommentLike) -> bool:
    """Hide words that stand, or dismiss reports about them."""
    gone = comment.is_withdrawn or comment.is_purged
    return not gone and can_decide_case(member, comment)


def can_decide_case(
    member: Membership, comment: CommentLike, *, assignee_id: int | None = None
) -> bool:
    """Close a case, though its words were withdrawn: what was said stays said.

    Nobody decides on their own words; an assistant on an instructor's only where the case was
    handed over to them (`assignee_id`). Where that leaves nobody, the host does (`can_stand_in`),
    or the lone instructor answers (`can_answer_case`).
    """
    if comment.author_id == member.pk or not may_change(member):
        return False
    if comment.author.is_instructor and not member.is_instructor:
        return member.is_assistant and is_member(member) and assignee_id == member.pk
    return can_moderate_comment(member, comment)


def can_approve(member: Membership, comment: CommentLike) -> bool:
    """Publish words that wait."""
    return comment.is_pending and can_decide(member, comment)


def can_return(member: Membership, comment: CommentLike) -> bool:
    """Give words back to their author, to be revised."""
    stands = comment.is_published or comment.is_pending or comment.is_hidden
    return stands and can_decide(member, comment)


def may_remove(member: Membership) -> bool:
    """Instructors, and assistants where the seminar lets them; over what, the callers ask."""
    if not may_change(member):
        return False
    return member.is_instructor or (member.is_assistant and member.seminar.assistants_remove)


def can_remove(member: Membership, comment: CommentLike) -> bool:
    """Take words away: they come back only where staff restore them."""
    return may_remove(member) and not comment.is_removed and can_decide(member, comment)


def can_restore(member: Membership, comment: CommentLike) -> bool:
    """Restoring is an instructor's: it overrules a colleague's decision."""
    gone = comment.is_hidden or comment.is_removed
    return gone and may_remove(member) and can_decide(member, comment)


def can_purge(member: Membership, comment: CommentLike) -> bool:
    """Delete words that were removed for good, as where they give somebody's secrets away."""
    is_removed = comment.is_removed or comment.is_withdrawn
    return member.is_instructor and is_removed and can_decide_case(member, comment)


def can_edit_for(member: Membership, comment: CommentLike) -> bool:
    """Put another's words right, with the difference shown: instructors, of what stands."""
    stands = comment.is_published or comment.is_pending
    return member.is_instructor and stands and can_decide(member, comment)


def can_ask_review(member: Membership, comment: CommentLike) -> bool:
    """Ask that staff look again at what they hid or removed of one's own words."""
    taken = comment.is_hidden or comment.is_removed
    return may_change(member) and comment.author_id == member.pk and taken


def can_hand_over(member: Membership, comment: CommentLike) -> bool:
    """Give a case to a named colleague; instructors, those about their own words too."""
    return may_change(member) and member.is_instructor and comment.thread.audience != "me"


def can_answer_case(member: Membership, comment: CommentLike) -> bool:
    """Close a case about one's own words with a note, where nobody else may decide on it.

    That nobody may is held where it is done.
    """
    return may_change(member) and member.is_instructor and comment.author_id == member.pk


def can_read_reported(member: Membership, comment: CommentLike) -> bool:
    """The words as they were reported, though their author changed or withdrew them since."""
    return can_moderate_comment(member, comment)


def can_lock(member: Membership, thread: ThreadLike) -> bool:
    """Lock, slow down or archive it, and let what is said in it wait for staff."""
    return may_remove(member) and looks_after(member, thread)


# An assistant mutes for as long as an instructor may need to look at it.
ASSISTANT_MUTES_HOURS = 24


def can_mute(member: Membership, other: Membership, *, hours: int = 1) -> bool:
    """Let a participant read and not write for a time: an assistant those of their own groups,
    for a day at the most."""
    if other.is_staff or other.is_guest or other.seminar_id != member.seminar_id:
        return False
    if not may_change(member) or not is_member(other):
        return False
    if member.is_instructor:
        return True
    own = member.is_assistant and other.group_id in member.group_ids
    return own and hours <= ASSISTANT_MUTES_HOURS


def can_restrict(member: Membership, other: Membership) -> bool:
    """Let each post of a participant wait for staff."""
    return member.is_instructor and can_mute(member, other)


def can_decide_on_several(member: Membership) -> bool:
    """Decide about several comments at once, in one's own seminar."""
    return may_change(member) and member.is_instructor


def can_set_moderation(member: Membership) -> bool:
    """Say what waits for staff, which phrases are watched and which reasons there are."""
    return may_change(member) and member.is_instructor


def can_see_log(member: Membership) -> bool:
    """The audit log: staff what concerns them, and everybody what is about their own words."""
    return is_member(member)


def can_stand_in(person: "PersonLike") -> bool:
    """Become an instructor of a seminar where a case waits that none of its own may decide."""
    return can_host(person)
