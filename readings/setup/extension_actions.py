"""Giving more time, changing it, and taking it back."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from readings.models import Extension, Reading
from readings.setup.date_changes import update_dated
from seminars.audience import Audience
from seminars.events import EventKind, record
from seminars.models import Group, Membership
from seminars.permissions import can_manage_readings


class AlreadyExtended(ValueError):
    """Who is to get more time has some already: it is changed, and not given twice."""


@transaction.atomic
def give_extension(
    *,
    reading: Reading,
    by: Membership,
    group: Group | None = None,
    membership: Membership | None = None,
    note: str = "",
    **dates: object,
) -> Extension:
    """Give a group, or one member, more time; `dates` are those that it moves.

    Raises AlreadyExtended.
    """
    _require_right(reading, by)
    _hold(reading)
    extension = Extension(
        seminar_id=reading.seminar_id,
        reading=reading,
        group=group,
        membership=membership,
        note=note,
        given_by=by,
        **dates,
    )
    _refuse_second(extension)
    extension.save(force_insert=True)
    _record(EventKind.EXTENSION_GIVEN, extension, by)
    return extension


@transaction.atomic
def change_extension(
    *, extension: Extension, by: Membership, version: int | None = None, **values: object
) -> None:
    """Change its dates or its note; raises Stale."""
    _require_right(extension.reading, by)
    if update_dated(extension, seen=version, **values):
        _record(EventKind.EXTENSION_CHANGED, extension, by)


@transaction.atomic
def take_back_extension(*, extension: Extension, by: Membership) -> None:
    """Let the dates of everybody hold again. Twice is as once."""
    _require_right(extension.reading, by)
    there = Extension.objects.standing().filter(pk=extension.pk)
    if there.update(taken_back_at=timezone.now()):
        _record(EventKind.EXTENSION_TAKEN_BACK, extension, by)


@transaction.atomic
def restore_extension(*, extension: Extension, by: Membership) -> None:
    """Give it again as it was. Twice is as once; raises AlreadyExtended."""
    _require_right(extension.reading, by)
    _hold(extension.reading)
    gone = Extension.objects.filter(pk=extension.pk).exclude(taken_back_at=None)
    if not gone.exists():
        return
    _refuse_second(extension)
    gone.update(taken_back_at=None)
    _record(EventKind.EXTENSION_GIVEN, extension, by)


def _require_right(reading: Reading, by: Membership) -> None:
    if not can_manage_readings(by) or by.seminar_id != reading.seminar_id:
        raise PermissionDenied(_("Only an instructor gives more time."))


def _hold(reading: Reading) -> None:
    """Let two at once wait for each other: the second finds what the first has given."""
    Reading.objects.select_for_update(of=("self",), no_key=True).get(pk=reading.pk)


def _refuse_second(new: Extension) -> None:
    there = Extension.objects.standing().filter(reading=new.reading_id)
    if there.filter(group=new.group_id, membership=new.membership_id).exists():
        raise AlreadyExtended(_("More time is given there already: change it below."))


def _record(kind: EventKind, extension: Extension, by: Membership) -> None:
    """For the group that it is given to; what is given to one person is theirs and staff's."""
    record(
        kind,
        by=by,
        target=extension,
        reading_id=extension.reading_id,
        audience=Audience.GROUP if extension.group_id else Audience.STAFF,
        group_id=extension.group_id,
    )
