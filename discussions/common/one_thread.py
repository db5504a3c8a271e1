"""One thread that a member may see: asked for with every page and post of a thread.

The rule is that of `Thread.objects.visible_to`; its SQL is made once for each kind of viewer,
with a parameter where a viewer's own keys stand.
"""

import functools
from typing import Any, cast

from django.db import models

from database.prepared import Parameter, PreparedQuery
from discussions.models import Thread
from seminars.any_member import AnyMember
from seminars.models import Membership

_KEY = models.BigIntegerField()


def visible_thread(viewer: Membership, *, reading_id: int, pk: int) -> Thread | None:
    """Return the thread of this reading, with its author, group and passage; or None."""
    return _ask(_for_page, viewer, reading=reading_id, thread=pk)


def locked_thread(viewer: Membership, *, pk: int) -> Thread | None:
    """Return the thread if `viewer` may see it, held still until the transaction ends."""
    return _ask(_for_write, viewer, thread=pk)


def _ask(prepare: Any, viewer: Membership, **keys: int) -> Thread | None:
    if viewer.removed_at is not None:
        return None
    kind = AnyMember.like(viewer)
    query: PreparedQuery[Thread] = prepare(kind)
    return query.first(**kind.keys_of(viewer), **keys)


def _visible(viewer: AnyMember) -> Any:
    threads = Thread.objects.visible_to(cast("Membership", viewer))
    return threads.filter(pk=Parameter("thread", _KEY))


@functools.cache
def _for_page(viewer: AnyMember) -> PreparedQuery[Thread]:
    reading = Parameter("reading", _KEY)
    return PreparedQuery(lambda: _visible(viewer).filter(reading_id=reading).for_page())


@functools.cache
def _for_write(viewer: AnyMember) -> PreparedQuery[Thread]:
    return PreparedQuery(lambda: _visible(viewer).select_for_update(of=("self",)))
