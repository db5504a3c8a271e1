"""Watermarks: raised when a thread is opened, and by hand for all of a reading at once."""

import logging
import uuid

from django.db import DatabaseError, transaction
from django.db.models import F, OuterRef, QuerySet, Subquery

from database.asynchronous_commit import asynchronous_commit
from database.full import has_no_room, is_busy
from discussions.models import Comment, Thread, ThreadRead
from discussions.threads.unread_counts import unread_threads
from readings.models import Reading
from seminars.models import Membership

log = logging.getLogger(__name__)


def note_opened(*, thread: Thread, by: Membership, seq: int) -> None:
    """Keep that the comments up to `seq` were shown to this member; a watermark never falls by it.

    Nobody waits for the disk to read, and where nothing can be written, reading goes on: the next
    opening says it again.
    """
    mine = ThreadRead.objects.filter(membership=by, thread=thread)
    try:
        with asynchronous_commit():
            raised = mine.filter(seq__lt=seq).update(seq=seq, marking=None, seq_before=None)
            if not raised:
                row = ThreadRead(
                    seminar_id=thread.seminar_id, membership=by, thread=thread, seq=seq
                )
                ThreadRead.objects.bulk_create([row], ignore_conflicts=True)
    except DatabaseError as error:
        if not (has_no_room(error) or is_busy(error)):
            raise
        log.warning("A watermark could not be written: %s", type(error).__name__)


def set_watermark(*, thread: Thread, by: Membership, seq: int) -> None:
    """Let what is numbered above `seq` be new to this member again; or read, up to there."""
    ThreadRead.objects.update_or_create(
        membership=by,
        thread=thread,
        defaults={
            "seminar_id": thread.seminar_id,
            "seq": seq,
            "marking": None,
            "seq_before": None,
        },
    )


def let_be_new(*, item: int, by: Membership) -> None:
    """Let the threads that answer this checkpoint, which a member sees from now on, be new to them:
    what was said there before their first visit to the reading, too."""
    seen = Thread.objects.visible_to(by).filter(answered_item=item).exclude(author=by)
    ThreadRead.objects.bulk_create(
        [
            ThreadRead(seminar_id=by.seminar_id, membership=by, thread_id=pk, seq=0)
            for pk in seen.exclude(reads__membership=by).values_list("pk", flat=True)
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def mark_read(*, readings: "QuerySet[Reading]", by: Membership, marking: uuid.UUID) -> int:
    """Mark all threads of these readings read that this member sees; return how many it were.

    `marking` names it, to take it back: sent twice it is the same one.
    """
    # What is withheld from them is not read by it.
    spoken = Comment.objects.filter(thread=OuterRef("pk")).spoken_to(by).order_by("-seq")
    unread = unread_threads(readings, to=by).annotate(last=Subquery(spoken.values("seq")[:1]))
    found = unread.values_list("pk", "last", "read_seq")
    rows = [
        ThreadRead(
            seminar_id=by.seminar_id,
            membership=by,
            thread_id=pk,
            seq=last,
            marking=marking,
            seq_before=read_seq,
        )
        for pk, last, read_seq in found
    ]
    ThreadRead.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["membership", "thread"],
        update_fields=["seq", "marking", "seq_before"],
    )
    return marked_threads(by=by, marking=marking)


@transaction.atomic
def undo_marking(*, by: Membership, marking: uuid.UUID) -> None:
    """Put back the watermarks of one marking, but for threads that were opened since."""
    mine = ThreadRead.objects.filter(membership=by, marking=marking)
    mine.filter(seq_before=None).delete()
    mine.update(seq=F("seq_before"), seq_before=None, marking=None)


def marked_threads(*, by: Membership, marking: uuid.UUID) -> int:
    """Return how many threads a marking holds that can be taken back."""
    return ThreadRead.objects.filter(membership=by, marking=marking).count()
