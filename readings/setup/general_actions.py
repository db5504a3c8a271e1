"""The general discussion of a seminar: made when it is first asked for, closed and opened again."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from readings.models import Essay, Reading, ReadingKind, Revision, Visit
from readings.setup.slugs import free_slug
from seminars.events import EventKind, record
from seminars.models import Membership, Seminar
from seminars.permissions import can_close_general_discussion, can_join_general_discussion

SLUG = "general-discussion"


def general_discussion_of(*, by: Membership) -> Reading:
    """Return the general discussion of the seminar of `by`; it is made for who asks first.

    Raises PermissionDenied.
    """
    if not can_join_general_discussion(by):
        raise PermissionDenied(_("The general discussion is for members."))
    found = Reading.including_general.filter(seminar=by.seminar_id, kind=ReadingKind.GENERAL)
    return found.first() or _make_general_discussion(by)


@transaction.atomic
def change_general_discussion(*, by: Membership, is_open: bool) -> None:
    """Close it, so that it is read and nothing is written there any more, or open it again.

    Twice is as once.
    """
    if not can_close_general_discussion(by):
        raise PermissionDenied(_("Only an instructor closes the general discussion."))
    general = general_discussion_of(by=by)
    now = None if is_open else timezone.now()
    changed = Reading.including_general.filter(pk=general.pk, closes_at__isnull=not is_open)
    if changed.update(closes_at=now):
        record(EventKind.READING_CHANGED, by=by, target=general, reading_id=general.pk)


@transaction.atomic
def _make_general_discussion(by: Membership) -> Reading:
    """Make it, or return what somebody else has made meanwhile."""
    # Holds off who asks at the same time (SQLite's transactions do so by themselves).
    seminar = Seminar.objects.select_for_update(of=("self",)).get(pk=by.seminar_id)
    found = Reading.including_general.filter(seminar=seminar, kind=ReadingKind.GENERAL).first()
    if found is not None:
        return found
    name = str(ReadingKind.GENERAL.label)
    essay = Essay.objects.create(title=name, is_built_in=True, created_by=by.user)
    general = Reading.including_general.create(
        seminar=seminar,
        kind=ReadingKind.GENERAL,
        essay=essay,
        revision=Revision.objects.create(essay=essay, number=1, created_by=by.user),
        slug=free_slug(seminar, SLUG),
        created_by=by,
    )
    # Who is a member now is there from the beginning: what is said first is new to them, though
    # they have not come in yet. Who joins later begins when they do.
    Visit.objects.bulk_create(
        Visit(seminar=seminar, reading=general, membership=member, revision_id=general.revision_id)
        for member in Membership.objects.current().filter(seminar=seminar)
        if can_join_general_discussion(member)
    )
    record(EventKind.READING_CREATED, by=by, target=general, reading_id=general.pk)
    return general
