"""Rows that two people may change at once: each says which state they saw, and none is lost.

A row carries a version, the form that shows it sends that version back, and the update names it:
one statement, so that of two who saw the same state one writes and the other is told.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import models
from django.db.models import F


class Versioned(models.Model):
    """A row whose `edit_version` is raised by every change of what people edit in it."""

    edit_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Stale(Exception):
    """The row was changed since it was seen; `current` is how it stands now."""

    def __init__(self, current: models.Model | None) -> None:
        super().__init__("The row was changed since it was seen.")
        self.current = current


def update_version(row: Versioned, *, seen: int | None, **values: Any) -> bool:
    """Write `values` to the row if it is still at the version `seen`, and to `row` itself.

    Return whether anything was written: whoever asks for what holds already, as one does whose
    first answer was lost, has it, whatever version they saw. With None, what is asked for is
    asked of any state. A value of many rows, like a reading's groups, is written in the caller's
    transaction. Raises Stale, and DoesNotExist where the row is gone.
    """
    sets = {field.name for field in row._meta.many_to_many} & values.keys()
    columns = {name: value for name, value in values.items() if name not in sets}
    rows = type(row)._default_manager.filter(pk=row.pk)
    current = rows.get()
    changed = not _holds(current, values, sets)
    if changed:
        expected = current.edit_version if seen is None else seen
        changes: dict[str, Any] = {**columns, "edit_version": F("edit_version") + 1}
        changed = bool(rows.filter(edit_version=expected).update(**changes))
        # Of two at once who ask for the same, the second comes here.
        if not changed and not _holds(current := rows.get(), values, sets):
            raise Stale(current)
    if changed:
        # The row is held by its update until the transaction ends.
        for name in sets:
            getattr(row, name).set(values[name])
    _take_over(row, columns, current.edit_version + changed)
    return changed


def _holds(row: Versioned, values: dict[str, Any], sets: Collection[str]) -> bool:
    return all(
        _keys(getattr(row, name).all()) == _keys(value)
        if name in sets
        else getattr(row, name) == value
        for name, value in values.items()
    )


def _keys(rows: Iterable[models.Model]) -> set[Any]:
    return {one.pk for one in rows}


def _take_over(row: Versioned, values: dict[str, Any], version: int) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.edit_version = version
