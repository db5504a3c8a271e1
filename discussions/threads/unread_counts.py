"""What is new to a member: by thread of one reading, and by reading for the pages above them.

A comment is unread to a member if it is published, somebody else's, and numbered above their
watermark in its thread (`ThreadRead`). Where they have none, all is that was published since
their first visit to the reading; who was never there has nothing new. Nor has anybody in a
thread that they have muted, or that staff have put away; nor by what a member says whom they
have muted for themselves.
"""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    DateTimeField,
    Exists,
    F,
    FilteredRelation,
    Max,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from database.prepared import Parameter, PreparedRows
from discussions.models import (
    Comment,
    CommentQuerySet,
    CommentState,
    Mention,
    SubscriptionLevel,
    Thread,
    ThreadRead,
    ThreadState,
    ThreadSubscription,
    far_words_open,
)
from readings.models import Reading, Visit, in_front
from readings.page import Unread
from seminars.any_member import KINDS_KEPT, AnyMember
from seminars.audience import spoken_before
from seminars.models import Membership
from seminars.personal_mutes import heard_by

_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)  # before anything was published
_KEY = BigIntegerField()


def unread_comments(*, reading: Reading, membership: Membership, begun_at: datetime) -> Unread:
    """Return what is new by thread, to a member whose first visit began then. One query.

    Of all threads of the reading: who asks shows those alone that the member may see.
    """
    kind = AnyMember.like(membership)
    rows = _unread_by_thread(kind).all(
        reading=reading.pk, begun_at=begun_at, **kind.keys_of(membership)
    )
    return Unread(
        counts={thread: count for thread, count, _ in rows},
        latest={thread: latest for thread, _, latest in rows},
    )


def new_threads(members: Sequence[Membership]) -> Mapping[tuple[int, int], int]:
    """Count, per (membership, reading) pks, the visible threads with something new. One query.

    The memberships are one person's.
    """
    if not members:
        return {}
    kinds, keys = AnyMember.kinds_of(members)
    rows = _new_to(kinds).all(**keys)
    return {(member, reading): count for member, reading, count in rows}


def unread_threads(readings: "QuerySet[Reading]", *, to: Membership) -> "QuerySet[Any]":
    """Return the threads of these readings that have something new to a member and that they see,
    each with its watermark as `read_seq`, null where there is none."""
    visited, visible = Q(reading__visits__membership=to.pk), Thread.objects.visible_to(to)
    found = _unread_in(visible, visited=visited, read=Q(reads__membership=to.pk))
    if to.withheld_ids or to.personal_mutes or to.gate_places:
        told = _new_words().spoken_to(to).heard_by(to)
        found = found.filter(Exists(told.exclude(author=to)))
    marked = found.filter(reading__in=readings).annotate(read_seq=F("read__seq"))
    return cast("QuerySet[Any]", marked)


@dataclass(frozen=True, slots=True)
class ReadState:
    """How far one member has read in one thread; numbers are those of comments.

    New is what is numbered above `seq` and was published after `since`, which is None for who
    was never in the reading.
    """

    seq: int = 0
    since: datetime | None = None
    first_new: int | None = None
    last_of_others: int | None = None
    is_told: bool | None = None  # they watch the thread, or are mentioned in it

    @property
    def has_unopened(self) -> bool:
        """Whether opening the thread is to be kept: something in it is new, or may be news.

        News is also what was said before somebody's first visit to the reading.
        """
        if self.first_new:
            return True
        return bool(self.is_told) and (self.last_of_others or 0) > self.seq

    @property
    def new_after(self) -> int | None:
        """The number after which all is new that others have published; None where nothing is.

        Numbers are given as comments are published: what comes after a new one is new.
        """
        return self.first_new - 1 if self.first_new else None

    @property
    def keeps_new(self) -> int | None:
        """The watermark under which what is new stays so, or else the last that others said."""
        first = self.first_new or self.last_of_others
        return first - 1 if first else None


ALL_READ = ReadState()  # for a piece of a thread that is open already


