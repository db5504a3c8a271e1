"""Since when a date holds: kept where it is changed, for who was told of the one before."""

from typing import Any

from django.utils import timezone

from database.versions import update_version
from readings.models import Extension, Reading

SET_AT = {"due_at": "due_set_at", "late_until": "end_set_at", "closes_at": "end_set_at"}


def update_dated(row: Reading | Extension, *, seen: int | None, **values: Any) -> bool:
    """`update_version`, in the caller’s transaction; with when it was, of each date it moves."""
    rows = type(row)._default_manager.filter(pk=row.pk)
    before = rows.values(*SET_AT).get()
    changed = update_version(row, seen=seen, **values)
    if changed and (
        moved := [name for name in SET_AT if values.get(name, before[name]) != before[name]]
    ):
        rows.update(**{SET_AT[name]: timezone.now() for name in moved})
    return changed
