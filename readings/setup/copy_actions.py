"""Copying a seminar for the next term, or one reading into another seminar: what was set up, and
nothing that anybody said or did."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from readings.guides import GuideRefused, apply_guide, attach_waiting
from readings.models import Guide, Reading, Revision
from readings.revisions import lock_essay
from readings.setup.copied import copied_parts
from readings.setup.copy_plan import plan_copy
from readings.setup.seminar_readings import note_withholding, refuse_read_already
from readings.setup.slugs import free_slug
from readings.setup.unit_actions import create_unit
from seminars.actions import create_seminar
from seminars.events import EventKind, record
from seminars.held import hold_seminar, require
from seminars.models import Membership, Seminar
from seminars.permissions import can_copy_seminar, can_manage_readings

SEMINAR_SETTINGS = (
    "default_audience",
    "rules",
    "rules_html",
    "rules_renderer",
    "reactions",
    "assistants_see_authors",
    "posts_held",
    "new_member_posts",
    "watched_phrases",
    "hide_at_reports",
    "slow_seconds",
    "assistants_remove",
)
READING_SETTINGS = (
    "essay",
    "slug",
    "position",
    "required_posts",
    "required_replies",
    "open_to_guests",
    "peek_after",
    "anonymity",
)


@dataclass(frozen=True, slots=True)
class SeminarCopy:
    """The new seminar, and the readings of it whose guide was refused."""

    seminar: Seminar
    without_guide: list[Reading]


@dataclass(frozen=True, slots=True)
class ReadingCopy:
    """The new reading, and whether the guide was refused that it should have."""

    reading: Reading
    is_without_guide: bool


@transaction.atomic
def copy_seminar(*, seminar: Seminar, name: str, weeks: int, by: Membership) -> SeminarCopy:
    """Start a seminar with what is set up in `seminar`, its dates `weeks` later.

    Raises OverflowError for a date that no calendar has.
    """
    require(can_copy_seminar(by), by, seminar.pk, though_read_only=True)
    old = hold_seminar(seminar.pk, though_read_only=True)
    plan = plan_copy(old, weeks)
    new = create_seminar(name=name, description=old.description, by=by.user)
    for setting in SEMINAR_SETTINGS:
        setattr(new, setting, getattr(old, setting))
    new.save(update_fields=SEMINAR_SETTINGS)
    instructor = Membership.objects.get(seminar=new, user=by.user)
    units = {
        one.unit.pk: create_unit(name=one.unit.name, starts_on=one.starts_on, by=instructor)
        for one in plan.units
    }
    without_guide = []
    for planned in plan.readings:
        unit = units.get(planned.reading.unit_id or 0)
        reading = _copy_reading(planned.reading, instructor, unit=unit, **planned.moved)
        if planned.guide and not _copy_guide(planned.guide, reading, instructor):
            without_guide.append(reading)
    withholds = any(one.reading.peek_after for one in plan.readings)
    Seminar.objects.filter(pk=new.pk).update(withholds_talk=withholds)
    for part in copied_parts():
        part.copy(old, new)
    attach_waiting(instructor)
    return SeminarCopy(new, without_guide)


@transaction.atomic
def copy_reading(*, reading: Reading, to: Membership, by: Membership) -> ReadingCopy:
    """Put a reading with its guide and settings before another seminar of the same person, `to`.

    Dates, units and groups are the other seminar's own affair. Raises AlreadyRead.
    """
    require(can_manage_readings(by), by, reading.seminar_id)
    require(can_manage_readings(to) and to.user_id == by.user_id, to, to.seminar_id)
    hold_seminar(to.seminar_id)
    refuse_read_already(to.seminar, reading.essay)
    there = Reading.objects.filter(seminar=to.seminar_id)
    copy = _copy_reading(
        reading,
        to,
        slug=free_slug(to.seminar, reading.title),
        position=there.count(),
    )
    note_withholding(to.seminar_id)
    guide = Guide.objects.filter(reading=reading).first()
    made = ReadingCopy(copy, is_without_guide=bool(guide and not _copy_guide(guide, copy, to)))
    attach_waiting(to)
    return made


def _copy_reading(old: Reading, by: Membership, **further: Any) -> Reading:
    """Put the essay before the new seminar as it is read now: a guide finds its places there.

    `further` are columns of the copy that are others, or not copied as settings.
    """
    lock_essay(old.essay_id)
    readable = Revision.objects.readable_of(old.essay_id)
    revision = readable.filter(pk=old.revision_id).first() or readable.order_by("-number").first()
    assert revision is not None  # noqa: S101 - the first revision is never withdrawn
    reading = Reading.objects.create(
        seminar=by.seminar,
        revision=revision,
        created_by=by,
        **{setting: getattr(old, setting) for setting in READING_SETTINGS} | further,
    )
    record(EventKind.READING_CREATED, by=by, target=reading, reading_id=reading.pk)
    return reading


def _copy_guide(guide: Guide, reading: Reading, by: Membership) -> bool:
    """Add the guide by its file, as anybody adds one; False where it is refused now."""
    try:
        with transaction.atomic():
            apply_guide(reading=reading, text=guide.source, by=by)
    except GuideRefused:
        return False
    return True
