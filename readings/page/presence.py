"""How many are in a reading now: a number, from whose page has asked for hints a moment ago.

The sign of them is `Visit.seen_at`, which all processes share. It is written so rarely that thirty
readers cost one short write a second, waits for no disk, and is left out where there is no room.
"""

import time
from datetime import timedelta

from django.db import DatabaseError
from django.db.models import BigIntegerField, DateTimeField
from django.utils import timezone

from database.asynchronous_commit import asynchronous_commit
from database.full import has_no_room, is_busy
from database.prepared import Parameter, PreparedRows
from readings.models import Visit
from readings.page.standing import Standing
from rendering.store import BoundedStore
from seminars.models import Role

SIGN_EVERY = timedelta(seconds=30)  # a page in sight asks at least as often
HERE_FOR = timedelta(seconds=90)  # after the last sign that was written
COUNTED_EVERY = 3.0  # seconds; in one process
KEPT_READINGS = 5_000

_HERE = PreparedRows(
    lambda: (
        Visit.objects.filter(
            reading=Parameter("reading", BigIntegerField()),
            seen_at__gt=Parameter("since", DateTimeField()),
            membership__removed_at=None,
            membership__user__shows_presence=True,
        )
        .exclude(membership__role=Role.GUEST)
        .order_by()
        .values_list("membership")
    )
)
_counted: BoundedStore[int, tuple[float, frozenset[int]]] = BoundedStore(KEPT_READINGS, lambda _: 1)


def forget_presence() -> None:
    """Count anew; for tests."""
    _counted.clear()


def note_presence(standing: Standing) -> None:
    """Keep a sign of this member, who has the page before them."""
    visit, now = standing.visit, timezone.now()
    if visit is None or visit.seen_at > now - SIGN_EVERY:
        return
    try:
        with asynchronous_commit():
            mine = Visit.objects.filter(pk=visit.pk, seen_at__lte=now - SIGN_EVERY)
            mine.update(seen_at=now)
    except DatabaseError as error:
        if not (has_no_room(error) or is_busy(error)):
            raise


def people_here(standing: Standing) -> int:
    """Return how many are in the reading, the asking member among them if they show it.

    0 where nobody else is; and to guests, who are not counted either: whom a seminar lets look in
    need not know when its members read.
    """
    member = standing.membership
    if member.role == Role.GUEST:
        return 0
    here = _present(standing.reading.pk)
    return len(here) if here - {member.pk} else 0


def _present(reading: int) -> frozenset[int]:
    now = time.monotonic()
    known = _counted.get(reading)
    if known is None or known[0] < now - COUNTED_EVERY:
        rows = _HERE.all(reading=reading, since=timezone.now() - HERE_FOR)
        known = now, frozenset(member for (member,) in rows)
        _counted.put(reading, known)
    return known[1]
