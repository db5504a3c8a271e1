"""Every permission rule of the product: who may do what.

Pure functions of a membership and, where the rule depends on it, of the thing
at hand. Views, templates and actions ask here and nowhere else. What a member
can *reach* at all is decided before, by the querysets' `visible_to`.
"""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from seminars.models import Membership, Role
from seminars.ruled_objects import (
    AnnouncementLike,
    CommentLike,
    EssayLike,
    PersonLike,
    ReadingLike,
    RevisionLike,
    ThreadLike,
)

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


# --- The seminar ---------------------------------------------------------------------------------
def is_member(member: Membership) -> bool:
    return member.removed_at is None


def can_edit_seminar(member: Membership) -> bool:
    """Its name and description."""
    return is_member(member) and member.is_instructor


def can_manage_people(member: Membership) -> bool:
    """Roles, groups, invitations, removal."""
    return is_member(member) and member.is_instructor


def can_leave(member: Membership) -> bool:
    """Everybody, guests too; that an instructor is left is held where it is done."""
    return is_member(member)


def can_see_people(member: Membership) -> bool:
    """Guests read; they are not told who takes part."""
    return is_member(member) and not member.is_guest


def can_manage_readings(member: Membership) -> bool:
    """Put essays before the seminar, set dates, add a guide."""
    return is_member(member) and member.is_instructor


def can_announce(member: Membership) -> bool:
    """Tell everybody in the seminar something."""
    return is_member(member) and member.is_staff


def can_change_announcement(member: Membership, announcement: AnnouncementLike) -> bool:
    """Put it right, withdraw it, put it back: who announced it, and instructors."""
    if not can_announce(member):
        return False
    return member.is_instructor or announcement.created_by_id == member.pk


def can_see_desk(member: Membership) -> bool:
    """Review queue, results, audit log."""
    return is_member(member) and member.is_staff


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


# --- Threads and comments ------------------------------------------------------------------
def can_post(member: Membership) -> bool:
    return is_member(member) and not member.is_guest


def can_write(member: Membership, reading: ReadingLike) -> bool:
    """Begin a thread, reply, react, change one's words or put them back, say where one's question
    stands: until the reading is closed.

    Staff after that, too.
    """
    return can_post(member) and (member.is_staff or not reading.is_closed_to(member))


def can_reply(member: Membership, thread: ThreadLike) -> bool:
    return can_post(member) and not thread.is_locked and can_write(member, thread.reading)


def is_named_staff(member: Membership) -> bool:
    """Whether the role stands beside the name: what staff say weighs otherwise."""
    return member.is_staff


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
    if not is_member(member) or not is_member(addressee):
        return False
    return member.is_instructor or (member.is_staff and addressee.group_id in member.group_ids)


def can_be_anonymous(member: Membership) -> bool:
    """Participants to each other; what staff say they answer for with their name."""
    return can_post(member) and not member.is_staff


def can_see_author(member: Membership, words: Any) -> bool:
    """Learn who wrote anonymously, each time logged: instructors, and assistants where allowed."""
    if not words.alias or words.author_id == member.pk:
        return False
    allowed = member.is_instructor or member.seminar.assistants_see_authors
    return allowed and can_moderate_comment(member, words)


def can_import_to_audience(member: Membership, audience: str, **whose: Any) -> bool:
    """Others' words from elsewhere: everyone for themselves, staff for whom they post to."""
    is_own = audience == "me" or member.is_staff
    return is_own and can_post_to_audience(member, audience, **whose)


def can_read_body(member: Membership, comment: CommentLike) -> bool:
    """Hidden words are for their author and who may moderate them; withdrawn ones for nobody."""
    if comment.is_withdrawn:
        return False
    if comment.is_published or comment.author_id == member.pk:
        return True
    return can_moderate_comment(member, comment)


def is_withheld(member: Membership, reading_id: int, words: Any) -> bool:
    """Whether words in a thread that one sees wait until one has written oneself.

    The rule of `seminars.audience.spoken_before`, for words that are at hand.
    """
    if reading_id not in member.withheld_ids or words.author_id == member.pk:
        return False
    return not words.author.is_staff


def is_author(member: Membership, comment: CommentLike) -> bool:
    """One's own words, whether or not they can be changed as they stand now."""
    return is_member(member) and comment.author_id == member.pk


def can_edit(member: Membership, comment: CommentLike) -> bool:
    """One's own published words, where one could reply."""
    return (
        comment.author_id == member.pk
        and comment.is_published
        and can_reply(member, comment.thread)
    )


def can_withdraw(member: Membership, comment: CommentLike) -> bool:
    """One's own words, even in a locked thread or a closed reading: they are the author's."""
    return is_member(member) and comment.author_id == member.pk and comment.is_published


def can_undo_withdrawal(member: Membership, comment: CommentLike) -> bool:
    """One's own withdrawn words, where one may speak still and staff have not decided about them.

    In a locked thread or a closed reading nothing appears any more, old words neither.
    """
    return comment.is_withdrawn and not comment.hidden_reason and _may_return(member, comment)


