"""Keeping a gradebook: begun, settled, marks given by hand, released. Each asks for a state, and
where it holds already nothing is done."""

from collections.abc import Iterable
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from database.versions import Stale
from gradebook.columns import Column
from gradebook.models import (
    ColumnKind,
    GivenMark,
    Gradebook,
    GradeCategory,
    GradeColumn,
    GradeRelease,
)
from gradebook.rows import row_of, standing_mark
from overview.participation_actions import hold_back_scores, release_scores
from readings.models import Reading
from seminars.audience import Audience
from seminars.events import EventKind, record
from seminars.held import hold_seminar, require
from seminars.models import Membership
from seminars.permissions import can_keep_gradebook, has_progress

# What a gradebook begins with: a hundred in all, and nothing hidden.
FIRST_WEIGHTS = {ColumnKind.CHECKPOINT: 40, ColumnKind.OPEN: 40, ColumnKind.PARTICIPATION: 20}


@transaction.atomic
def begin_gradebook(*, by: Membership) -> Gradebook:
    """Let the seminar have a gradebook, with a category for each kind of column."""
    _require(by, by.seminar_id)
    found = Gradebook.objects.filter(seminar=by.seminar_id).first()
    if found is not None:
        return found
    gradebook = Gradebook.objects.create(seminar_id=by.seminar_id, begun_by=by)
    GradeCategory.objects.bulk_create(
        GradeCategory(
            seminar_id=by.seminar_id,
            name=str(kind.label),
            position=place,
            weight=Decimal(weight),
            takes=kind,
        )
        for place, (kind, weight) in enumerate(FIRST_WEIGHTS.items())
    )
    record(EventKind.GRADEBOOK_BEGUN, by=by, target=gradebook, audience=Audience.STAFF)
    return gradebook


@transaction.atomic
def give_mark(
    *,
    column: Column,
    membership: Membership,
    points: Decimal | None,
    is_excused: bool,
    reason: str,
    comment: str,
    by: Membership,
    version: int | None = None,
) -> None:
    """Let this be the person's mark, whatever is worked out; the one before is kept.

    `version` is that of what stood when the form was opened, 0 where nothing did. Raises Stale.
    """
    _require(by, by.seminar_id)
    row = _row_for(column, membership, by)
    earlier = standing_mark(row, membership)
    said = (points, is_excused, reason, comment)
    if earlier and _says(earlier) == said:
        return
    if version is not None and version != (earlier.edit_version if earlier else 0):
        raise Stale(earlier)
    if earlier:
        earlier.undo(by=by)
    if said != (None, False, "", ""):
        given = GivenMark.objects.create(
            seminar_id=row.seminar_id,
            column=row,
            membership=membership,
            points=points,
            is_excused=is_excused,
            reason=reason,
            comment=comment,
            created_by=by,
        )
        _record_mark(EventKind.GRADE_SET, given, by)
    elif earlier:
        _record_mark(EventKind.GRADE_TAKEN_BACK, earlier, by)


@transaction.atomic
def take_back_mark(*, column: Column, membership: Membership, by: Membership) -> None:
    """Let nothing be said by hand any more."""
    _require(by, by.seminar_id)
    earlier = standing_mark(_row_for(column, membership, by), membership)
    if earlier and earlier.undo(by=by):
        _record_mark(EventKind.GRADE_TAKEN_BACK, earlier, by)


@transaction.atomic
def release_grades(*, columns: Iterable[Column], by: Membership) -> None:
    """Let each see their own figures of these columns; what is released together has one time."""
    _require(by, by.seminar_id)
    now = timezone.now()
    for column in columns:
        if column.is_participation:
            release_scores(reading=_reading_of(column), by=by)
            continue
        row = row_of(column, by)
        if not GradeRelease.objects.standing().filter(column=row).exists():
            release = GradeRelease.objects.create(
                seminar_id=by.seminar_id, column=row, created_by=by, created_at=now
            )
            _record_release(EventKind.GRADES_RELEASED, release, column, by)


@transaction.atomic
def hold_back_grades(*, columns: Iterable[Column], by: Membership) -> None:
    """Tell nobody their figures of these columns any more."""
    _require(by, by.seminar_id)
    for column in columns:
        if column.is_participation:
            hold_back_scores(reading=_reading_of(column), by=by)
            continue
        row = row_of(column, by)
        release = GradeRelease.objects.standing().filter(column=row).first()
        if release and release.undo(by=by):
            _record_release(EventKind.GRADES_HELD_BACK, release, column, by)


def _require(by: Membership, seminar_id: int) -> None:
    require(can_keep_gradebook(by), by, seminar_id)
    hold_seminar(seminar_id)  # of two at once the second finds what the first did


def _row_for(column: Column, membership: Membership, by: Membership) -> GradeColumn:
    if membership.seminar_id != by.seminar_id or not has_progress(membership):
        raise PermissionDenied(_("This person has no marks."))
    if column.is_participation:
        raise PermissionDenied(_("Participation is set by hand on its own page."))
    return row_of(column, by)


def _reading_of(column: Column) -> Reading:
    reading = column.source.reading
    if reading is None:
        raise ValueError(f"{column.key} is of no reading")
    return reading


def _says(mark: GivenMark) -> tuple[Decimal | None, bool, str, str]:
    return mark.points, mark.is_excused, mark.reason, mark.comment


def _record_mark(kind: EventKind, mark: GivenMark, by: Membership) -> None:
    # For staff: whom it is about is told by their page, once it is released.
    record(kind, by=by, target=mark, audience=Audience.STAFF, group_id=mark.membership.group_id)


def _record_release(kind: EventKind, release: GradeRelease, column: Column, by: Membership) -> None:
    reading = column.source.reading
    record(
        kind,
        by=by,
        target=release,
        reading_id=reading.pk if reading else None,
        audience=Audience.STAFF,
    )
