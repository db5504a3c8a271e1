"""Hints: which threads of a reading have changed since an event, and nothing of what was said.

A page asks for them again and again, and fetches what they name through the views that it came
from. A channel that pushes would send the same ones.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import F, Max

from discussions.models import Comment, CommentState, Thread
from discussions.threads.unread_counts import unread_comments
from readings.page import Standing
from seminars.events import EventKind
from seminars.models import Event

MOST_EVENTS = 500  # that are read at once; who was away for more asks again
TALK = (
    EventKind.THREAD_STARTED,
    EventKind.THREAD_LOCKED,
    EventKind.THREAD_UNLOCKED,
    EventKind.QUESTION_RESOLVED,
    EventKind.QUESTION_REOPENED,
    EventKind.RESOLUTION_UNDONE,
    EventKind.COMMENT_PUBLISHED,
    EventKind.COMMENT_EDITED,
    EventKind.COMMENT_WITHDRAWN,
    EventKind.COMMENT_REPUBLISHED,
    EventKind.COMMENT_HIDDEN,
    EventKind.COMMENT_RESTORED,
    EventKind.COMMENT_ENDORSED,
)


@dataclass(frozen=True, slots=True)
class Hint:
    """A thread that has changed: where it stands, its last comment, how many are new to the viewer.

    `block` is "" for the whole reading, `seq` that of the last comment that is published.
    """

    thread: int
    seq: int
    block: str
    new: int


@dataclass(frozen=True, slots=True)
class Hints:
    """The hints after one event, and the event after which to ask for the next."""

    hints: list[Hint]
    after: int

    def as_json(self) -> dict[str, Any]:
        return {"after": self.after, "threads": [asdict(one) for one in self.hints]}


def hints_after(standing: Standing, after: int) -> Hints:
    """Return what others have changed since, of the threads that this member sees now.

    Whoever may be told of an event may not see its thread any more, or not yet: both rules are
    asked, and of the comments theirs as well.
    """
    member, reading = standing.membership, standing.reading
    events = Event.objects.visible_to(member).filter(reading_id=reading.pk, pk__gt=after)
    told = events.filter(kind__in=TALK).exclude(actor=member).order_by("pk")
    rows = list(told.values_list("pk", "target_type", "target_id", "detail")[:MOST_EVENTS])
    names = {
        target if kind == "thread" else detail.get("thread") for _, kind, target, detail in rows
    }
    last = rows[-1][0] if len(rows) == MOST_EVENTS else standing.last_event
    return Hints(hints_of(standing, names - {None}) if rows else [], last)


def _unread_by_thread(standing: Standing) -> Mapping[int, int]:
    """Of all threads: those that the member does not see are not asked for."""
    if standing.visit is None:
        return {}
    reading, begun_at = standing.reading, standing.visit.begun_at
    unread = unread_comments(reading=reading, membership=standing.membership, begun_at=begun_at)
    return unread.counts


def hints_of(standing: Standing, names: set[int]) -> list[Hint]:
    """Return how these threads stand, of those that this member sees."""
    member, reading = standing.membership, standing.reading
    visible = Thread.objects.visible_to(member).filter(reading=reading, pk__in=names)
    places = dict(visible.order_by("pk").values_list("pk", "passage__block_key"))
    said = (
        Comment.objects.visible_to(member)
        .heard_by(member)
        .filter(thread__in=list(places), state=CommentState.PUBLISHED)
    )
    seqs = (
        said.order_by().values("thread").annotate(last=Max("seq")).values_list("thread", F("last"))
    )
    found, new = dict(seqs), _unread_by_thread(standing)
    return [
        Hint(pk, found[pk], block or "", new.get(pk, 0))
        for pk, block in places.items()
        if pk in found
    ]
