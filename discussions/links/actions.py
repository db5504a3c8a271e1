"""Changing a link that is there."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from discussions.common.events import record_thread
from discussions.common.one_thread import locked_thread
from discussions.models import LinkKind, Thread
from readings.page import refuse_if_silent
from seminars import permissions
from seminars.events import EventKind
from seminars.models import Membership


class LinkChanged(Exception):
    """Somebody made it a link of another kind since it was seen; `current` is how it stands now."""

    def __init__(self, current: Thread) -> None:
        super().__init__(_("Somebody else changed this link while you had it open."))
        self.current = current


@transaction.atomic
def change_kind(*, thread: Thread, kind: LinkKind, seen: int | None, by: Membership) -> None:
    """Make a link one of another kind; `seen` is the key of that which the page showed.

    Nothing where it is of this kind already. Raises LinkChanged, and PermissionDenied: where either
    of its texts is closed, too.
    """
    current = locked_thread(by, pk=thread.pk)
    if current is None:
        raise PermissionDenied(_("This thread is not yours to see."))
    for reading in current.readings:
        refuse_if_silent(reading, by)
    if not permissions.can_change_link(by, current) or kind.seminar_id != current.seminar_id:
        raise PermissionDenied(_("Only who made a link and staff can change it."))
    if current.link_kind_id == kind.pk:
        return
    if seen is not None and seen != current.link_kind_id:
        raise LinkChanged(current)
    current.link_kind = kind
    current.save(update_fields=["link_kind"])
    record_thread(EventKind.LINK_CHANGED, current, by=by)
