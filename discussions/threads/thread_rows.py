"""What a reading's threads and comments are asked for: one query for a kind of viewer, made once.

A page after a post asks all of this for one block, and to work the SQL out would take ten times
as long as to answer it. The rule of who sees a thread is that of `Thread.objects.visible_to`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, cast

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from database.prepared import (
    SIZES_KEPT,
    Parameter,
    PreparedQuery,
    PreparedRows,
    filled,
    listed,
    size_for,
)
from discussions.models import (
    LEAVES_NOTHING,
    TOLD_TO_AUTHOR,
    Comment,
    CommentState,
    Pin,
    QuestionState,
    Thread,
    ThreadQuerySet,
)
from readings.models import Passage, Reading
from readings.page import class_member
from seminars.any_member import KINDS_KEPT, AnyMember
from seminars.models import Membership, PersonalMute

_KEY = models.BigIntegerField()
_READING = Parameter("reading", _KEY)


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """What a card needs of a thread; a model's instance takes five times as long to make."""

    pk: int
    kind: str
    audience: str
    group_id: int | None
    group_name: str | None
    addressee_id: int | None
    author_id: int
    author_role: str
    author_group_id: int | None
    author_group_name: str | None
    alias: str
    state: str
    question_state: str
    last_seq: int
    comment_count: int
    active_at: datetime
    passage_id: int | None
    opening_pk: int | None  # its first comment that is not withdrawn
    has_own_held: bool
    is_pinned: bool
    reading_id: int
    # Of a link: its other end, and how the first one stands to it.
    far_reading_id: int | None
    far_passage_id: int | None
    link_kind_id: int | None


_THREAD_COLUMNS = (
    *("pk", "kind", "audience", "group_id", "group__name", "addressee_id", "author_id"),
    *("author_role", "author_group_id", "author_group__name", "alias", "state"),
    *("question_state", "last_seq"),
)
_SHOWN_COLUMNS = (
    *("passage_id", "opening_pk", "own_held", "is_pinned"),
    *("reading_id", "far_reading_id", "far_passage_id", "link_kind_id"),
)


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """What a card needs of the comment that a thread begins with."""

    pk: int
    author_id: int
    author_role: str
    author_group_id: int | None
    author_group_name: str | None
    alias: str
    html: str
    state: str
    staff_reason: str


def thread_rows(
    reading: Reading, viewer: Membership, keys: Collection[str] | None
) -> list[ThreadRow]:
    """Return the threads that `viewer` may see, oldest first; with `keys`, of these blocks alone.

    "" among the keys is the whole reading.
    """
    if keys is not None and not keys:
        return []
    size = None if keys is None else size_for(keys)
    found = _summaries(AnyMember.like(viewer), size, whole=keys is not None and "" in keys)
    values = {} if keys is None else filled("key", keys)
    return [ThreadRow(*row) for row in _ask(found, reading, viewer, **values)]


def thread_row(thread: Thread, viewer: Membership) -> ThreadRow | None:
    """Return one thread as it is now, if `viewer` may see it."""
    one = _one_summary(AnyMember.like(viewer))
    rows = _ask(one, thread.reading, viewer, thread=thread.pk)
    return ThreadRow(*rows[0]) if rows else None


def link_rows(
    viewer: Membership, *, reading: Reading | None = None, keys: Collection[str] | None = None
) -> list[ThreadRow]:
    """Return the links that `viewer` may see in their seminar, oldest first; or those that have
    an end in `reading`, with `keys` in these blocks of it. None, in no query, where nobody has
    ever made one."""
    if viewer.removed_at is not None or not viewer.has_links or (keys is not None and not keys):
        return []
    kind = AnyMember.like(viewer)
    size = None if keys is None else size_for(keys)
    query = _links(kind, size, of_one=reading is not None)
    values: dict[str, Any] = kind.keys_of(viewer)
    values |= {"reading": reading.pk} if reading is not None else {}
    values |= filled("key", keys) if keys is not None else {}
    return [ThreadRow(*row) for row in query.all(**values)]


