"""What is done with readings: putting an essay before a seminar, and when it opens."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from readings.guides import (
    AppliedGuide,
    GuideRefused,
    apply_guide,
    attach_waiting,
    find_guide,
)
from readings.models import Essay, Reading, Revision
from readings.revisions import lock_essay
from readings.setup.date_changes import update_dated
from readings.setup.seminar_readings import note_withholding, refuse_read_already
from readings.setup.slugs import free_slug
from seminars.events import EventKind, record
from seminars.group_changes import follow_groups
from seminars.models import Group, Membership, Seminar
from seminars.permissions import can_manage_readings


@dataclass(frozen=True, slots=True)
class NewReading:
    """A reading, and the guide that was added to it: the one given, or one that matches."""

    reading: Reading
    guide: AppliedGuide | None


@transaction.atomic
def create_reading(
    *,
    essay: Essay,
    by: Membership,
    slug: str = "",
    guide: str = "",
    groups: Iterable[Group] = (),
    **dates: Any,
) -> NewReading:
    """Put the essay's newest published revision before the seminar of `by`.

    It is for these `groups`, or for all where there are none. `dates` are the columns that the
    form shows. `guide` is the text of a guide; without one, the guide that matches is looked
    for. Raises AlreadyRead; and GuideRefused for a guide that was given.
    """
    if not can_manage_readings(by):
        raise PermissionDenied(_("Only an instructor puts essays before the seminar."))
    # The newest revision must not be withdrawn meanwhile.
    lock_essay(essay.pk)
    newest = Revision.objects.newest_of(essay.pk)
    assert newest is not None  # noqa: S101 - the first revision is never withdrawn
    # Holds a second click off until this one is done (SQLite's transactions do so by themselves).
    seminar = Seminar.objects.select_for_update(of=("self",)).get(pk=by.seminar_id)
    refuse_read_already(seminar, essay)
    reading = Reading.objects.create(
        seminar=seminar,
        essay=essay,
        revision=newest,
        slug=slug or free_slug(seminar, essay.title),
        position=Reading.objects.filter(seminar=seminar).count(),
        created_by=by,
        **dates,
    )
    reading.groups.set(groups)
    note_withholding(seminar.pk)
    record(EventKind.READING_CREATED, by=by, target=reading, reading_id=reading.pk)
    if guide:
        new = NewReading(reading, apply_guide(reading=reading, text=guide, by=by))
    else:
        new = NewReading(reading, _add_matching_guide(reading, by))
    # What the guides of other essays say of this one.
    attach_waiting(by)
    return new


@transaction.atomic
def change_settings(
    *, reading: Reading, by: Membership, version: int | None = None, **settings: Any
) -> None:
    """Change for whom a reading is, its dates, and whether guests may read it.

    Raises Stale.
    """
    if not can_manage_readings(by) or by.seminar_id != reading.seminar_id:
        raise PermissionDenied(_("Only an instructor changes a reading."))
    if update_dated(reading, seen=version, **settings):
        if "groups" in settings:
            follow_groups(by)
        note_withholding(reading.seminar_id)
        record(EventKind.READING_CHANGED, by=by, target=reading, reading_id=reading.pk)


@transaction.atomic
def remove_reading(*, reading: Reading, by: Membership) -> None:
    """Take a reading away from the seminar: it opens to nobody, and nothing of it is deleted.

    Twice is as once.
    """
    if not can_manage_readings(by) or by.seminar_id != reading.seminar_id:
        raise PermissionDenied(_("Only an instructor takes a reading away."))
    there = Reading.objects.filter(pk=reading.pk, removed_at=None)
    if there.update(removed_at=timezone.now(), removed_by=by):
        note_withholding(reading.seminar_id)
        record(EventKind.READING_REMOVED, by=by, target=reading, reading_id=reading.pk)


@transaction.atomic
def restore_reading(*, reading: Reading, by: Membership) -> None:
    """Put it back, with all that hangs on it. Twice is as once."""
    if not can_manage_readings(by) or by.seminar_id != reading.seminar_id:
        raise PermissionDenied(_("Only an instructor puts a reading back."))
    gone = Reading.objects.filter(pk=reading.pk).exclude(removed_at=None)
    if gone.update(removed_at=None, removed_by=None):
        note_withholding(reading.seminar_id)
        attach_waiting(by)
        record(EventKind.READING_RESTORED, by=by, target=reading, reading_id=reading.pk)


def _add_matching_guide(reading: Reading, by: Membership) -> AppliedGuide | None:
    path = find_guide(reading.title, reading.essay.authors)
    if path is None:
        return None
    try:
        with transaction.atomic():
            return apply_guide(reading=reading, text=path.read_text(encoding="utf-8"), by=by)
    except GuideRefused:
        # Nobody asked for this guide: that it is damaged must not keep the essay away.
        return None
