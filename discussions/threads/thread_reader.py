"""The comments of one thread, read for a page: all of a short one, of a long one those shown."""

import functools
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, cast

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
from discussions.common.withholding import spoken_among
from discussions.models import Comment, CommentState, Thread
from discussions.threads.thread_outline import (
    Outline,
    OutlineRow,
    PageSize,
    ThreadPage,
    ThreadPart,
)
from discussions.threads.unread_counts import read_state
from seminars import permissions
from seminars.any_member import KINDS_KEPT, AnyMember
from seminars.models import Membership
from seminars.personal_mutes import heard_by

_KEY = models.BigIntegerField()
MOST_SEQ = 2**31 - 1  # no thread has so many comments
_ALL = PreparedQuery(
    lambda: Comment.objects.filter(thread=Parameter("thread", _KEY)).for_thread_page()
)


@functools.lru_cache(maxsize=KINDS_KEPT)
def _outline(kind: AnyMember) -> PreparedRows:
    said = Comment.objects.filter(thread=Parameter("thread", _KEY))
    is_new = Q(seq__gt=Parameter("after", _KEY), state=CommentState.PUBLISHED)
    is_new &= ~Q(author=kind.pk) & heard_by(cast("Membership", kind))
    return PreparedRows(
        lambda: (
            said.spoken_to(cast("Membership", kind))
            .annotate(is_new=ExpressionWrapper(is_new, output_field=BooleanField()))
            .in_order()
            .values_list("pk", "parent_id", "seq", "author_id", "state", "is_new")
        )
    )


class ThreadReader:
    """One thread for one viewer: its outline at once, and then the comments of a page.

    One query for a thread that is short enough to be shown whole, and two for any other; before
    them one for how far it is read, where `opened` is not how it was when it was opened.
    """

    def __init__(
        self,
        thread: Thread,
        viewer: Membership,
        size: PageSize,
        *,
        opened: ThreadPart | None = None,
    ) -> None:
        self._thread, self._size = thread, size
        self._comments: list[Comment] | None = None
        self.read = read_state(thread=thread, membership=viewer)
        self._after = self._new_after(opened)
        if thread.last_seq <= size.whole:
            every = _ALL.all(thread=thread.pk)
            said = spoken_among(every, thread=thread, viewer=viewer)
            self._comments = [
                one for one in said if permissions.can_see_comment(viewer, thread, one)
            ]
            rows = numbered(_row(one, viewer, self._after) for one in self._comments)
        else:
            kind = AnyMember.like(viewer)
            found = _outline(kind).all(thread=thread.pk, after=self._after, **kind.keys_of(viewer))
            rows = numbered(found)
        self.outline = Outline(rows, viewer.pk, is_staff=viewer.is_staff)
        shown = max([0, *(row.seq for row in rows if row.is_numbered)][-1:])
        if viewer.is_told_less_of(*thread.reading_ids):
            # What is withheld is not counted, either.
            thread.last_seq = max(shown, min(thread.last_seq, 1))
        # What was said since the thread was read is known as well.
        thread.last_seq = max(thread.last_seq, shown)

    def _new_after(self, opened: ThreadPart | None) -> int:
        """The number after which others' comments are new; at most the last that there is."""
        if opened is not None:
            return opened.read
        after = self.read.new_after
        return MOST_SEQ if after is None else after

    def page(self, part: ThreadPart, *, comment: int | None = None) -> ThreadPage:
        """Return what is shown of `part`, or else of the part that has `comment`."""
        page = self.outline.page(part, self._size, comment=comment)
        if not page.part.known:
            page.part = page.part.known_to(self._thread.last_seq, self._after)
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


def _row(comment: Comment, viewer: Membership, after: int) -> tuple[Any, ...]:
    is_later = comment.seq is not None and comment.seq > after
    is_new = is_later and comment.is_published and comment.author_id != viewer.pk
    is_new = is_new and not permissions.has_muted(viewer, comment)
    return comment.pk, comment.parent_id, comment.seq, comment.author_id, comment.state, is_new


def numbered(rows: Iterable[Sequence[Any]]) -> list[OutlineRow]:
    """Return the rows of an outline; what has no number yet stands after all that have."""
    found, last = [], 0
    for pk, parent, seq, author, state, is_new in rows:
        last = last + 1 if seq is None else seq
        found.append(
            OutlineRow(pk, parent, last, author, state, is_new, is_numbered=seq is not None)
        )
    return found


@lru_cache(maxsize=SIZES_KEPT)
def _shown(size: int) -> PreparedQuery[Comment]:
    comments = Comment.objects.filter(pk__in=listed("pk", _KEY, size))
    return PreparedQuery(lambda: comments.for_thread_page())
