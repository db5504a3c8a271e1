"""Post before you peek: of which readings a member does not see what others said, yet."""

import functools
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import (
    BigIntegerField,
    Count,
    DateTimeField,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone

from database.prepared import SIZES_KEPT, Parameter, PreparedRows, filled, listed, size_for
from discussions.models import Comment, CommentState, Thread
from readings.models import Reading
from readings.passages import load_gate_places
from seminars import permissions
from seminars.answered import load_answered_items
from seminars.audience import Audience
from seminars.models import Membership

# What only staff or oneself can read is no word to the others.
COUNTED = (Audience.GROUP, Audience.SEMINAR)


def withheld_readings(member: Membership) -> frozenset[int]:
    """Return the keys of the readings in which `member` has not written enough yet. One query."""
    return _withheld([member])[member.pk]


def load_withheld(members: Sequence[Membership]) -> None:
    """Let these memberships know what is withheld from them, where their texts end at a gate, and
    whose answers wait for their own; in three queries at the most."""
    load_gate_places(members)
    load_answered_items(members)
    withheld = [one for one in members if one.seminar.withholds_talk and not one.is_staff]
    found = _withheld([one for one in withheld if not one.seminar.is_read_only])
    for member in members:
        member.withheld_ids = found[member.pk]


def spoken_among(
    comments: Sequence[Comment], *, thread: Thread, viewer: Membership
) -> Sequence[Comment]:
    """Of comments at hand, of a thread that `viewer` sees: without what others say behind a gate.
    One query where a text that it is about ends at one for them, and else none."""
    if all(viewer.gate_in(reading) is None for reading in thread.reading_ids):
        return comments
    asked = Comment.objects.filter(pk__in=[one.pk for one in comments]).spoken_to(viewer)
    spoken = set(asked.values_list("pk", flat=True))
    return [one for one in comments if one.pk in spoken]


def is_spoken_to(viewer: Membership, thread: Thread, comment: Comment) -> bool:
    """Whether a comment at hand, of a thread that they see, is there for them."""
    if permissions.is_withheld(viewer, thread.reading_ids, comment):
        return False
    return bool(spoken_among([comment], thread=thread, viewer=viewer))


def _withheld(members: Sequence[Membership]) -> dict[int | None, frozenset[int]]:
    """By member, the keys of the readings; one query, prepared: every page asks it twice."""
    found: dict[int | None, set[int]] = defaultdict(set)
    keys = [one.pk for one in members]
    if keys:
        asked = _waiting(size_for(keys))
        for member, reading in asked.all(now=timezone.now(), **filled("member", keys)):
            found[member].add(reading)
    return defaultdict(frozenset, {pk: frozenset(keys) for pk, keys in found.items()})


@functools.lru_cache(maxsize=SIZES_KEPT)
def _waiting(size: int) -> PreparedRows:
    """The query for so many members: (membership, reading)."""
    said = Comment.objects.filter(
        thread__reading=OuterRef("pk"),
        author=OuterRef("member__pk"),
        thread__audience__in=COUNTED,
        state=CommentState.PUBLISHED,
    )
    number = said.order_by().values("author").annotate(number=Count("pk")).values("number")
    asked = Q(seminar__memberships__pk__in=listed("member", BigIntegerField(), size))
    said_enough = Q(GreaterThanOrEqual(Coalesce(Subquery(number), 0), F("peek_after")))

    def make() -> Any:
        readings = Reading.objects.withholding(now=Parameter("now", DateTimeField()))
        theirs = readings.annotate(member=FilteredRelation("seminar__memberships", condition=asked))
        waiting = theirs.filter(member__isnull=False).exclude(said_enough)
        return waiting.order_by().values_list("member__pk", "pk")

    return PreparedRows(make)