def opening_rows(pks: Sequence[int | None]) -> list[OpeningRow]:
    """Return the comments of these keys; None is that of no comment."""
    asked = [pk for pk in pks if pk]
    if not asked:
        return []
    return [OpeningRow(*row) for row in _openings(size_for(asked)).all(**filled("pk", asked))]


def authors_of(pks: Collection[int]) -> list[Membership]:
    """Return the members of these keys, with their users."""
    return _authors(size_for(pks)).all(**filled("pk", pks)) if pks else []


def own_blocks(*, reading: Reading, membership: Membership) -> set[str]:
    """Return the keys of the blocks where this member sees what their class does not.

    Those are where they have threads that their class does not see, or words that staff has
    hidden, and where those speak whom they have muted for themselves; "" is the whole reading.
    """
    firsts = [
        pk or 0 for (pk,) in _ask(_own_threads(AnyMember.like(membership)), reading, membership)
    ]
    rows = Passage.objects.filter(Q(pk__in=firsts) | Q(continues__in=firsts))
    keys = set(rows.order_by().values_list("block_key", flat=True)) if any(firsts) else set()
    return keys | {""} if 0 in firsts else keys


# --- The queries ---------------------------------------------------------------------------------
def _ask(
    query: PreparedRows, reading: Reading, viewer: Membership, **values: Any
) -> list[tuple[Any, ...]]:
    if viewer.removed_at is not None:
        return []
    kind = AnyMember.like(viewer)
    keys = kind.keys_of(viewer) | _nobody_like(kind).keys_of(class_member(viewer))
    return query.all(reading=reading.pk, **keys, **values)


def _nobody_like(kind: AnyMember) -> AnyMember:
    """What `class_member` is, beside a member of this kind in one query."""
    return replace(kind, number=kind.number + 1)


def _visible(kind: AnyMember) -> ThreadQuerySet:
    visible = Thread.objects.visible_to(cast("Membership", kind))
    return visible.filter(reading=cast("Reading", _READING))


@lru_cache(maxsize=KINDS_KEPT)
def _summaries(kind: AnyMember, size: int | None, *, whole: bool) -> PreparedRows:
    """The threads of a reading, or those on so many blocks, and on the whole of it."""
    threads = _visible(kind)
    if size is not None:
        here = listed("key", models.CharField(), size)
        on_blocks = Q(passage__in=Passage.objects.filter(reading=_READING).heads_in(here))
        threads = threads.filter(on_blocks | Q(passage=None) if whole else on_blocks)
    return PreparedRows(lambda: _summarised(threads, kind))


@lru_cache(maxsize=KINDS_KEPT)
def _links(kind: AnyMember, size: int | None, *, of_one: bool) -> PreparedRows:
    """The links of a seminar, or those with an end in a reading, or in so many blocks of it."""
    threads = Thread.objects.visible_to(cast("Membership", kind)).exclude(far_reading=None)
    if of_one:
        threads = threads.filter(Q(far_reading=_READING) | Q(reading=_READING))
    if size is not None:
        here = listed("key", models.CharField(), size)
        heads = Passage.objects.filter(reading=_READING).heads_in(here)
        threads = threads.filter(Q(far_passage__in=heads) | Q(passage__in=heads))
    return PreparedRows(lambda: _summarised(threads, kind))


@lru_cache(maxsize=KINDS_KEPT)
def _one_summary(kind: AnyMember) -> PreparedRows:
    threads = _visible(kind).filter(pk=Parameter("thread", _KEY))
    return PreparedRows(lambda: _summarised(threads, kind))


