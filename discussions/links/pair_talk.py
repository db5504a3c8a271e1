"""What one member sees of the talk at two texts side by side; kept in this process as long as
nothing changes at either."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from discussions.threads import ShownLink, counts_by_block, links_at, unread_comments
from readings.models import Essay, Visit
from readings.page import Standing, essay_of, renderer
from rendering.store import BoundedStore


@dataclass(frozen=True, slots=True)
class PairTalk:
    """The links between two readings, oldest first, as one member sees them at `stamp`."""

    stamp: str
    links: Sequence[ShownLink]
    counts: tuple[Mapping[str, int], Mapping[str, int]]  # of threads, by block, in each of the two
    unread: Mapping[int, int]  # how many comments are new, by thread


KEPT_TALK = 40_000  # links and blocks with threads, in one process: of some hundreds of members
_kept: BoundedStore[tuple[int, int, int], PairTalk] = BoundedStore(
    KEPT_TALK, lambda talk: 1 + len(talk.links) + sum(map(len, talk.counts))
)
KEPT_ESSAYS = 1_000  # in one process
_essays: BoundedStore[int, tuple[str, Essay]] = BoundedStore(KEPT_ESSAYS, lambda _: 1)


def talk_between(first: tuple[Standing, Visit], second: tuple[Standing, Visit]) -> PairTalk:
    """Return it: from memory as long as nothing has changed at either end, as it is with what is
    a member's own of a reading's page. Whatever changes a link raises the version of both of its
    readings (discussions.threads.watches)."""
    both = (first, second)
    stamp = " ".join(_stamp(standing, visit) for standing, visit in both)
    member = first[0].membership
    key = (first[0].reading.pk, second[0].reading.pk, member.pk)
    kept = _kept.get(key)
    if kept is None or kept.stamp != stamp:
        kept = _find(stamp, both)
        _kept.put(key, kept)
    return kept


def _find(stamp: str, both: tuple[tuple[Standing, Visit], tuple[Standing, Visit]]) -> PairTalk:
    (first, _), (second, _) = both
    there = second.reading.pk
    here = links_at(first.reading, first.membership)
    links = [one for one in here if there in (one.near.reading.pk, one.far.reading.pk)]
    counted = [counts_by_block(standing.reading, standing.membership) for standing, _ in both]
    unread: dict[int, int] = {}
    for standing, visit in both:
        unread |= _unread(standing, visit.begun_at)
    return PairTalk(stamp, links, (counted[0], counted[1]), unread)


def _unread(standing: Standing, begun_at: datetime) -> Mapping[int, int]:
    reading, member = standing.reading, standing.membership
    return unread_comments(reading=reading, membership=member, begun_at=begun_at).counts


def _stamp(standing: Standing, visit: Visit) -> str:
    """Name all that shapes this member's page of a reading."""
    reading = standing.reading
    name = (renderer(), get_language(), standing.viewer.key)
    stamp = standing.versions.stamp(reading, *name)
    deadlines = reading.deadlines_for(standing.membership)
    return f"{stamp}.{visit.begun_at}.{visit.own_version}.{deadlines}"


def know_essay(standing: Standing) -> None:
    """Let the reading have its essay, as its own page does: from memory, where nothing changed."""
    reading, digest = standing.reading, standing.versions.digest(standing.reading)
    kept = _essays.get(reading.pk)
    if kept is not None and kept[0] == digest:
        reading.essay = kept[1]
    else:
        _essays.put(reading.pk, (digest, essay_of(reading)))
