"""Words that become public after their writing: their number, and what others are told."""

from django.db import models
from django.db.models import F
from django.utils import timezone

from database.prepared import Parameter, PreparedUpdate
from discussions.common.citations import paragraphs_for
from discussions.common.counters import recount
from discussions.common.events import record_comment, record_thread
from discussions.common.markdown import render
from discussions.common.mentions import find_mentioned, keep_mentions
from discussions.common.question_state import keep_question_state
from discussions.models import LEAVES_NOTHING, Comment, CommentState, Thread
from seminars.events import EventKind
from seminars.models import Membership

COUNT_ONE = PreparedUpdate(
    lambda: (
        Thread.objects.filter(pk=Parameter("thread", models.BigIntegerField())),
        {
            "last_seq": F("last_seq") + 1,
            "comment_count": F("comment_count") + 1,
            "active_at": Parameter("active_at", models.DateTimeField()),
        },
    )
)


def publish(comment: Comment, *, by: Membership) -> None:
    """Let everybody whom its thread reaches see a comment, whose rows are held by the caller.

    For the first time it gets its number now, so that it is new to who has read the thread
    meanwhile; a thread that waited with it is there from now on. What was public before stands
    where it stood. The version is raised. `by` lets it be so; a first publication is its author's.
    """
    thread = comment.thread
    is_first_time = comment.seq is None
    comment.state = CommentState.PUBLISHED
    comment.staff_reason = ""
    comment.version += 1
    if is_first_time:
        now = timezone.now()
        comment.seq, comment.published_at = thread.last_seq + 1, now
        COUNT_ONE.run(thread=thread.pk, active_at=now)
        thread.last_seq = comment.seq
    comment.save(update_fields=["state", "staff_reason", "version", "seq", "published_at"])
    if not is_first_time:
        recount(thread.pk, +1)
        record_comment(EventKind.COMMENT_RESTORED, comment, by=by)
        return
    if thread.held_at is not None:
        thread.held_at = None
        thread.save(update_fields=["held_at"])
        record_thread(EventKind.THREAD_STARTED, thread, by=comment.author)
    record_comment(EventKind.COMMENT_PUBLISHED, comment, by=comment.author)
    _speak_to(comment)
    keep_question_state(thread)


def withdraw_if_empty(thread: Thread) -> None:
    """Let a thread go with its last words, inside the caller's transaction."""
    if thread.comments.exclude(state__in=LEAVES_NOTHING).exists():
        return
    thread.withdrawn_at = timezone.now()
    thread.save(update_fields=["withdrawn_at"])


def _speak_to(comment: Comment) -> None:
    """Tell whom the words name and who sees them; nobody is there to be warned of the others."""
    if "@" not in comment.body:
        return
    author = comment.author
    mentioned = find_mentioned(comment.body, comment.thread, by=author, warned=None)
    if not mentioned.members:
        return
    paragraphs = paragraphs_for(comment.body, reading=comment.thread.reading_id)
    comment.html = render(comment.body, names=mentioned.names, paragraphs=paragraphs)
    comment.save(update_fields=["html"])
    keep_mentions(comment, mentioned, by=author)
