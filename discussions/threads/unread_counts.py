"""How many threads of each reading have something new, for the pages above the readings."""

from collections.abc import Mapping, Sequence

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q

from discussions.models import Comment, CommentState, Thread
from readings.page import next_new_since
from seminars.models import Membership


def new_threads(members: Sequence[Membership]) -> Mapping[tuple[int, int], int]:
    """Count, per (membership, reading) pks, what would be new if it were opened now. One query.

    The memberships are one person's.

    A reading that was never opened has nothing new: all of it is. Threads are told apart by
    when something was last said in them, and only in the few that are left a comment is looked for.
    """
    if not members:
        return {}
    theirs = Q()
    for member in members:
        theirs |= Q(pk__in=Thread.objects.visible_to(member).values("pk"), visit__membership=member)
    visits = FilteredRelation(
        "reading__visits", condition=Q(reading__visits__membership__in=members)
    )
    fresh = Thread.objects.alias(visit=visits, since=next_new_since("visit__")).filter(
        theirs, active_at__gt=F("since")
    )
    said = Comment.objects.filter(
        thread=OuterRef("pk"), created_at__gt=OuterRef("since"), state=CommentState.PUBLISHED
    )
    rows = (
        fresh.filter(Exists(said.exclude(author=OuterRef("visit__membership"))))
        .values_list("visit__membership", "reading")
        .annotate(Count("pk"))
        .order_by()
    )
    return {(member, reading): count for member, reading, count in rows}
