"""Writes about announcements."""

import uuid

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from database.versions import update_version
from rendering.markdown import RENDERER_VERSION, as_html
from seminars import permissions
from seminars.events import EventKind, record
from seminars.held import require
from seminars.models import Announcement, AnnouncementReceipt, Membership


def publish_announcement(
    *, title: str, body: str, by: Membership, client_key: uuid.UUID | None = None
) -> Announcement:
    """Tell everybody in the seminar of `by`; the same key again is the same announcement."""
    require(permissions.can_announce(by), by, by.seminar_id)
    mine = Announcement.objects.filter(created_by=by, client_key=client_key)
    if client_key and (earlier := mine.first()):
        return earlier
    html = as_html(body)
    try:
        with transaction.atomic():
            announcement = Announcement.objects.create(
                seminar_id=by.seminar_id,
                created_by=by,
                title=title,
                body=body,
                html=html,
                renderer_version=RENDERER_VERSION,
                client_key=client_key,
            )
            record(EventKind.ANNOUNCEMENT_PUBLISHED, by=by, target=announcement)
    except IntegrityError:
        # The other half of a double submit was faster.
        return mine.get()
    return announcement


@transaction.atomic
def edit_announcement(
    *, announcement: Announcement, title: str, body: str, by: Membership, version: int | None
) -> None:
    """Change what was announced; raises Stale. Members see that it was edited, and when."""
    _hold(announcement, by)
    changed = update_version(
        announcement,
        seen=version,
        title=title,
        body=body,
        html=as_html(body),
        renderer_version=RENDERER_VERSION,
    )
    if changed:
        Announcement.objects.filter(pk=announcement.pk).update(edited_at=timezone.now())
        record(EventKind.ANNOUNCEMENT_EDITED, by=by, target=announcement)


@transaction.atomic
def withdraw_announcement(*, announcement: Announcement, by: Membership) -> None:
    """Take an announcement back: only staff see it any more. Twice is as once."""
    _hold(announcement, by)
    standing = Announcement.objects.filter(pk=announcement.pk, withdrawn_at=None)
    if standing.update(withdrawn_at=timezone.now(), withdrawn_by=by):
        record(EventKind.ANNOUNCEMENT_WITHDRAWN, by=by, target=announcement)


@transaction.atomic
def republish_announcement(*, announcement: Announcement, by: Membership) -> None:
    """Put a withdrawn announcement back where it was. Twice is as once."""
    _hold(announcement, by)
    gone = Announcement.objects.filter(pk=announcement.pk).exclude(withdrawn_at=None)
    if gone.update(withdrawn_at=None, withdrawn_by=None):
        record(EventKind.ANNOUNCEMENT_REPUBLISHED, by=by, target=announcement)


def put_aside(*, announcement: Announcement, by: Membership) -> None:
    """Note that this member has read it: it is shown to them in the list alone."""
    seminar_id = announcement.seminar_id
    require(permissions.is_member(by), by, seminar_id, though_read_only=True)
    AnnouncementReceipt.objects.get_or_create(announcement=announcement, membership=by)


def _hold(announcement: Announcement, by: Membership) -> None:
    require(permissions.can_announce(by), by, announcement.seminar_id)
    if not permissions.can_change_announcement(by, announcement):
        raise PermissionDenied(_("Whoever announced it changes it, or an instructor."))
