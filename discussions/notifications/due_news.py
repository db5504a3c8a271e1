"""What is due, as news: a reading that has opened, one that is due soon, and the end of late work.

Told to those of whom it asks something, and only until they have done it. Like all news it is
worked out when it is asked for, from the dates as they hold for one member by then.
"""

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from django.db.models import (
    DateTimeField,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from config.template_tags import deadline
from database.prepared import Parameter, PreparedQuery
from discussions.notifications.items import (
    DUE_DATES,
    LAST_DATES,
    OPENINGS,
    NewsItem,
    NewsKey,
)
from discussions.notifications.thread_news import NewsReader
from documents.visible import isolated
from readings.models import Extension, Reading, Requirement, TaskKind, Visit
from readings.page import AskedReading, Ledger, task_name
from seminars.any_member import KINDS_KEPT, AnyMember
from seminars.models import Membership
from seminars.permissions import COUNTED_ROLES

AHEAD = timedelta(days=2)  # so long before a date it is told
_NOW = Parameter("now", DateTimeField())


@dataclass(frozen=True, slots=True)
class _DatedReading:
    """A reading with dates, in reach of `reader`; `start` is since when it is.

    Its row tells besides when more time was taken back from this member last (`taken_back_at`).
    """

    reading: Any
    reader: NewsReader
    start: datetime

    def item(
        self, source: int, at: datetime, said: SafeString, note: str, *, is_new: bool
    ) -> NewsItem:
        return NewsItem(
            key=NewsKey(at, source, self.reading.pk),
            icon="book-open" if source == OPENINGS else "clock",
            said=said,
            words="",
            reading=self.reading,
            member=self.reader.member,
            place="",
            url=self.reading.get_absolute_url(),
            act=_("Read"),
            is_new=is_new and at > self.reader.seen,
            thread=0,
            is_for_me=False,
            since=at,
            note=note,
        )

    @property
    def title(self) -> SafeString:
        return format_html("<b>{}</b>", isolated(self.reading.title))

    def moved_at(self, asked: AskedReading, date: datetime, *names: str) -> datetime | None:
        """Since when the member has this date, of these columns; None: from the first."""
        set_at = "due_set_at" if names == ("due_at",) else "end_set_at"
        since = [
            getattr(one, set_at) or one.given_at
            for one in asked.given
            if date in {getattr(one, name) for name in names}
        ]
        if date in {getattr(self.reading, name) for name in names}:
            since = [getattr(self.reading, set_at), self.reading.taken_back_at]
        return max((one for one in since if one is not None), default=None)

    def is_seen_since(self, at: datetime) -> bool:
        """Whether its page was sent to them after that."""
        shown = self.reading.shown_at
        return shown is not None and shown > at


# --- The rows ------------------------------------------------------------------------------------
def due_items(
    readers: Sequence[NewsReader],
    *,
    until: datetime,
    ahead: timedelta = AHEAD,
    even_if_visited: bool = False,
) -> list[NewsItem]:
    """Return what is due that was to be told by `until`, for these memberships of one person.

    Who has come to the reading since has seen it there, and it is not new to them, but for a mail
    that reminds of what they owe still (`even_if_visited`). Six queries, for who takes part.
    """
    counted = [one for one in readers if one.member.role in COUNTED_ROLES]
    dated = list(_dated_readings(counted))
    if not dated:
        return []
    now, ledger = timezone.now(), Ledger([one.member for one in counted])
    items: list[NewsItem] = []
    for one in dated:
        items += _opening(one)
        asked = ledger.of(one.reading.seminar_id, one.reading.pk, one.reading)
        if asked is not None and asked.is_owed:
            items += _dates_ahead(one, asked, now, ahead, even_if_visited=even_if_visited)
    return [item for item in items if item.at <= until]


def _opening(one: _DatedReading) -> Iterator[NewsItem]:
    if one.reading.opens_at is None or one.start < one.reader.member.joined_at:
        return
    said = format_html(_("{title} is open now"), title=one.title)
    is_new = one.reading.shown_at is None
    yield one.item(OPENINGS, one.start, said, "", is_new=is_new)


def _dates_ahead(
    one: _DatedReading,
    asked: AskedReading,
    now: datetime,
    ahead: timedelta,
    *,
    even_if_visited: bool,
) -> Iterator[NewsItem]:
    """Of what is owed still: when it is due, or else until when it counts."""
    due, last = asked.deadlines.due_at, asked.deadlines.counts_until
    start = max(one.start, one.reader.member.joined_at)
    note = _still_open(asked.open_at(now))
    if due is not None and now <= due:
        at, moved = max(due - ahead, start), one.moved_at(asked, due, "due_at")
        sentences = _("{title} is due {when}"), _("{title} is now due {when}")
        source, date = DUE_DATES, due
    elif last is not None:
        at = max(last - ahead, due or start, start)
        moved = one.moved_at(asked, last, "late_until", "closes_at")
        sentences = _("{title} closes {when}"), _("{title} now closes {when}")
        if due:
            sentences = (
                _("{title} counts as late until {when}"),
                _("{title} now counts as late until {when}"),
            )
        source, date = LAST_DATES, last
    else:
        return
    # Who was told of another date is told of this one, as soon as it holds.
    is_moved = moved is not None and moved > at
    at = max(at, moved or at)
    said = format_html(sentences[is_moved], title=one.title, when=deadline(date))
    is_new = even_if_visited or not one.is_seen_since(at)
    yield one.item(source, at, said, note, is_new=is_new)


def _still_open(requirements: Iterable[Requirement]) -> str:
    told = ", ".join(
        task_name(one.kind)
        if one.kind == TaskKind.READING
        else _("%(name)s (%(done)d of %(needed)d done)")
        % {"name": task_name(one.kind), "done": one.done, "needed": one.needed}
        for one in requirements
    )
    return _("Still open: %(tasks)s") % {"tasks": told}


# --- The readings --------------------------------------------------------------------------------
def _dated_readings(readers: Sequence[NewsReader]) -> Iterator[_DatedReading]:
    """Those with a date in the seminars of these readers. One query."""
    if not readers:
        return
    by_seminar = {one.member.seminar_id: one for one in readers}
    kinds, keys = AnyMember.kinds_of([one.member for one in readers])
    for reading in _dated_for(kinds).all(**keys):
        reader = by_seminar[reading.seminar_id]
        reading.seminar = reader.member.seminar
        start = max(reading.opens_at or reading.created_at, reading.created_at)
        yield _DatedReading(reading, reader, start)


@functools.lru_cache(maxsize=KINDS_KEPT)
def _dated_for(kinds: tuple[AnyMember, ...]) -> PreparedQuery[Reading]:
    """The query for members of these kinds; `shown_at` is when they were there last, if ever."""
    members = cast("tuple[Membership, ...]", kinds)
    has_date = Q(opens_at__isnull=False) | Q(due_at__isnull=False) | Q(closes_at__isnull=False)
    own = functools.reduce(Q.__or__, (Q(visits__membership=one.pk) for one in kinds))
    visible = Reading.objects.visible_to_any(members).filter(has_date)
    visited = visible.annotate(visit=FilteredRelation("visits", condition=own))
    taken = Extension.objects.exclude(taken_back_at=None).reaching(*kinds)
    latest = taken.filter(reading=OuterRef("pk")).order_by("-taken_back_at").values("taken_back_at")
    shown = visited.annotate(
        shown_at=F("visit__shown_at"), taken_back_at=Subquery(latest[:1])
    ).select_related("essay")
    return PreparedQuery(lambda: shown.order_by("pk"))


# --- For the bell --------------------------------------------------------------------------------
def new_openings(readers: Sequence[NewsReader]) -> "QuerySet[Reading]":
    """Readings that have opened since the news were put aside, where the member was not yet.

    `readers` stand for those of a kind who take part, as in the query below.
    """
    rules = Q()
    for one in readers:
        visits = Visit.objects.filter(reading=OuterRef("pk"), membership=one.member.pk)
        rules |= _within(one) & ~Q(Exists(visits))
    lately = Q()
    for one in readers:
        since = Q(opens_at__gt=one.seen) | Q(created_at__gt=one.seen)
        lately |= Q(seminar=one.member.seminar_id) & since
    return Reading.objects.filter(rules, lately, opens_at__isnull=False)


def readings_near_a_date(readers: Sequence[NewsReader]) -> "QuerySet[Reading]":
    """Readings with a date for the member from now to AHEAD: of these it is worked out what of
    them is news (`due_items`)."""
    rules = Q()
    for one in readers:
        given = Extension.objects.standing().filter(_near(), reading=OuterRef("pk"))
        rules |= _within(one) & (_near() | Q(Exists(given.reaching(one.member))))
    return Reading.objects.filter(rules)


def _within(reader: NewsReader) -> Q:
    visible = Reading.objects.visible_to(reader.member).order_by()
    return Q(seminar=reader.member.seminar_id, pk__in=visible.values("pk"))


def _near() -> Q:
    """Whether one of the dates lies between now and `soon`."""
    between = (_NOW, Parameter("soon", DateTimeField()))
    names = ("due_at", "late_until", "closes_at")
    return functools.reduce(Q.__or__, (Q(**{f"{name}__range": between}) for name in names))


def parameters(now: datetime) -> dict[str, datetime]:
    """The values of the parameters of both, beside those of their members (`now` is one)."""
    return {"soon": now + AHEAD}


def takes_part(reader: NewsReader) -> bool:
    """Whether it is one of whom readings ask something, or stands for such."""
    return not (reader.member.is_staff or reader.member.is_guest)


# --- For mails -----------------------------------------------------------------------------------
def seminars_with_dates(since: datetime, until: datetime) -> set[int]:
    """The seminars with something due that was to be told between these. Two queries.

    What staff change is an event of the seminar besides.
    """
    told = (since, until)
    soon = (since + AHEAD, until + AHEAD)
    names = ("due_at", "late_until", "closes_at")
    moved = functools.reduce(
        Q.__or__, (Q(**{f"{name}__range": between}) for name in names for between in (told, soon))
    )
    opened = Reading.objects.filter(moved | Q(opens_at__range=told), removed_at=None).order_by()
    given = Extension.objects.standing().filter(moved).order_by()
    return {*opened.values_list("seminar", flat=True), *given.values_list("seminar", flat=True)}