def unread_counts(
    reading: Reading, membership: Membership, *, thread: int | None = None
) -> dict[int, int]:
    """Return how many comments are new by thread, or of this thread; of visible ones alone."""
    visit = Visit.objects.filter(reading=reading, membership=membership).first()
    begun_at = visit.begun_at if visit else timezone.now()
    return visible_unread_counts(reading, membership, begun_at, thread=thread)


def visible_unread_counts(
    reading: Reading, membership: Membership, begun_at: datetime, *, thread: int | None = None
) -> dict[int, int]:
    """Return the same to a member whose first visit began then. Two queries."""
    visible = unread_threads(Reading.including_general.filter(pk=reading.pk), to=membership)
    pks = visible.filter(pk=thread) if thread else visible
    counts = unread_comments(reading=reading, membership=membership, begun_at=begun_at).counts
    return {
        pk: counts[pk] for pk in pks.order_by("pk").values_list("pk", flat=True) if pk in counts
    }


def read_state(*, thread: Thread, membership: Membership) -> ReadState:
    """Return how far a member has read in a thread; in one query, however long it is."""
    kind = AnyMember.like(membership)
    rows = _read_state(kind).all(thread=thread.pk, **kind.keys_of(membership))
    return ReadState(*rows[0]) if rows else ReadState()


def _one(model: type[Model], column: str, **where: Any) -> Subquery:
    """A column of a member's own row, which is one at most."""
    own = model._default_manager.filter(**where)
    return Subquery(own.values(column)[:1])


# --- The rule, in SQL ----------------------------------------------------------------------------
def _since(begun_at: Any) -> Case:
    """The time after which comments are new: any, where `read` is a watermark."""
    read = When(read__isnull=False, then=Value(_ALWAYS))
    return Case(read, default=begun_at, output_field=DateTimeField())


@functools.lru_cache(maxsize=KINDS_KEPT)
def _unread_by_thread(kind: AnyMember) -> PreparedRows:
    """By thread of a reading: how many comments are new, and when the last was published."""
    return PreparedRows(lambda: _unread_rows(kind))


def _unread_rows(kind: AnyMember) -> "QuerySet[Thread, tuple[int, int, datetime]]":
    viewer = cast("Membership", kind)
    others = Q(comments__state=CommentState.PUBLISHED) & ~Q(comments__author=kind.pk)
    threads = Thread.objects.alias(
        read=FilteredRelation("reads", condition=Q(reads__membership=kind.pk)),
        read_to=Coalesce("read__seq", 0),
        since=_since(Parameter("begun_at", DateTimeField())),
        said=FilteredRelation("comments", condition=others),
    )
    return (
        threads.filter(
            ~_muted_by(kind.pk),
            *_told_to(viewer, author="said__author"),
            ~Q(state=ThreadState.ARCHIVED),
            # Few threads have anything new: the comments of those alone are looked at.
            reading=Parameter("reading", _KEY),
            last_seq__gt=F("read_to"),
            active_at__gt=F("since"),
            said__seq__gt=F("read_to"),
            said__published_at__gt=F("since"),
        )
        .values_list("pk")
        .annotate(Count("said"), Max("said__published_at"))
        .order_by()
    )


def _told_to(viewer: Membership, *, author: str, thread: str = "") -> tuple[Q, ...]:
    """Of threads that `viewer` sees and others' words in them: what counts as said to them, not
    withheld, not behind a gate, and not by whom they have muted.

    `author` leads to whoever wrote, `thread` to the thread, from the rows that are asked for.
    """
    path = f"{thread}__" if thread else ""
    return (
        spoken_before(viewer, reading=f"{path}reading", author=author),
        in_front(viewer, reading=f"{path}reading", passage=f"{path}passage"),
        far_words_open(viewer, thread=thread, author=author, own=""),
        heard_by(viewer, author=author),
    )


