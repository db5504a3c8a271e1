"""Which checkpoints members have answered, of those to which somebody has published an answer."""

import functools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import BigIntegerField, Exists, FilteredRelation, OuterRef, Q

from database.prepared import SIZES_KEPT, PreparedRows, filled, listed, size_for
from discussions.models import Thread
from quizzes.models import Attempt
from readings.models import GuideItem, closed_to_each
from seminars.answered import AnsweredItems
from seminars.models import Membership


def find_answered_items(members: Sequence[Membership]) -> Mapping[int, AnsweredItems]:
    """Return, by member, the checkpoints whose published answers they may read.

    Those are the ones that they have handed in, those that were taken off the guide, and those of
    readings that are closed to them: nobody waits for what cannot come any more. One query; two
    more where such a reading was closed.
    """
    keys = [one.pk for one in members if one.pk]
    if not keys:
        return {}
    rows = _published(size_for(keys)).all(**filled("member", keys))
    waiting = [row for row in rows if not row[4] and row[5] is None]
    over = closed_to_each({(row[1], row[3]) for row in waiting}, members)
    ended = {one.pk for one in members if one.seminar.is_read_only}
    found: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
    for member, reading, item, _closes_at, is_answered, removed_at in rows:
        if is_answered or removed_at is not None or (member, reading) in over or member in ended:
            found[member].add((reading, item))
    return {member: tuple(sorted(items)) for member, items in found.items()}


@functools.lru_cache(maxsize=SIZES_KEPT)
def _published(size: int) -> PreparedRows:
    """The query for so many members: (membership, reading, item, when the reading closes, whether
    they have handed it in, when it was taken off the guide)."""
    asked = Q(seminar__memberships__pk__in=listed("member", BigIntegerField(), size))

    def make() -> Any:
        handed_in = Attempt.objects.submitted().filter(
            quiz__item=OuterRef("pk"), membership=OuterRef("member__pk")
        )
        published = Exists(Thread.objects.filter(answered_item=OuterRef("pk")))
        items = GuideItem.objects.filter(published).annotate(
            member=FilteredRelation("seminar__memberships", condition=asked),
            is_answered=Exists(handed_in),
        )
        return (
            items.filter(member__isnull=False)
            .order_by()
            .values_list(
                *("member__pk", "guide__reading", "pk", "guide__reading__closes_at"),
                *("is_answered", "removed_at"),
            )
        )

    return PreparedRows(make)
