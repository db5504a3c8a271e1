"""Saying what happened: each write records an event in its own transaction.

Unread counts, live hints, mail, digests and exports read the events. No write calls
any of them, so that what is told to whom can change without touching a write.
"""

from typing import Any

from django.db import models, transaction

from database.prepared import PreparedInsert
from seminars.audience import Audience
from seminars.models import Event, EventKind, Membership

__all__ = ["EventKind", "record"]

_EVENTS = PreparedInsert(Event)


def record(
    kind: EventKind,
    *,
    by: Membership,
    target: models.Model,
    reading_id: int | None = None,
    audience: str = Audience.SEMINAR,
    group_id: int | None = None,
    addressee_id: int | None = None,
    **detail: Any,
) -> None:
    """Write the event; raise RuntimeError outside a transaction.

    `audience`, `group_id` and `addressee_id` are those of what happened to: nobody is told
    of a thing that they could not see. `detail` has pks and numbers, never words.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An event is recorded in the transaction of what happened.")
    _EVENTS.create(
        seminar_id=by.seminar_id,
        actor=by,
        actor_role=by.role,
        kind=kind,
        target_type=str(target._meta.model_name),
        target_id=target.pk,
        reading_id=reading_id,
        audience=audience,
        group_id=group_id,
        addressee_id=addressee_id,
        detail=detail,
    )
