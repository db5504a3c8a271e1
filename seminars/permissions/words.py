"""Who may write, read and change what: threads and comments, and questions among them."""

from collections.abc import Iterable
from typing import Any

from seminars.models import Membership, Role
from seminars.permissions.seminar import STAFF_ROLES, can_see_people, is_member, may_change
from seminars.ruled_objects import CommentLike, ReadingLike, ThreadLike


def can_take_part(member: Membership) -> bool:
    """Whoever writes in the seminar, muted for a time or not."""
    return is_member(member) and not member.is_guest


def can_post(member: Membership) -> bool:
    return can_take_part(member) and may_change(member) and not member.is_muted


def is_open_to(member: Membership, reading: ReadingLike) -> bool:
    """Whether what they write or answer in a reading is taken still; staff's after its end, too."""
    if not can_take_part(member) or not may_change(member):
        return False
    return member.is_staff or not reading.is_closed_to(member)


def can_write(member: Membership, reading: ReadingLike) -> bool:
    """Begin a thread, reply, react, change one's words or put them back, say where one's question
    stands: until the reading is closed.

    Staff after that, too.
    """
    return can_post(member) and is_open_to(member, reading)


def can_reply(member: Membership, thread: ThreadLike) -> bool:
    """In words that wait for staff themselves, nobody."""
    open_to_replies = not (thread.is_locked or thread.is_held)
    return can_post(member) and open_to_replies and can_write(member, thread.reading)


def is_staff_role(role: str) -> bool:
    """Whether what somebody says in this role is said by staff."""
    return role in STAFF_ROLES


def can_post_to_audience(
    member: Membership, audience: str, *, group_id: int | None = None, addressee: Any = None
) -> bool:
    """A thread for a group: a participant to their own, an assistant to one that they look after,
    an instructor to any of the seminar's. A word to one member is for staff to begin."""
    if not can_post(member):
        return False
    if audience == "group":
        return group_id is not None and (member.is_instructor or group_id in member.group_ids)
    if audience == "member":
        return addressee is not None and can_write_to(member, addressee)
    return True


def can_write_to(member: Membership, addressee: Membership) -> bool:
    """Staff to a participant about their work: an assistant to those of their own groups."""
    if addressee.role != Role.PARTICIPANT or addressee.seminar_id != member.seminar_id:
        return False
    if not may_change(member) or not is_member(addressee):
        return False
    return member.is_instructor or (member.is_staff and addressee.group_id in member.group_ids)


def can_be_anonymous(member: Membership) -> bool:
    """Participants to each other; what staff say they answer for with their name."""
    return can_post(member) and not member.is_staff


def can_see_author(member: Membership, words: Any) -> bool:
    """Learn who wrote anonymously, each time logged: instructors, and assistants where allowed."""
    if not words.alias or words.author_id == member.pk or not may_change(member):
        return False
    allowed = member.is_instructor or member.seminar.assistants_see_authors
    return allowed and can_moderate_comment(member, words)


def can_import_to_audience(member: Membership, audience: str, **whose: Any) -> bool:
    """Others' words from elsewhere: everyone for themselves, staff for whom they post to."""
    is_own = audience == "me" or member.is_staff
    return is_own and can_post_to_audience(member, audience, **whose)


def can_read_body(member: Membership, comment: CommentLike) -> bool:
    """Words that wait, were returned, hidden or removed are for their author and who may moderate
    them; withdrawn ones, and those that are deleted for good, for nobody."""
    if comment.is_withdrawn or comment.is_purged:
        return False
    if comment.is_published or comment.author_id == member.pk:
        return True
    return can_moderate_comment(member, comment)


def is_withheld(member: Membership, reading_ids: Iterable[int], words: Any) -> bool:
    """Whether words in a thread that one sees, of these readings, wait until one has written there.

    The rule of `seminars.audience.spoken_before`, for words that are at hand.
    """
    if member.withheld_ids.isdisjoint(reading_ids) or words.author_id == member.pk:
        return False
    return not is_staff_role(words.author_role)


def has_muted(member: Membership, words: Any) -> bool:
    """Whether they have muted whoever said this, for themselves.

    The rule of `seminars.personal_mutes.heard_by`, for words that are at hand.
    """
    if words.alias or is_staff_role(words.author_role):
        return False
    return words.author_id in member.muted_ids


def can_mute_for_self(member: Membership, other: Membership) -> bool:
    """Read nothing more of another one's words: whoever is told who takes part, and not of staff,
    who speak in their office, nor of oneself."""
    if not can_see_people(member) or other.seminar_id != member.seminar_id:
        return False
    return may_change(member) and other.pk != member.pk and not other.is_staff


def can_see_comment(member: Membership, thread: ThreadLike, comment: CommentLike) -> bool:
    """Whether it is there for them at all, in a thread that they see: a stub, or the words.

    The rule of `Comment.objects.spoken_to`, for words that are at hand.
    """
    if is_withheld(member, thread.reading_ids, comment):
        return False
    if comment.seq is not None or comment.author_id == member.pk or member.is_instructor:
        return True
    return has_authority_over(member, thread, comment.author)


