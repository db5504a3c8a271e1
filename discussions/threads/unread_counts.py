"""How many threads of each reading have something new, for the pages above the readings."""

from collections.abc import Sequence

from django.db.models import Count, Q

from discussions.models import Comment, CommentState, Thread
from readings.page import next_new_since
from seminars.models import Membership
from seminars.news import News

_VISIT = "thread__reading__visits__"


def new_threads(members: Sequence[Membership]) -> News:
    """Count what each reading would call new if it were opened now. One query.

    A reading that was never opened has nothing new: all of it is.
    """
    if not members:
        return {}
    theirs = Q()
    for member in members:
        seen = Q(thread__in=Thread.objects.visible_to(member), **{f"{_VISIT}membership": member})
        theirs |= seen & ~Q(author=member)
    rows = (
        Comment.objects.filter(theirs, created_at__gt=next_new_since(_VISIT))
        .filter(state=CommentState.PUBLISHED)
        .values_list(f"{_VISIT}membership", "thread__reading")
        .annotate(Count("thread", distinct=True))
        .order_by()
    )
    return {(member, reading): count for member, reading, count in rows}
