"""The general discussion as one member finds it on the seminar's page."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db.models import Count, Max, Q
from django.urls import reverse

from database.prepared import PreparedRows
from discussions.models import Thread
from readings.models import Reading, ReadingKind
from seminars import permissions
from seminars.any_member import KINDS_KEPT, AnyMember
from seminars.models import Membership


@dataclass(frozen=True, slots=True)
class GeneralSummary:
    """How many threads a member sees in it, how many have something new, when the last words came.

    Nobody has written there yet where `active_at` is None.
    """

    url: str
    threads: int
    new: int
    active_at: datetime | None
    is_closed: bool


def general_summary(
    member: Membership, new: Mapping[tuple[int, int], int]
) -> GeneralSummary | None:
    """Return it in one query; None for guests, and for participants where it was closed before
    they could read anything there.

    `new` is what discussions.threads.new_threads counts.
    """
    if not permissions.can_join_general_discussion(member):
        return None
    url = reverse("general_discussion", args=[member.seminar.slug])
    kind = AnyMember.like(member)
    rows = _general_of(kind).all(**kind.keys_of(member))
    if not rows:
        return GeneralSummary(url, 0, 0, None, is_closed=False)
    pk, closes_at, threads, active_at = rows[0]
    is_closed = closes_at is not None
    if is_closed and not threads and not permissions.can_close_general_discussion(member):
        return None
    return GeneralSummary(url, threads, new.get((member.pk, pk), 0), active_at, is_closed)


@functools.lru_cache(maxsize=KINDS_KEPT)
def _general_of(kind: AnyMember) -> PreparedRows:
    """The query for members of a kind: (pk, closes_at, threads that they see, last words)."""
    member = cast("Membership", kind)

    def make() -> Any:
        seen = Thread.objects.visible_to(member).filter(reading__kind=ReadingKind.GENERAL)
        theirs = Q(threads__in=seen.values("pk"))
        found = Reading.including_general.visible_to(member)
        counted = found.filter(kind=ReadingKind.GENERAL).annotate(
            seen=Count("threads", filter=theirs), last=Max("threads__active_at", filter=theirs)
        )
        return counted.order_by().values_list("pk", "closes_at", "seen", "last")

    return PreparedRows(make)
