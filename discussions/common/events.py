"""What happened to threads and comments, as events for whoever may see the thread."""

from typing import Any

from discussions.models import Comment, Thread
from seminars.audience import Audience
from seminars.events import EventKind, record
from seminars.models import Membership


def record_thread(kind: EventKind, thread: Thread, *, by: Membership) -> None:
    """For the thread's own audience."""
    record(
        kind,
        by=by,
        target=thread,
        reading_id=thread.reading_id,
        audience=thread.audience,
        group_id=thread.group_id,
        addressee_id=thread.addressee_id,
    )


def record_comment(
    what: EventKind, comment: Comment, *, by: Membership, for_staff: bool = False, **detail: Any
) -> None:
    """For the audience of its thread; what concerns moderators alone is for the staff of it.

    `detail` has pks, numbers and kinds beside the place of the comment.
    """
    thread = comment.thread
    record(
        what,
        by=by,
        target=comment,
        reading_id=thread.reading_id,
        audience=Audience.STAFF if for_staff else thread.audience,
        group_id=thread.group_id,
        addressee_id=None if for_staff else thread.addressee_id,
        thread=thread.pk,
        seq=comment.seq,
        **detail,
    )


def record_mention(comment: Comment, member: Membership, *, by: Membership) -> None:
    """That `comment` speaks to `member`, who saw its thread."""
    thread = comment.thread
    record(
        EventKind.MEMBER_MENTIONED,
        by=by,
        target=comment,
        reading_id=thread.reading_id,
        audience=thread.audience,
        group_id=thread.group_id,
        thread=thread.pk,
        seq=comment.seq,
        member=member.pk,
    )
