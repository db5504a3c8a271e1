"""What a person wrote for others and for themselves: what goes always, and what goes if asked."""

from django.db import models

from discussions.common.counters import recount
from discussions.common.events import record_comment, record_thread
from discussions.common.holding import close_without_words
from discussions.common.publication import withdraw_if_empty
from discussions.models import (
    Comment,
    CommentRevision,
    CommentState,
    Decision,
    Mention,
    Report,
    ReviewCause,
    ReviewItem,
    Thread,
    ThreadKind,
)
from personal_data.erased_person import ErasedPerson
from seminars.audience import Audience
from seminars.events import EventKind
from seminars.models import Announcement


def erase_private_words(person: ErasedPerson) -> None:
    """Delete their private notes, and their highlights on which nobody has commented."""
    own = Thread.objects.filter(author__in=person.members)
    decided = Decision.objects.filter(thread=models.OuterRef("pk"))
    private = own.filter(~models.Exists(decided), audience=Audience.ME)
    private.delete()
    said = Comment.objects.filter(thread=models.OuterRef("pk"))
    bare = own.filter(~models.Exists(said), ~models.Exists(decided))
    bare.exclude(kind__in=[ThreadKind.LINK, ThreadKind.GUIDE]).delete()


def erase_public_words(person: ErasedPerson) -> None:
    """Take all that they wrote for others away; the places stay where others have answered.

    What stands in a guide is the seminar's, and stays.
    """
    for member in person.memberships:
        # Each has its author at hand, which writes what happened.
        comments = Comment.objects.filter(author=member).select_related("thread")
        for comment in comments.exclude(_of_a_guide()):
            comment.author = member
            _empty(comment)
        links = Thread.objects.filter(author=member, kind=ThreadKind.LINK, withdrawn_at=None)
        for thread in links.filter(guide_item=None, last_seq=0):
            withdraw_if_empty(thread)
            record_thread(EventKind.THREAD_WITHDRAWN, thread, by=member)
    _erase_around(person)


def _of_a_guide() -> models.Q:
    """The first words of a prompt, or of a link that a guide has."""
    return models.Q(thread__guide_item__isnull=False, seq=1, thread__author=models.F("author"))


def _empty(comment: Comment) -> None:
    before = comment.state
    is_gone = before in (CommentState.WITHDRAWN, CommentState.PURGED)
    comment.body = comment.html = comment.origin = ""
    comment.withdrawn_from = comment.staff_reason = ""
    comment.state = CommentState(before) if is_gone else CommentState.WITHDRAWN
    comment.version += 1
    columns = ["body", "html", "terms", "origin", "state", "withdrawn_from", "staff_reason"]
    comment.save(update_fields=[*columns, "version"])
    comment.revisions.all().delete()
    Mention.objects.filter(comment=comment).delete()
    if is_gone:
        return
    for_staff = not comment.was_published
    record_comment(EventKind.COMMENT_WITHDRAWN, comment, by=comment.author, for_staff=for_staff)
    if before == CommentState.PUBLISHED:
        recount(comment.thread_id, -1)
    close_without_words(comment)
    withdraw_if_empty(comment.thread)


def _erase_around(person: ErasedPerson) -> None:
    """What they said about the words of others, to staff, and to everybody."""
    Report.objects.filter(reporter__in=person.members).update(detail="")
    appeals = ReviewItem.objects.filter(cause=ReviewCause.APPEAL)
    appeals.filter(comment__author__in=person.members).update(detail="")
    CommentRevision.objects.filter(editor__in=person.members).update(reason="")
    Thread.objects.filter(author__in=person.members).update(origin="")
    Announcement.objects.filter(created_by__in=person.members).delete()
