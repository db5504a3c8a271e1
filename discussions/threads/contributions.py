"""What of a member's words counts as a post or a reply, where a reading asks for some."""

import functools
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import BigIntegerField, Q

from database.prepared import SIZES_KEPT, PreparedRows, filled, listed, size_for
from discussions.models import Comment, CommentState, ThreadKind
from readings.models import Task, TaskKind
from seminars.audience import Audience
from seminars.models import Membership

_COLUMNS = (
    *("author_id", "thread__reading_id", "seq", "thread__kind", "created_at"),
    *("thread__author_id", "parent__author_id"),
)


@functools.lru_cache(maxsize=SIZES_KEPT)
def _contributions(size: int) -> PreparedRows:
    """Published words of members that others can read, where a reading asks for some.

    Not those that were taken in from elsewhere: they are of another time and of others.
    """
    asks = Q(thread__reading__required_posts__gt=0) | Q(thread__reading__required_replies__gt=0)

    def make() -> Any:
        written = Comment.objects.filter(
            asks,
            author__pk__in=listed("author", BigIntegerField(), size),
            state=CommentState.PUBLISHED,
            thread__withdrawn_at=None,
            origin="",
            thread__origin="",
        )
        shared = written.exclude(thread__audience=Audience.ME)
        return shared.order_by().values_list(*_COLUMNS)

    return PreparedRows(make)


def contribution_tasks(members: Sequence[Membership]) -> Iterator[tuple[tuple[int, int], Task]]:
    """Yield, by member and reading, each thread that they began and each reply to others.

    A reply to oneself is neither; an answer to a prompt is a reply. In no order; one query.
    """
    keys = [one.pk for one in members]
    rows = _contributions(size_for(keys)).all(**filled("author", keys))
    for author, reading, seq, kind, at, opened_by, answered in rows:
        if seq == 1:
            if kind != ThreadKind.GUIDE:
                yield (author, reading), Task(TaskKind.POSTS, at)
        elif (answered or opened_by) != author:
            yield (author, reading), Task(TaskKind.REPLIES, at)
