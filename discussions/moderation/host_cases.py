"""Cases that none of their seminar may decide: the host of the site becomes one who may."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.models import User
from discussions.models import ReviewItem
from seminars import permissions
from seminars.actions import add_stand_in
from seminars.models import Membership, Seminar


def seminars_in_need(host: User) -> Sequence[tuple[Seminar, int]]:
    """Return the seminars where such cases wait for this host, and how many; two queries.

    Not those of which the host wrote the words: nobody decides on their own.
    """
    items = ReviewItem.objects.open_to_nobody().exclude(comment__author__user=host)
    counts = dict(items.order_by().values_list("seminar").annotate(Count("pk")))
    found = Seminar.objects.in_bulk(counts)
    return sorted(
        ((found[pk], number) for pk, number in counts.items()), key=lambda one: one[0].name
    )


def stand_in(*, slug: str, by: User) -> Membership:
    """Make the host an instructor of the seminar where a case waits for one, and return them.

    Its members see them among their people. Raises PermissionDenied where no case waits.
    """
    if not permissions.can_stand_in(by):
        raise PermissionDenied(_("Only whoever hosts this site may do this."))
    with transaction.atomic():
        waiting = [seminar for seminar, _number in seminars_in_need(by) if seminar.slug == slug]
        if not waiting:
            raise PermissionDenied(_("No case waits for you there now."))
        return add_stand_in(seminar=waiting[0], user=by)
