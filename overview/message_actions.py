"""Writing to several people at once, to each of them alone."""

import uuid
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from discussions.common.idempotency import post_key
from discussions.models import Thread, ThreadKind
from discussions.threads import start_thread
from readings.models import Reading
from seminars.audience import Audience, audience_name
from seminars.models import Membership
from seminars.pace import hold_pace
from seminars.permissions import can_open_reading


@transaction.atomic
def send_messages(
    *,
    reading: Reading,
    members: Sequence[Membership],
    body: str,
    by: Membership,
    client_key: uuid.UUID | None = None,
) -> list[Thread]:
    """Start a thread about the whole reading with each of these members: theirs and staff's.

    All of them or none; the same `client_key` with the same words is the same threads. Raises
    PermissionDenied where one of them is not for `by` to write to (`permissions.can_write_to`)
    or could not open the reading, NothingToPost, and PostedTooFast.
    """
    audiences = {one.pk: audience_name(Audience.MEMBER, one.pk) for one in members}
    keys = [
        post_key(client_key, reading.pk, audience, ThreadKind.COMMENT, body)
        for audience in audiences.values()
    ]
    # One message to many is more posts than a minute has: sent once more, it is no flood.
    if client_key is None or not Thread.objects.filter(author=by, client_key__in=keys).exists():
        hold_pace(by)
    if not all(can_open_reading(member, reading) for member in members):
        raise PermissionDenied(_("Not all of them can open this reading."))
    return [
        start_thread(
            reading=reading,
            segments=[],
            audience=audiences[member.pk],
            kind=ThreadKind.COMMENT,
            body=body,
            by=by,
            client_key=client_key,
        )
        for member in members
    ]