def _unread_in(threads: "QuerySet[Thread]", *, visited: Q, read: Q) -> "QuerySet[Any]":
    """Threads with something new to one person; `visited` and `read` find their own rows."""
    candidates: QuerySet[Any] = threads.alias(
        visit=FilteredRelation("reading__visits", condition=visited),
        read=FilteredRelation("reads", condition=read),
        read_to=Coalesce("read__seq", 0),
        since=_since(F("visit__begun_at")),
    ).filter(visit__isnull=False, last_seq__gt=F("read_to"), active_at__gt=F("since"))
    member = OuterRef("visit__membership")
    return candidates.filter(
        Exists(_new_words().exclude(author=member)),
        ~_muted_by(member),
        ~Q(state=ThreadState.ARCHIVED),
    )


def _new_words() -> CommentQuerySet:
    """Of a thread in `_unread_in`: the comments above the watermark."""
    return Comment.objects.filter(
        thread=OuterRef("pk"),
        seq__gt=OuterRef("read_to"),
        published_at__gt=OuterRef("since"),
        state=CommentState.PUBLISHED,
    )


def _muted_by(member: Any) -> Exists:
    """Of threads: whether the member wants to hear no more of it."""
    muted = ThreadSubscription.objects.filter(level=SubscriptionLevel.MUTE)
    return Exists(muted.filter(thread=OuterRef("pk"), membership=member))


@functools.lru_cache(maxsize=KINDS_KEPT)
def _new_to(kinds: tuple[AnyMember, ...]) -> PreparedRows:
    """The query for memberships of these kinds: (membership, reading, threads)."""

    def make() -> "QuerySet[Thread, tuple[int, int, int]]":
        theirs, visited, read = Q(), Q(), Q()
        for kind in kinds:
            seen = Thread.objects.visible_to(cast("Membership", kind))
            own = Q(pk__in=seen.values("pk"), visit__membership=kind.pk)
            if kind.withheld or kind.personal_mutes or kind.gates:
                told = _new_words().spoken_to(cast("Membership", kind))
                told = told.heard_by(cast("Membership", kind))
                own &= Q(Exists(told.exclude(author=kind.pk)))
            theirs |= own
            visited |= Q(reading__visits__membership=kind.pk)
            read |= Q(reads__membership=kind.pk)
        new: QuerySet[Any] = _unread_in(Thread.objects.all(), visited=visited, read=read)
        by_reading = new.filter(theirs).values_list("visit__membership", "reading")
        counted: QuerySet[Thread, tuple[int, int, int]] = by_reading.annotate(Count("pk"))
        return counted.order_by()

    return PreparedRows(make)


@functools.lru_cache(maxsize=KINDS_KEPT)
def _read_state(kind: AnyMember) -> PreparedRows:
    return PreparedRows(lambda: _read_rows(kind))


def _read_rows(kind: AnyMember) -> "QuerySet[Thread, tuple[Any, ...]]":
    member = kind.pk
    others = Comment.objects.filter(thread=OuterRef("pk"), state=CommentState.PUBLISHED)
    others = others.exclude(author=member).filter(
        *_told_to(cast("Membership", kind), author="author", thread="thread")
    )
    new = others.filter(seq__gt=OuterRef("read_to"), published_at__gt=OuterRef("since"))
    watched = ThreadSubscription.objects.filter(
        thread=OuterRef("pk"),
        membership=member,
        level=SubscriptionLevel.WATCH,
        created_at__lt=OuterRef("active_at"),
    )
    mentioned = Mention.objects.filter(comment__thread=OuterRef("pk"), member=member)
    threads = Thread.objects.filter(pk=Parameter("thread", _KEY)).annotate(
        watermark=_one(ThreadRead, "seq", thread=OuterRef("pk"), membership=member),
        read_to=Coalesce("watermark", 0),
        since=Case(
            When(watermark__isnull=False, then=Value(_ALWAYS)),
            default=_one(Visit, "begun_at", reading=OuterRef("reading"), membership=member),
            output_field=DateTimeField(),
        ),
        first_new=Subquery(new.order_by("seq").values("seq")[:1]),
        last_of_others=Subquery(others.order_by("-seq").values("seq")[:1]),
        is_told=Exists(watched) | Exists(mentioned) | Q(addressee=member),
    )
    columns = ("read_to", "since", "first_new", "last_of_others", "is_told")
    return threads.order_by().values_list(*columns)
