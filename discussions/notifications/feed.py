"""The news of a person, from all its sources, the newest first; and how many of them are new."""

import functools
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import BigIntegerField, F, IntegerField, QuerySet, Value
from django.utils import timezone
from django.utils.timezone import localtime

from database.prepared import Parameter, PreparedQuery, PreparedRows
from discussions.common.withholding import load_withheld
from discussions.notifications.announcement_news import (
    ANNOUNCEMENTS,
    announcement_items,
    new_announcements,
    news_announcements,
)
from discussions.notifications.decision_news import (
    DECISIONS,
    ENDORSEMENTS,
    decision_items,
    endorsement_items,
    news_decisions,
    news_endorsements,
)
from discussions.notifications.due_news import (
    due_items,
    new_openings,
    parameters,
    readings_near_a_date,
    takes_part,
)
from discussions.notifications.further_sources import further_sources
from discussions.notifications.gathered_comments import Told, thread_items
from discussions.notifications.items import OPENINGS, THREADS, NewsItem, NewsKey, NewsRow
from discussions.notifications.receipts import later_than_seen, with_receipts
from discussions.notifications.thread_news import (
    NewsPart,
    NewsReader,
    new_threads,
    news_threads,
    seen_name,
)
from seminars.any_member import KINDS_KEPT, AnyMember
from seminars.models import Membership

PAGE = 20  # rows
MOST_COUNTED = 100  # at the bell: beyond, “99+” says as much

_MEMBERSHIPS = PreparedQuery(
    lambda: (
        Membership.objects.current()
        .filter(user=Parameter("user", BigIntegerField()), user__is_active=True)
        .select_related("seminar", "user", "group")
        .annotate(seen=F("news_read__seen_at"))
        .order_by("seminar__name", "pk")
    )
)


def news_readers(user_id: int, *, archived_too: bool = False) -> list[NewsReader]:
    """The current memberships of a person, each with how far they have put their news aside: of
    seminars that are archived, or to be deleted, nobody is told anything unless they ask there."""
    everywhere: list[Any] = list(_MEMBERSHIPS.all(user=user_id))
    members = [one for one in everywhere if archived_too or not one.seminar.is_read_only]
    load_withheld(members)
    return [NewsReader(one, one.seen or one.joined_at) for one in members]


# --- The bell ------------------------------------------------------------------------------------
def count_news(user_id: int) -> int:
    """Return how many things are new to a person, up to MOST_COUNTED.

    Two queries; six more while something has a date for them within two days.
    """
    readers = news_readers(user_id)
    return count_new(readers) if readers else 0


def count_new(readers: Sequence[NewsReader]) -> int:
    seen_by = {one.member.pk: one.seen for one in readers}
    kinds, keys = AnyMember.kinds_of([one.member for one in readers])
    now = keys["now"]
    seen = {seen_name(kind): seen_by[keys[kind.pk.name]] for kind in kinds}
    found = [what for what, _key in _new_to(kinds).all(**keys, **seen, **parameters(now))]
    count = found.count(_NEW)
    if len(found) > count:
        dates = due_items(readers, until=now)
        count += sum(one.is_new for one in dates if one.key.source != OPENINGS)
    return min(count, MOST_COUNTED)


_NEW, _PERHAPS = 0, 1  # what a row of the query below is


@functools.lru_cache(maxsize=KINDS_KEPT)
def _new_to(kinds: tuple[AnyMember, ...]) -> PreparedRows:
    """What is new to people of these kinds, of whatever source, and which readings have dates of
    which this is still to be worked out: (which of both, key)."""
    readers = [NewsReader.like(kind) for kind in kinds]
    taking_part = [one for one in readers if takes_part(one)]

    def make() -> Any:
        others = [
            rows.filter(later_than_seen(readers, source, "created_at"))
            for source, rows in (
                (DECISIONS, news_decisions(readers)),
                (ENDORSEMENTS, news_endorsements(readers)),
            )
        ]
        others += [
            one.rows(readers).filter(later_than_seen(readers, one.number, one.at))
            for one in further_sources()
        ]
        sources = [new_threads(readers), *others, new_announcements(readers)]
        sources += [new_openings(taking_part)] if taking_part else []
        first, *more = [_keys(one, _NEW) for one in sources]
        more += [_keys(readings_near_a_date(taking_part), _PERHAPS)] if taking_part else []
        return first.union(*more, all=True)[: MOST_COUNTED * 2]

    return PreparedRows(make)


def _keys(rows: "QuerySet[Any]", what: int) -> "QuerySet[Any, Any]":
    named: QuerySet[Any] = rows.order_by().annotate(what=Value(what, IntegerField()))
    return named.values_list("what", "pk")


