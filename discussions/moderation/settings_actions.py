"""Setting a seminar's moderation, and its list of reasons."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from database.versions import update_version
from discussions.models import MAX_REASONS, ModerationReason, Reason
from discussions.moderation.reasons import OTHER
from seminars import permissions
from seminars.audience import Audience
from seminars.events import EventKind, record
from seminars.held import hold_seminar, require
from seminars.models import Membership, Seminar


@transaction.atomic
def set_moderation(
    *, seminar: Seminar, by: Membership, version: int | None = None, **settings: Any
) -> None:
    """Change what `settings` name, columns of Seminar; raises PermissionDenied, Stale."""
    require(permissions.can_set_moderation(by), by, seminar.pk)
    if update_version(seminar, seen=version, **settings):
        _record(by, seminar)


@transaction.atomic
def begin_reasons(*, by: Membership) -> None:
    """Make the reasons that every seminar begins with this one's own; nothing where it has some."""
    require(permissions.can_set_moderation(by), by, by.seminar_id)
    hold_seminar(by.seminar_id)
    if _own(by).exists():
        return
    names = [str(reason.label) for reason in Reason if reason != OTHER]
    ModerationReason.objects.bulk_create(
        ModerationReason(seminar_id=by.seminar_id, name=name, position=place)
        for place, name in enumerate(names)
    )
    _record(by, by.seminar)


@transaction.atomic
def add_reason(*, name: str, note: str, by: Membership) -> ModerationReason:
    """Add a reason at the end of the list. Raises ValidationError where there are as many as may
    be, or the name is taken."""
    begin_reasons(by=by)
    own = _own(by)
    if own.count() >= MAX_REASONS:
        said = _("There are as many reasons as there may be: %(most)d. Remove one first.")
        raise ValidationError(said % {"most": MAX_REASONS})
    _must_be_free(name, by)
    last = own.order_by("-position").values_list("position", flat=True).first() or 0
    reason = ModerationReason.objects.create(
        seminar_id=by.seminar_id, name=name, note=note, position=last + 1
    )
    _record(by, reason)
    return reason


@transaction.atomic
def change_reason(
    *, reason: ModerationReason, name: str, note: str, by: Membership, version: int | None = None
) -> None:
    """Word a reason anew; decisions keep the words of then. Raises ValidationError, Stale."""
    require(permissions.can_set_moderation(by), by, reason.seminar_id)
    hold_seminar(by.seminar_id)
    _must_be_free(name, by, but=reason)
    if update_version(reason, seen=version, name=name, note=note):
        _record(by, reason)


@transaction.atomic
def place_reason(*, reason: ModerationReason, place: int, by: Membership) -> None:
    """Put a reason at this place in the list, the first being 0; beyond the last is the last."""
    require(permissions.can_set_moderation(by), by, reason.seminar_id)
    hold_seminar(by.seminar_id)
    rows = [one for one in _own(by) if one.pk != reason.pk]
    rows.insert(place, reason)
    changed = False
    for number, row in enumerate(rows):
        changed |= row.position != number
        row.position = number
    if changed:
        ModerationReason.objects.bulk_update(rows, ["position"])
        _record(by, reason)


@transaction.atomic
def remove_reason(*, reason: ModerationReason, by: Membership) -> None:
    """Take a reason from the list; without any of its own a seminar has those it began with."""
    require(permissions.can_set_moderation(by), by, reason.seminar_id)
    hold_seminar(by.seminar_id)
    _record(by, reason)
    reason.delete()


def _own(by: Membership) -> Any:
    return ModerationReason.objects.filter(seminar=by.seminar_id)


def _must_be_free(name: str, by: Membership, *, but: ModerationReason | None = None) -> None:
    """Raise ValidationError where the list has the name; capitals make no difference."""
    others = _own(by).exclude(pk=but.pk) if but else _own(by)
    taken = {other.name.casefold() for other in others} | {str(Reason.OTHER.label).casefold()}
    if name.casefold() in taken:
        raise ValidationError({"name": _("The list has that reason already.")})


def _record(by: Membership, target: Seminar | ModerationReason) -> None:
    record(EventKind.MODERATION_CHANGED, by=by, target=target, audience=Audience.STAFF)