def _summarised(threads: ThreadQuerySet, kind: AnyMember) -> "QuerySet[Thread, Any]":
    """The columns of a ThreadRow."""
    spoken = Comment.objects.filter(thread=OuterRef("pk")).spoken_to(cast("Membership", kind))
    left = spoken.exclude(state__in=LEAVES_NOTHING)
    if not kind.is_staff:
        others_wait = Q(state__in=[CommentState.PENDING, CommentState.RETURNED])
        left = left.exclude(others_wait & ~Q(author=kind.pk))
    first = Subquery(left.in_order().values("pk")[:1])
    held = Comment.objects.filter(thread=OuterRef("pk"), author=kind.pk, state__in=TOLD_TO_AUTHOR)
    pinned = Exists(Pin.objects.standing().filter(thread=OuterRef("pk")))
    annotated = threads.annotate(
        opening_pk=first, own_held=Exists(held), is_pinned=pinned
    ).order_by("pk")
    if not (kind.withheld or kind.gates):
        numbers = ("comment_count", "active_at")
        return annotated.values_list(*_THREAD_COLUMNS, *numbers, *_SHOWN_COLUMNS)
    # The numbers on the thread's row count what is withheld, too.
    standing = spoken.filter(state=CommentState.PUBLISHED).order_by()
    count = standing.values("thread").annotate(count=Count("pk")).values("count")
    newest = standing.order_by("-created_at").values("created_at")[:1]
    numbers = ("shown_count", "shown_active_at")
    # And nobody is told of answers that they may not read yet.
    answers = standing.exclude(author=OuterRef("author"))
    hushed = Q(question_state=QuestionState.ANSWERED) & ~Exists(answers)
    columns = ["shown_state" if one == "question_state" else one for one in _THREAD_COLUMNS]
    return annotated.annotate(
        shown_state=Case(When(hushed, then=Value(QuestionState.OPEN)), default=F("question_state")),
        shown_count=Coalesce(Subquery(count), 0),
        shown_active_at=Coalesce(Subquery(newest), F("created_at")),
    ).values_list(*columns, *numbers, *_SHOWN_COLUMNS)


@lru_cache(maxsize=KINDS_KEPT)
def _own_threads(kind: AnyMember) -> PreparedRows:
    """The passages of the threads that a member sees and their class does not, or not the same."""
    shared = Thread.objects.visible_to(cast("Membership", _nobody_like(kind)))
    held = Comment.objects.filter(
        thread__reading=_READING, author=kind.pk, state__in=TOLD_TO_AUTHOR
    )
    own = (Q(author=kind.pk) | Q(addressee=kind.pk)) & ~Q(pk__in=shared.values("pk"))
    more = Q(pk__in=held.order_by().values("thread"))
    if kind.withheld or kind.gates:
        said = Comment.objects.filter(thread__reading=_READING, author=kind.pk)
        more |= Q(pk__in=said.order_by().values("thread"))
    if kind.personal_mutes:
        muted = PersonalMute.objects.filter(membership=kind.pk).values("muted")
        said = Comment.objects.filter(thread__reading=_READING, author__in=muted)
        more |= Q(author__in=muted) | Q(pk__in=said.order_by().values("thread"))
    if not kind.has_links:
        theirs = _visible(kind).filter(own | more)
        return PreparedRows(lambda: theirs.order_by().values_list("passage"))
    # Of a link that begins in another reading, it is where it leads.
    here = Case(When(reading=_READING, then=F("passage")), default=F("far_passage"))
    visible = Thread.objects.visible_to(cast("Membership", kind))
    linked = visible.filter(Q(reading=_READING) | Q(far_reading=_READING), own | more)
    return PreparedRows(lambda: linked.order_by().values_list(here))


@lru_cache(maxsize=SIZES_KEPT)
def _openings(size: int) -> PreparedRows:
    comments = Comment.objects.filter(pk__in=listed("pk", _KEY, size)).order_by()
    wrote = ("author_id", "author_role", "author_group_id", "author_group__name", "alias")
    columns = ("pk", *wrote, "html", "state", "staff_reason")
    return PreparedRows(lambda: comments.values_list(*columns))


@lru_cache(maxsize=SIZES_KEPT)
def _authors(size: int) -> PreparedQuery[Membership]:
    members = Membership.objects.filter(pk__in=listed("pk", _KEY, size))
    return PreparedQuery(lambda: members.select_related("user").order_by())
