"""Changing a seminar's list of kinds of link. What is asked for twice is there once."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from database.versions import update_version
from discussions.links.kinds import link_kinds, make_default_kinds
from discussions.models import DEFAULT_KINDS, MAX_LINK_KINDS, LinkKind
from seminars import permissions
from seminars.events import EventKind, record
from seminars.held import hold_seminar, require
from seminars.models import Membership


@transaction.atomic
def add_link_kind(*, name: str, passive: str, is_directed: bool, by: Membership) -> LinkKind:
    """Add a kind at the end of the list. Raises ValidationError where there are as many as may be,
    or one of the name."""
    kinds = _held(by, by.seminar_id)
    if len(kinds) >= MAX_LINK_KINDS:
        said = _("A seminar has %(most)d kinds of link at most. Remove one first.")
        raise ValidationError(said % {"most": MAX_LINK_KINDS})
    _must_be_free(name, kinds)
    kind = LinkKind.objects.create(
        seminar_id=by.seminar_id,
        own_name=name,
        own_passive=passive if is_directed else "",
        is_directed=is_directed,
        position=max(one.position for one in kinds) + 1,
    )
    record(EventKind.LINK_KIND_CREATED, by=by, target=kind)
    return kind


@transaction.atomic
def change_link_kind(
    *,
    kind: LinkKind,
    name: str,
    passive: str,
    is_directed: bool,
    by: Membership,
    version: int | None = None,
) -> None:
    """Word a kind anew, for the links that have it too. Raises ValidationError, Stale."""
    _must_be_free(name, (one for one in _held(by, kind.seminar_id) if one.pk != kind.pk))
    default = DEFAULT_KINDS.get(kind.code)
    # The words of a default one are kept as none, to be read in each reader's language.
    own_name = "" if default and name == str(default.name) else name
    own_passive = passive if is_directed else ""
    if default and not own_name and own_passive == str(default.passive):
        own_passive = ""
    values = {"own_name": own_name, "own_passive": own_passive, "is_directed": is_directed}
    if update_version(kind, seen=version, **values):
        record(EventKind.LINK_KIND_CHANGED, by=by, target=kind)


@transaction.atomic
def place_link_kind(*, kind: LinkKind, place: int, by: Membership) -> None:
    """Put a kind at this place in the list, the first being 0; beyond the last is the last."""
    rows = [one for one in _held(by, kind.seminar_id) if one.pk != kind.pk]
    rows.insert(place, kind)
    if _put_in_order(rows):
        record(EventKind.LINK_KIND_CHANGED, by=by, target=kind)


@transaction.atomic
def remove_link_kind(*, kind: LinkKind, by: Membership) -> None:
    """Offer a kind no more; the links that have it keep it. Raises ValidationError for the last."""
    kinds = _held(by, kind.seminar_id)
    if kind.pk not in {one.pk for one in kinds}:
        return
    if len(kinds) == 1:
        raise ValidationError(_("A seminar has one kind of link at least. Add another first."))
    _remove([kind], by)


@transaction.atomic
def restore_link_kinds(*, by: Membership) -> None:
    """Offer again what every seminar begins with, in its words; others are offered no more."""
    kinds = _held(by, by.seminar_id)
    _remove([one for one in kinds if not one.code], by)
    make_default_kinds(by.seminar)
    found = {one.code: one for one in LinkKind.objects.filter(seminar=by.seminar_id)}
    back = []
    for code, default in DEFAULT_KINDS.items():
        kind = found[code]
        values = {"own_name": "", "own_passive": "", "is_directed": default.is_directed}
        if update_version(kind, seen=None, **values, removed_at=None):
            record(EventKind.LINK_KIND_CHANGED, by=by, target=kind)
        back.append(kind)
    _put_in_order(back)


def _held(by: Membership, seminar_id: int) -> list[LinkKind]:
    """Let one change at a time happen to the list, and return it as it is then."""
    require(permissions.can_edit_seminar(by), by, seminar_id)
    hold_seminar(seminar_id)
    return link_kinds(by.seminar)


def _remove(kinds: Iterable[LinkKind], by: Membership) -> None:
    for kind in kinds:
        update_version(kind, seen=None, removed_at=timezone.now())
        record(EventKind.LINK_KIND_REMOVED, by=by, target=kind)


def _put_in_order(rows: list[LinkKind]) -> bool:
    """Number them as they are; return whether that changed anything."""
    moved = [row for place, row in enumerate(rows) if row.position != place]
    for place, row in enumerate(rows):
        row.position = place
    LinkKind.objects.bulk_update(moved, ["position"])
    return bool(moved)


def _must_be_free(name: str, others: Iterable[LinkKind]) -> None:
    """Raise ValidationError where the list has the name; capitals make no difference."""
    if name.casefold() in {one.name.casefold() for one in others}:
        raise ValidationError({"name": _("The list has a kind of that name already.")})