def withdraws_for_good(member: Membership, comment: CommentLike) -> bool:
    """Whether one's own words, once withdrawn, could not be put back as things stand."""
    return can_withdraw(member, comment) and not _may_return(member, comment)


def _may_return(member: Membership, comment: CommentLike) -> bool:
    return comment.author_id == member.pk and can_reply(member, comment.thread)


def can_report(member: Membership, comment: CommentLike) -> bool:
    """Anyone who sees another's published words, guests too."""
    return is_member(member) and comment.author_id != member.pk and comment.is_published


def can_react(member: Membership, comment: CommentLike) -> bool:
    """To others' words that stand, where the talk goes on; nobody agrees with themself."""
    if comment.author_id == member.pk or not comment.is_published:
        return False
    return can_reply(member, comment.thread)


def can_see_reactors(member: Membership, comment: CommentLike) -> bool:
    """Who reacted to words that stand: whoever is told who takes part."""
    return can_see_people(member) and comment.is_published


# --- Moderation ----------------------------------------------------------------------------------
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


def can_decide(member: Membership, comment: CommentLike) -> bool:
    """Hide words that stand, or dismiss reports about them."""
    return not comment.is_withdrawn and can_decide_case(member, comment)


def can_decide_case(member: Membership, comment: CommentLike) -> bool:
    """Close a case, though its words were withdrawn: what was said stays said.

    Nobody decides on their own words; an assistant not on an instructor's. Where that leaves
    nobody, the host does: `can_stand_in`.
    """
    if comment.author_id == member.pk:
        return False
    if comment.author.is_instructor and not member.is_instructor:
        return False
    return can_moderate_comment(member, comment)


def can_restore(member: Membership, comment: CommentLike) -> bool:
    """Restoring is an instructor's: it overrules a colleague's decision."""
    return comment.is_hidden and member.is_instructor and can_decide(member, comment)


def can_read_reported(member: Membership, comment: CommentLike) -> bool:
    """The words as they were reported, though their author changed or withdrew them since."""
    return can_moderate_comment(member, comment)


def can_lock(member: Membership, thread: ThreadLike) -> bool:
    return is_member(member) and member.is_instructor and thread.audience != "me"


# --- Questions -----------------------------------------------------------------------------------
def looks_after(member: Membership, thread: ThreadLike) -> bool:
    """Staff, over a thread as a whole: assistants where it is their group's or was begun in it."""
    return has_authority_over(member, thread, thread.author)


def can_resolve(member: Membership, thread: ThreadLike) -> bool:
    """Say of a question that it is settled, or open still: who asked it, and staff."""
    if not thread.is_question or not can_write(member, thread.reading):
        return False
    return thread.author_id == member.pk or looks_after(member, thread)


def can_pin(member: Membership, thread: ThreadLike) -> bool:
    """Let a thread stand first: staff, of what others than its author see."""
    return looks_after(member, thread)


def can_tag(member: Membership, thread: ThreadLike) -> bool:
    """Put the seminar's tags on a thread: who began it, and staff."""
    if not can_write(member, thread.reading):
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


def can_stand_in(person: "PersonLike") -> bool:
    """Become an instructor of a seminar where a case waits that none of its own may decide."""
    return person.is_active and person.is_host


# --- Checkpoints ---------------------------------------------------------------------------------
def can_attempt(member: Membership) -> bool:
    """Staff may try the questions too; the statistics leave their tries out."""
    return is_member(member) and not member.is_guest


def can_hand_in(member: Membership, reading: ReadingLike) -> bool:
    """Answer the checkpoints of a reading, until it is closed."""
    return can_attempt(member) and can_write(member, reading)


def can_see_results(member: Membership) -> bool:
    return is_member(member) and member.is_staff


# --- The library (no seminar yet, so a person and not a membership) ---------------------------
def can_use_library(person: PersonLike, *, instructs: bool) -> bool:
    """Import essays and start seminars: the host's staff, and whoever instructs somewhere."""
    return person.is_active and (person.is_host or instructs)


def can_change_essay(person: Any, essay: EssayLike) -> bool:
    """Its text, title, authors and the rest: its owner, and with whom the owner shares it.

    All seminars that read it share them. Others who instruct one make a copy of their own.
    """
    return bool(person.pk == essay.created_by_id or person.pk in essay.editor_ids)


def can_share_essay(person: Any, essay: EssayLike) -> bool:
    """Say who else may change it: its owner alone, so that nobody gives away what is lent."""
    return bool(person.pk == essay.created_by_id)


def can_remove_essay(person: Any, essay: EssayLike) -> bool:
    """Take it out of the library, and put it back: its owner's alone."""
    return can_share_essay(person, essay)


def can_withdraw_revision(person: Any, revision: RevisionLike) -> bool:
    """Who may change the essay: it goes for everybody who reads it."""
    return can_change_essay(person, revision.essay)
