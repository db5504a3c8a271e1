"""The comments of one thread, read for a page: all of a short one, of a long one those shown."""

from datetime import UTC, datetime
from functools import lru_cache

from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, Q

from database.prepared import (
    SIZES_KEPT,
    Parameter,
    PreparedQuery,
    PreparedRows,
    filled,
    listed,
    size_for,
)
from discussions.models import Comment, CommentState, Thread
from discussions.threads.thread_outline import (
    Outline,
    OutlineRow,
    PageSize,
    ThreadPage,
    ThreadPart,
)
from discussions.threads.thread_rows import new_since
from seminars.models import Membership

_KEY = models.BigIntegerField()
_NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # nothing is new on a first visit
_ALL = PreparedQuery(
    lambda: Comment.objects.filter(thread=Parameter("thread", _KEY)).for_thread_page()
)
_OUTLINE = PreparedRows(
    lambda: (
        Comment.objects.filter(thread=Parameter("thread", _KEY))
        .annotate(
            is_new=ExpressionWrapper(
                Q(
                    created_at__gt=Parameter("since", models.DateTimeField()),
                    state=CommentState.PUBLISHED,
                )
                & ~Q(author=Parameter("viewer", _KEY)),
                output_field=BooleanField(),
            )
        )
        .order_by("seq")
        .values_list("pk", "parent_id", "seq", "author_id", "state", "is_new")
    )
)


class ThreadReader:
    """One thread for one viewer: its outline at once, and then the comments of a page.

    One query for a thread that is short enough to be shown whole, and two for any other.
    """

    def __init__(self, thread: Thread, viewer: Membership, size: PageSize) -> None:
        self._thread, self._size = thread, size
        self._comments: list[Comment] | None = None
        since = new_since(reading=thread.reading, membership=viewer) or _NEVER
        if thread.last_seq <= size.whole:
            self._comments = _ALL.all(thread=thread.pk)
            rows = [_row(one, viewer, since) for one in self._comments]
        else:
            found = _OUTLINE.all(thread=thread.pk, since=since, viewer=viewer.pk or 0)
            rows = [OutlineRow(*row) for row in found]
        self.outline = Outline(rows, viewer.pk)
        # What was said since the thread was read is known as well.
        thread.last_seq = max([thread.last_seq, *(row.seq for row in rows[-1:])])

    def page(self, part: ThreadPart, *, comment: int | None = None) -> ThreadPage:
        """Return what is shown of `part`, or else of the part that has `comment`."""
        page = self.outline.page(part, self._size, comment=comment)
        if not page.part.known:
            page.part = page.part.known_to(self._thread.last_seq)
        return page

    def comments(self, page: ThreadPage) -> list[Comment]:
        """Return the comments that a page shows, and the one that the thread begins with."""
        comments = self._comments
        if comments is None:
            asked = page.shown | {self.outline.opening or 0}
            comments = _shown(size_for(asked)).all(**filled("pk", asked))
        for one in comments:
            one.thread = self._thread
        return comments


def _row(comment: Comment, viewer: Membership, since: datetime) -> OutlineRow:
    is_new = comment.created_at > since and comment.is_published and comment.author_id != viewer.pk
    return OutlineRow(
        comment.pk, comment.parent_id, comment.seq, comment.author_id, comment.state, is_new
    )


@lru_cache(maxsize=SIZES_KEPT)
def _shown(size: int) -> PreparedQuery[Comment]:
    comments = Comment.objects.filter(pk__in=listed("pk", _KEY, size))
    return PreparedQuery(lambda: comments.for_thread_page())
