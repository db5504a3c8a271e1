"""How many threads of each reading have something new, for the pages above the readings."""

import functools
from collections.abc import Mapping, Sequence
from typing import cast

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
)
from django.utils import timezone

from database.prepared import Parameter, PreparedRows
from discussions.models import Comment, CommentState, Thread
from readings.page import VISIT_TIMEOUT, next_new_since
from seminars.any_member import KINDS_KEPT, AnyMember
from seminars.models import Membership


def new_threads(members: Sequence[Membership]) -> Mapping[tuple[int, int], int]:
    """Count, per (membership, reading) pks, what would be new if it were opened now. One query.

    The memberships are one person's.

    A reading that was never opened has nothing new: all of it is. Threads are told apart by
    when something was last said in them, and only in the few that are left a comment is looked for.
    """
    if not members:
        return {}
    kinds, keys = AnyMember.kinds_of(members)
    rows = _new_to(kinds).all(away_since=timezone.now() - VISIT_TIMEOUT, **keys)
    return {(member, reading): count for member, reading, count in rows}


@functools.lru_cache(maxsize=KINDS_KEPT)
def _new_to(kinds: tuple[AnyMember, ...]) -> PreparedRows:
    """The query for memberships of these kinds: (membership, reading, threads)."""

    def make() -> "QuerySet[Thread, tuple[int, int, int]]":
        theirs, visited = Q(), Q()
        for kind in kinds:
            seen = Thread.objects.visible_to(cast("Membership", kind))
            theirs |= Q(pk__in=seen.values("pk"), visit__membership=kind.pk)
            visited |= Q(reading__visits__membership=kind.pk)
        visits = FilteredRelation("reading__visits", condition=visited)
        away_since = Parameter("away_since", DateTimeField())
        since = next_new_since("visit__", away_since=away_since)
        fresh = Thread.objects.alias(visit=visits, since=since).filter(
            theirs, active_at__gt=F("since")
        )
        said = Comment.objects.filter(
            thread=OuterRef("pk"), created_at__gt=OuterRef("since"), state=CommentState.PUBLISHED
        )
        return (
            fresh.filter(Exists(said.exclude(author=OuterRef("visit__membership"))))
            .values_list("visit__membership", "reading")
            .annotate(Count("pk"))
            .order_by()
        )

    return PreparedRows(make)