def is_author(member: Membership, comment: CommentLike) -> bool:
    """One's own words, whether or not they can be changed as they stand now."""
    return is_member(member) and comment.author_id == member.pk


def can_edit(member: Membership, comment: CommentLike) -> bool:
    """One's own words that stand, wait, or were returned to be revised, where one may write."""
    if comment.author_id != member.pk:
        return False
    if comment.is_published:
        return can_reply(member, comment.thread)
    if not (comment.is_pending or comment.is_returned):
        return False
    return not comment.thread.is_locked and can_write(member, comment.thread.reading)


def can_withdraw(member: Membership, comment: CommentLike) -> bool:
    """One's own words, even in a locked thread or a closed reading: they are the author's."""
    stands = comment.is_published or comment.is_pending or comment.is_returned
    return may_change(member) and comment.author_id == member.pk and stands


def can_undo_withdrawal(member: Membership, comment: CommentLike) -> bool:
    """One's own withdrawn words, where one may speak still and staff have not decided about them.

    In a locked thread or a closed reading nothing appears any more, old words neither.
    """
    decided = comment.staff_reason and comment.withdrawn_from != "returned"
    return comment.is_withdrawn and not decided and _may_return(member, comment)


def withdraws_for_good(member: Membership, comment: CommentLike) -> bool:
    """Whether one's own words, once withdrawn, could not be put back as things stand."""
    return can_withdraw(member, comment) and not _may_return(member, comment)


def _may_return(member: Membership, comment: CommentLike) -> bool:
    if comment.author_id != member.pk or comment.thread.is_locked:
        return False
    return can_write(member, comment.thread.reading)


def can_report(member: Membership, comment: CommentLike) -> bool:
    """Anyone who sees another's published words, guests too."""
    return may_change(member) and comment.author_id != member.pk and comment.is_published


def can_react(member: Membership, comment: CommentLike) -> bool:
    """To others' words that stand, where the talk goes on; nobody agrees with themself."""
    if comment.author_id == member.pk or not comment.is_published:
        return False
    return can_reply(member, comment.thread)


def can_see_reactors(member: Membership, comment: CommentLike) -> bool:
    """Who reacted to words that stand: whoever is told who takes part."""
    return can_see_people(member) and comment.is_published


def has_authority_over(member: Membership, thread: ThreadLike, author: Membership) -> bool:
    """Instructors over the whole seminar, assistants over their own group's threads and people."""
    if not is_member(member) or thread.audience == "me":
        return False
    if member.is_instructor:
        return True
    if not member.is_assistant:
        return False
    return not member.group_ids.isdisjoint({thread.group_id, author.group_id})


def can_moderate_comment(member: Membership, comment: CommentLike) -> bool:
    """See a hidden comment's words, and its case. Staff's own words are for an instructor."""
    return has_authority_over(member, comment.thread, comment.author)


def looks_after(member: Membership, thread: ThreadLike) -> bool:
    """Staff, over a thread as a whole: assistants where it is their group's or was begun in it."""
    return has_authority_over(member, thread, thread.author)


def can_resolve(member: Membership, thread: ThreadLike) -> bool:
    """Say of a question that it is settled, or open still: who asked it, and staff."""
    if not thread.is_question or not can_write(member, thread.reading):
        return False
    return thread.author_id == member.pk or looks_after(member, thread)


def can_remove_highlight(member: Membership, thread: ThreadLike) -> bool:
    """Take back a highlight or a link of one's own, on which nobody has said anything."""
    return may_change(member) and thread.is_highlight and thread.author_id == member.pk


def can_pin(member: Membership, thread: ThreadLike) -> bool:
    """Let a thread stand first: staff, of what others than its author see."""
    return may_change(member) and looks_after(member, thread)


def can_tag(member: Membership, thread: ThreadLike) -> bool:
    """Put the seminar's tags on a thread: who began it, and staff."""
    if not can_write(member, thread.reading):
        return False
    return thread.author_id == member.pk or looks_after(member, thread)


def can_change_link(member: Membership, thread: ThreadLike) -> bool:
    """Say of a link that it is of another kind: who made it, and staff."""
    if not thread.is_link or not can_write(member, thread.reading):
        return False
    return thread.author_id == member.pk or looks_after(member, thread)


def can_endorse(member: Membership, comment: CommentLike) -> bool:
    """Say that a reply is the answer: staff, of others' words that stand.

    An assistant where the question or the reply is of their group. One's own answer has the role
    beside the name already.
    """
    thread = comment.thread
    if not thread.is_question or comment.seq == 1 or comment.author_id == member.pk:
        return False
    if not can_write(member, thread.reading):
        return False
    in_charge = looks_after(member, thread) or can_moderate_comment(member, comment)
    return comment.is_published and in_charge
