"""What belongs into a notebook, in the order of the texts, before any of it is loaded.

A page shows thirty entries, and its filters count all of them: so each is first a row of a few
numbers. One person's are some hundreds; they are put in order, filtered and counted here.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy

from discussions.common.markdown import plain_words
from discussions.models import CommentState, Decision, Endorsement, ThreadKind
from discussions.notebook.sources import NotebookSource, any_of
from documents.whole_number import whole_number
from readings.models import Block, Passage, Placement, Reading
from seminars.audience import Audience

# Behind all blocks: words that are gone from the text, and what is said of the whole of it.
GONE, WHOLE = 2_000_000_000, 2_000_000_001


class EntryKind(models.TextChoices):
    """What an entry of a notebook is."""

    HIGHLIGHT = "highlight", gettext_lazy("Highlight")
    NOTE = "note", gettext_lazy("Note to myself")
    COMMENT = "comment", gettext_lazy("Comment")
    QUESTION = "question", gettext_lazy("Question")
    LINK = "link", gettext_lazy("Link")
    REPLY = "reply", gettext_lazy("Reply")

    @classmethod
    def of(cls, *, seq: int, thread_kind: str, audience: str) -> "EntryKind":
        """Return what a comment is, by its number in its thread and what that thread is; of 0, the
        thread is all there is."""
        if seq <= 1 and thread_kind == ThreadKind.LINK:
            return cls.LINK
        if seq == 0:
            return cls.HIGHLIGHT
        if audience == Audience.ME:
            return cls.NOTE
        if seq > 1:
            return cls.REPLY
        return cls.QUESTION if thread_kind == ThreadKind.QUESTION else cls.COMMENT


class EntryStanding(models.TextChoices):
    """What staff have made of an entry; one may have been returned, and endorsed later."""

    HIDDEN = "hidden", gettext_lazy("Hidden or removed")
    RETURNED = "returned", gettext_lazy("Returned")
    ENDORSED = "endorsed", gettext_lazy("Endorsed")


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry: where it stands, and what the filters ask of it.

    `place` is that of its reading among the readings; `position` the number of its block in the
    text, or GONE, or WHOLE. `comment` is 0 of a highlight, and so is `seq`. `words` are what a
    search looks in, where there is one; `standings` what staff made of it, where staff look.
    """

    reading: int
    position: int
    start: int
    thread: int
    seq: int
    comment: int
    kind: EntryKind
    audience: str
    words: str = ""
    place: int = 0
    standings: frozenset[str] = frozenset()

    @property
    def order(self) -> tuple[int, ...]:
        return self.place, self.position, self.start, self.thread, self.seq

    @property
    def key(self) -> str:
        """Its place as an address names it: that holds, though the entry itself may go."""
        return f"{self.reading}.{self.position}.{self.start}.{self.thread}.{self.seq}"


@dataclass(frozen=True)
class EntryIndex:
    """The rows of all entries in the order of the texts, and their readings in that order."""

    rows: Sequence[EntryRow]
    readings: Sequence[Reading]

    @cached_property
    def places(self) -> Mapping[int, int]:
        """Where each reading stands, by its key."""
        return {reading.pk: place for place, reading in enumerate(self.readings)}

    def order_of(self, key: str) -> tuple[int, ...] | None:
        """Return the `order` that an entry's key names; None where it names no place here."""
        numbers = [number for part in key.split(".") if (number := whole_number(part)) is not None]
        if len(numbers) != len(key.split(".")) or not numbers or numbers[0] not in self.places:
            return None
        return self.places[numbers[0]], *numbers[1:]


def build_index(source: NotebookSource, *, with_words: bool = False) -> EntryIndex:
    """Put the index together in three queries; with the words to be searched, in four."""
    rows = [*_comment_rows(source, with_words=with_words), *_highlight_rows(source)]
    readings = Reading.including_general.filter(pk__in={row.reading for row in rows})
    readings = (
        readings.select_related("seminar", "essay")
        .prefetch_related("groups")
        .order_by(
            *("seminar__name", "seminar_id"),
            *(F("due_at").asc(nulls_last=True), "position", "pk"),
        )
    )
    index = EntryIndex(rows, list(readings))
    quotes = _quotes(source) if with_words else {}
    placed = [
        replace(
            row,
            place=index.places[row.reading],
            words=f"{quotes.get(row.thread, '')}\n{row.words}" if with_words else "",
        )
        for row in rows
    ]
    return EntryIndex(sorted(placed, key=lambda row: row.order), index.readings)


