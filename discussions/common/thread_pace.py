"""Slow mode: how long a member waits between two comments in one thread."""

from datetime import timedelta
from math import ceil

from django.utils import timezone

from discussions.models import Comment, CommentState, Thread
from seminars.models import Membership
from seminars.pace import ThreadIsSlow


def hold_thread_pace(thread: Thread, by: Membership) -> None:
    """Raise ThreadIsSlow where the thread or the seminar is slow and `by` was here just now.

    No query where neither is slow. Staff do not wait: they are who calms a thread down.
    """
    seconds = max(thread.slow_seconds, by.seminar.slow_seconds)
    if not seconds or by.is_staff:
        return
    own = Comment.objects.filter(thread=thread, author=by).exclude(state=CommentState.WITHDRAWN)
    last = own.order_by("-created_at").values_list("created_at", flat=True).first()
    if last is None:
        return
    left = last + timedelta(seconds=seconds) - timezone.now()
    if left > timedelta(0):
        raise ThreadIsSlow(ceil(left.total_seconds()))
