"""Rows that two people may change at once: each says which state they saw, and none is lost.

A row carries a version, the form that shows it sends that version back, and the update names it:
one statement, so that of two who saw the same state one writes and the other is told.
"""

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
    asked of any state. Raises Stale, and DoesNotExist where the row is gone.
    """
    model = type(row)
    rows = model._default_manager.filter(pk=row.pk)
    current = rows.get()
    if all(getattr(current, name) == value for name, value in values.items()):
        changed = False
    else:
        changed = bool(
            rows.filter(edit_version=current.edit_version if seen is None else seen).update(
                **values, edit_version=F("edit_version") + 1
            )
        )
        if not changed:
            raise Stale(rows.get())
    _take_over(row, values, current.edit_version + changed)
    return changed


def _take_over(row: Versioned, values: dict[str, Any], version: int) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.edit_version = version
