"""How many things are new to a person, kept in this process until something happens.

Every page shows the number, and working it out takes longer than most of a page. So a page asks
what it depends on: the last event of each of one's seminars, how far one has put one's news aside,
and the versions of one's visits, which change with what one has read and follows. A reading's
page asks for that with where its reader stands.
"""

# ruff: noqa: S608 - tables and columns of our own models, and nothing that anybody sent

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from database.prepared import prepared_cursor
from discussions.models import NewsRead, NewsReceipt
from discussions.notifications.feed import count_news
from readings.models import PeopleVersion, Visit
from rendering.store import BoundedStore
from seminars.models import AnnouncementReceipt, Event, Membership
from seminars.news_bell import NewsStamp

KEPT = 5_000  # people
# Dates come with time alone. And an event may get its number before one that is seen first.
KEPT_FOR = timedelta(seconds=30)
# Versions are any numbers of 64 bits; their sum is to be one, too.
_MODULUS = 2**31 - 1

_TABLES = {
    "members": Membership._meta.db_table,
    "events": Event._meta.db_table,
    "visits": Visit._meta.db_table,
    "people": PeopleVersion._meta.db_table,
    "receipts": AnnouncementReceipt._meta.db_table,
    "followed": NewsReceipt._meta.db_table,
    "reads": NewsRead._meta.db_table,
}
# Percent signs are doubled, as in all SQL with parameters.
# One sum over all memberships: each part but the versions only grows, and those jump anywhere.
_SUM = f"""(
    SELECT SUM(
        nm.id
        + COALESCE((SELECT MAX(ne.id) FROM {{events}} ne WHERE ne.seminar_id = nm.seminar_id), 0)
        + COALESCE((
            SELECT SUM(nv.own_version %% {_MODULUS}) FROM {{visits}} nv
            WHERE nv.membership_id = nm.id
        ), 0)
        + COALESCE((
            SELECT np.version %% {_MODULUS} FROM {{people}} np WHERE np.seminar_id = nm.seminar_id
        ), 0)
        + (SELECT COUNT(*) FROM {{receipts}} nr WHERE nr.membership_id = nm.id)
        + (SELECT COUNT(*) FROM {{followed}} nf WHERE nf.membership_id = nm.id)
    )
    FROM {{members}} nm WHERE nm.user_id = {{user}} AND nm.removed_at IS NULL
    )"""
# The news of all memberships are put aside at once.
_PUT_ASIDE = """(
    SELECT MAX(ns.seen_at) FROM {reads} ns JOIN {members} nn ON nn.id = ns.membership_id
    WHERE nn.user_id = {user} AND nn.removed_at IS NULL
    )"""
# For seminars.news_bell.
STAMP = tuple(one.format(**_TABLES, user="{user}") for one in (_SUM, _PUT_ASIDE))


@dataclass(frozen=True, slots=True)
class _Counted:
    stamp: NewsStamp
    at: datetime
    count: int


_counted: BoundedStore[int, _Counted] = BoundedStore(KEPT, lambda _: 1)


def forget_counts() -> None:
    """Keep none; for tests and the benchmark."""
    _counted.clear()


def kept_news_count(user_id: int, stamp: NewsStamp | None = None) -> int:
    """Return what `count_news` does, as it was at most KEPT_FOR ago.

    `stamp` has the values of STAMP; without it they are asked for, in one query.
    """
    now = timezone.now()
    stamp = stamp or _ask_stamp(user_id)
    if stamp[0] is None:
        return 0  # of no seminar
    counted = _counted.get(user_id)
    if counted is None or counted.stamp != stamp or abs(now - counted.at) > KEPT_FOR:
        counted = _Counted(stamp, now, count_news(user_id))
        _counted.put(user_id, counted)
    return counted.count


def _ask_stamp(user_id: int) -> NewsStamp:
    with prepared_cursor(connection) as cursor:
        cursor.execute(_QUERY, [user_id] * len(STAMP))
        stamp: NewsStamp = cursor.fetchone()
    return stamp


_QUERY = f"SELECT {', '.join(STAMP)}".format(user="%s")
