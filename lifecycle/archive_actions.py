"""A seminar into the archive, where it is read alone, and out of it again."""

from django.db import transaction
from django.utils import timezone

from seminars.events import EventKind, record
from seminars.held import hold_seminar, require
from seminars.models import Membership, Seminar
from seminars.permissions import can_archive_seminar


@transaction.atomic
def archive_seminar(*, by: Membership) -> bool:
    """Let the seminar of `by` be read alone from now on; False where it is so already."""
    if _held(by).archived_at is not None:
        return False
    _write(by, archived=True)
    return True


@transaction.atomic
def unarchive_seminar(*, by: Membership) -> bool:
    """Let it be written in again; False where it is so already."""
    if _held(by).archived_at is None:
        return False
    _write(by, archived=False)
    return True


def _held(by: Membership) -> Seminar:
    seminar = hold_seminar(by.seminar_id, though_read_only=True)
    by.seminar = seminar
    require(can_archive_seminar(by), by, seminar.pk, though_read_only=True)
    return seminar


def _write(by: Membership, *, archived: bool) -> None:
    at = timezone.now() if archived else None
    # Not by its version: the form with its settings says the same before and after.
    Seminar.objects.filter(pk=by.seminar_id).update(archived_at=at)
    by.seminar.archived_at = at
    kind = EventKind.SEMINAR_ARCHIVED if archived else EventKind.SEMINAR_UNARCHIVED
    record(kind, by=by, target=by.seminar)