def _comment_rows(source: NotebookSource, *, with_words: bool) -> Iterator[EntryRow]:
    words = F("html") if with_words else Value("")
    found: QuerySet[Any, Any] = source.comments.order_by().annotate(
        words=words,
        place=_place_in_thread(),
        **_place_of("thread__"),
        **_standings(known=source.tells_standings),
    )
    columns = (
        "thread__reading_id",
        "block_position",
        "first_character",
        "thread_id",
        "place",
        "pk",
    )
    more = ("thread__kind", "thread__audience", "words")
    for row in found.values_list(*columns, *more, *EntryStanding.values):
        reading, position, start, thread, seq, pk, thread_kind, audience, html, *stands = row
        kind = EntryKind.of(seq=seq, thread_kind=thread_kind, audience=audience)
        said = plain_words(html) if html else ""
        standings = frozenset(
            one for one, holds in zip(EntryStanding.values, stands, strict=True) if holds
        )
        place = (reading, position, start, thread, seq, pk)
        yield EntryRow(*place, kind, audience, said, standings=standings)


def _standings(*, known: bool) -> dict[str, Any]:
    """Whether each holds of a comment; of none, where it is not for the viewer to know."""
    if not known:
        return dict.fromkeys(EntryStanding.values, Value(False))
    this = OuterRef("pk")
    gone = Q(state__in=[CommentState.HIDDEN, CommentState.REMOVED])
    return {
        EntryStanding.HIDDEN.value: ExpressionWrapper(gone, BooleanField()),
        EntryStanding.RETURNED.value: Exists(
            Decision.objects.standing_returns().filter(comment=this)
        ),
        EntryStanding.ENDORSED.value: Exists(Endorsement.objects.standing().filter(comment=this)),
    }


def _place_in_thread() -> Case:
    """The number of a comment; of one that waits, the first in its own thread or after all."""
    return Case(
        When(seq__isnull=False, then=F("seq")),
        When(thread__held_at=None, then=F("thread__last_seq") + 1),
        default=Value(1),
        output_field=IntegerField(),
    )


def _highlight_rows(source: NotebookSource) -> Iterator[EntryRow]:
    found: QuerySet[Any, Any] = source.highlights.order_by().annotate(**_place_of(""))
    columns = ("reading_id", "block_position", "first_character", "pk", "kind", "audience")
    for reading, position, start, thread, thread_kind, audience in found.values_list(*columns):
        kind = EntryKind.of(seq=0, thread_kind=thread_kind, audience=audience)
        yield EntryRow(reading, position, start, thread, 0, 0, kind, audience)


def _place_of(thread: str) -> dict[str, Any]:
    """Where the words of a thread stand in the text; `thread` is the path that leads to it."""
    block = Block.objects.filter(
        revision=OuterRef(f"{thread}reading__revision"),
        key=OuterRef(f"{thread}passage__block_key"),
    )
    position = Case(
        When(**{f"{thread}passage": None}, then=Value(WHOLE)),
        When(**{f"{thread}passage__placement": Placement.UNANCHORED}, then=Value(GONE)),
        default=Coalesce(Subquery(block.values("position")[:1]), Value(GONE)),
        output_field=IntegerField(),
    )
    return {
        "block_position": position,
        "first_character": Coalesce(F(f"{thread}passage__start"), Value(0)),
    }


def _quotes(source: NotebookSource) -> Mapping[int, str]:
    """Return, per thread, the words of the text that it is about, as far as they may be shown."""
    written = source.comments.order_by().values("thread")
    marked = source.highlights.order_by().values("pk")
    threads = source.threads_with_words.filter(Q(pk__in=written) | Q(pk__in=marked))
    on_passage: defaultdict[int, list[int]] = defaultdict(list)
    ends = (
        ["passage", "far_passage"] if any(one.has_links for one in source.viewers) else ["passage"]
    )
    for pk, *passages in threads.exclude(passage=None).values_list("pk", *ends):
        for passage in passages:
            on_passage[passage].append(pk)
    firsts = [
        Q(**{f"{column}__in": threads.order_by().values(end)})
        for end in ends
        for column in ("pk", "continues")
    ]
    found: defaultdict[int, str] = defaultdict(str)
    for pk, continues, quote, earlier in (
        Passage.objects.filter(any_of(firsts))
        .order_by("pk")
        .values_list("pk", "continues", "quote", "earlier_quote")
    ):
        for thread in on_passage[continues or pk]:
            found[thread] += f"{quote}\n{earlier}\n"
    return found
