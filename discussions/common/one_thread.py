"""One thread that a member may see: asked for with every page and post of a thread.

The rule is that of `Thread.objects.visible_to`; its SQL is made once for each kind of viewer,
with a parameter where a viewer's own keys stand.
"""

import functools
from dataclasses import dataclass
from typing import Any, cast

from django.db import models
from django.utils import timezone

from database.prepared import Parameter, PreparedQuery
from discussions.models import Thread
from seminars.models import Membership

_KEY = models.BigIntegerField()


@dataclass(frozen=True)
class _AnyViewer:
    """Whoever has this role and so many groups: what the rules ask of a membership."""

    is_instructor: bool
    is_assistant: bool
    is_guest: bool
    groups: int
    removed_at = None

    @classmethod
    def like(cls, member: Membership) -> "_AnyViewer":
        groups = len(member.group_ids)
        return cls(member.is_instructor, member.is_assistant, member.is_guest, groups)

    @property
    def is_staff(self) -> bool:
        return self.is_instructor or self.is_assistant

    @property
    def pk(self) -> Parameter:
        return Parameter("viewer", _KEY)

    @property
    def seminar_id(self) -> Parameter:
        return Parameter("seminar", _KEY)

    @property
    def group_ids(self) -> tuple[Parameter, ...]:
        return tuple(Parameter(f"group{number}", _KEY) for number in range(self.groups))


def visible_thread(viewer: Membership, *, reading_id: int, pk: int) -> Thread | None:
    """Return the thread of this reading, with its author, group and passage; or None."""
    return _ask(_for_page, viewer, reading=reading_id, thread=pk)


def locked_thread(viewer: Membership, *, pk: int) -> Thread | None:
    """Return the thread if `viewer` may see it, held still until the transaction ends."""
    return _ask(_for_write, viewer, thread=pk)


def _ask(prepare: Any, viewer: Membership, **keys: int) -> Thread | None:
    if viewer.removed_at is not None:
        return None
    query: PreparedQuery[Thread] = prepare(_AnyViewer.like(viewer))
    groups = {f"group{number}": one for number, one in enumerate(sorted(viewer.group_ids))}
    return query.first(
        viewer=viewer.pk, seminar=viewer.seminar_id, now=timezone.now(), **groups, **keys
    )


def _visible(viewer: _AnyViewer) -> Any:
    now = Parameter("now", models.DateTimeField())
    threads = Thread.objects.visible_to(cast("Membership", viewer), now=now)
    return threads.filter(pk=Parameter("thread", _KEY))


@functools.cache
def _for_page(viewer: _AnyViewer) -> PreparedQuery[Thread]:
    reading = Parameter("reading", _KEY)
    return PreparedQuery(lambda: _visible(viewer).filter(reading_id=reading).for_page())


@functools.cache
def _for_write(viewer: _AnyViewer) -> PreparedQuery[Thread]:
    return PreparedQuery(lambda: _visible(viewer).select_for_update(of=("self",)))
