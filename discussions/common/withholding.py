"""Post before you peek: of which readings a member does not see what others said, yet."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Count, F, FilteredRelation, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual

from discussions.models import Comment, CommentState
from readings.models import Reading
from seminars.audience import Audience
from seminars.models import Membership

# What only staff or oneself can read is no word to the others.
COUNTED = (Audience.GROUP, Audience.SEMINAR)


def withheld_readings(member: Membership) -> frozenset[int]:
    """Return the keys of the readings in which `member` has not written enough yet. One query."""
    return _withheld([member])[member.pk]


def load_withheld(members: Sequence[Membership]) -> None:
    """Let these memberships know what is withheld from them, in one query at the most."""
    asked = [one for one in members if one.seminar.withholds_talk and not one.is_staff]
    found = _withheld(asked)
    for member in members:
        member.withheld_ids = found[member.pk]


def _withheld(members: Sequence[Membership]) -> dict[int | None, frozenset[int]]:
    found: dict[int | None, set[int]] = defaultdict(set)
    if not members:
        return defaultdict(frozenset)
    said = Comment.objects.filter(
        thread__reading=OuterRef("pk"),
        author=OuterRef("member__pk"),
        thread__audience__in=COUNTED,
        state=CommentState.PUBLISHED,
    )
    number = said.order_by().values("author").annotate(number=Count("pk")).values("number")
    theirs = FilteredRelation(
        "seminar__memberships", condition=Q(seminar__memberships__in=[one.pk for one in members])
    )
    rows = Reading.objects.withholding().annotate(member=theirs)
    rows = rows.filter(member__isnull=False)
    said_enough = Q(GreaterThanOrEqual(Coalesce(Subquery(number), 0), F("peek_after")))
    for member, reading in rows.exclude(said_enough).order_by().values_list("member__pk", "pk"):
        found[member].add(reading)
    return defaultdict(frozenset, {pk: frozenset(keys) for pk, keys in found.items()})