# --- For mails -----------------------------------------------------------------------------------
def all_new(
    readers: Sequence[NewsReader], told: Told, only: Collection[NewsRow] | None = None
) -> list[NewsItem]:
    """Return the newest of what is new, of its comments those for which `told` holds.

    As many rows of each source as stand on a few pages: a mail tells no more. With `only`,
    those rows of it; of a source that has none among them nothing is asked.
    """
    if not readers:
        return []
    items: list[NewsItem] = []
    threads = _among(new_threads(readers), THREADS, only)
    if threads is not None:
        found = threads.annotate(newest=F("active_at")).select_related("reading__essay", "passage")
        newest = found.order_by("-active_at", "-pk")[:MOST_COUNTED]
        items += thread_items(list(newest), readers, told=told)
    for rows, source, shown in (
        (news_decisions(readers), DECISIONS, decision_items),
        (news_endorsements(readers), ENDORSEMENTS, endorsement_items),
    ):
        new = _among(rows.filter(later_than_seen(readers, source, "created_at")), source, only)
        if new is not None:
            items += shown(list(new.order_by("-created_at", "-pk")[:MOST_COUNTED]), readers)
    announced = _among(new_announcements(readers), ANNOUNCEMENTS, only)
    if announced is not None:
        rows = announced.select_related("created_by__user").order_by("-published_at")
        items += announcement_items(list(rows[:MOST_COUNTED]), readers)
    for one in further_sources():
        rows = one.rows(readers).filter(later_than_seen(readers, one.number, one.at))
        new = _among(rows, one.number, only)
        if new is not None:
            items += one.items(list(new.order_by(f"-{one.at}", "-pk")[:MOST_COUNTED]), readers)
    return [item for item in items if item.is_new]


def _among(
    rows: "QuerySet[Any]", source: int, only: Collection[NewsRow] | None
) -> "QuerySet[Any] | None":
    """Those of a source's rows that are named; None where none of them is."""
    if only is None:
        return rows
    keys = [pk for of, pk in only if of == source]
    return rows.filter(pk__in=keys) if keys else None


# --- The page ------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class NewsPage:
    """One page of the news; `older` is the key of the next, empty on the last."""

    items: Sequence[NewsItem]
    part: NewsPart
    older: str
    is_first: bool

    @property
    def days(self) -> list[tuple[date, list[NewsItem]]]:
        """The rows by day, of the zone of who asks."""
        by_day = groupby(self.items, key=lambda one: localtime(one.at).date())
        return [(day, list(items)) for day, items in by_day]


def build_news(
    readers: Sequence[NewsReader], *, part: NewsPart = NewsPart.ALL, before: NewsKey | None = None
) -> NewsPage:
    """Put a page together, in a fixed number of queries, however long it is."""
    items: list[NewsItem] = []
    if readers and part in {NewsPart.ALL, NewsPart.TO_ME, NewsPart.WATCHED}:
        threads = news_threads(readers, part)
        threads = threads.select_related("reading__essay", "passage")
        found = _page(threads, THREADS, "newest", before)
        items += thread_items(found, readers, part)
    if readers and part in {NewsPart.ALL, NewsPart.DECISIONS}:
        decisions = _page(news_decisions(readers), DECISIONS, "created_at", before)
        items += decision_items(decisions, readers)
        endorsements = _page(news_endorsements(readers), ENDORSEMENTS, "created_at", before)
        items += endorsement_items(endorsements, readers)
    if readers and part in {NewsPart.ALL, NewsPart.ANNOUNCEMENTS}:
        announced = news_announcements(readers).select_related("created_by__user")
        found = _page(announced, ANNOUNCEMENTS, "published_at", before)
        items += announcement_items(found, readers)
    for one in further_sources():
        if readers and part in {NewsPart.ALL, one.part}:
            items += one.items(_page(one.rows(readers), one.number, one.at, before), readers)
    if readers and part in {NewsPart.ALL, NewsPart.DUE}:
        dates = due_items(readers, until=timezone.now())
        items += [item for item in dates if before is None or item.key < before]
    items.sort(key=lambda one: one.key, reverse=True)
    older = str(items[PAGE - 1].key) if len(items) > PAGE else ""
    return NewsPage(with_receipts(items[:PAGE]), part, older, before is None)


def _page(rows: Any, source: int, at: str, before: NewsKey | None) -> list[Any]:
    if before is not None:
        rows = rows.filter(before.older(source, at))
    return list(rows.order_by(f"-{at}", "-pk")[: PAGE + 1])


def find_item(readers: Sequence[NewsReader], key: NewsKey) -> NewsItem | None:
    """The row of this source and key as it is now, if it is among these memberships' news and seen
    by following it."""
    if not readers:
        return None
    announced = news_announcements(readers).select_related("created_by__user")
    sources: dict[int, tuple[Any, Any]] = {
        ANNOUNCEMENTS: (announced, announcement_items),
        DECISIONS: (news_decisions(readers), decision_items),
        ENDORSEMENTS: (news_endorsements(readers), endorsement_items),
        **{one.number: (one.rows(readers), one.items) for one in further_sources()},
    }
    if key.source not in sources:
        return None
    rows, items = sources[key.source]
    found: list[NewsItem] = items(list(rows.filter(pk=key.pk)), readers)
    return found[0] if found else None
