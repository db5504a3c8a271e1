"""Who sees a thread: the rule of who may see what, asked of many members at once."""

from typing import cast

from django.db.models import CharField, Exists, IntegerField, Q, QuerySet, Value

from discussions.models import Thread
from readings.models import Reading
from seminars.any_member import EachMember
from seminars.audience import reached
from seminars.models import Membership, Role


def members_who_see(thread: Thread) -> QuerySet[Membership]:
    """The current members who may see the thread, in one query for any number of them."""
    seen = Q()
    for role in Role.values:
        threads = Thread.objects.visible_to(cast("Membership", EachMember(role)))
        seen |= Q(Exists(threads.filter(pk=thread.pk)), role=role)
    return _members(thread.seminar_id).filter(seen)


def members_in_audience(
    reading: Reading,
    *,
    audience: str,
    group_id: int | None,
    addressee_id: int | None,
    by: Membership,
) -> QuerySet[Membership]:
    """The current members who would see a thread that `by` began with this audience."""
    seen = Q()
    for role in Role.values:
        each = cast("Membership", EachMember(role))
        # One row in the place of the thread that there is not yet.
        threads = Reading.including_general.visible_to(each).filter(pk=reading.pk)
        row = threads.alias(
            audience=Value(audience, CharField()),
            author_id=Value(by.pk, IntegerField()),
            group=Value(group_id, IntegerField()),
            addressee=Value(addressee_id, IntegerField()),
        )
        seen |= Q(Exists(row.filter(reached(each))), role=role)
    return _members(by.seminar_id).filter(seen)


def _members(seminar_id: int) -> QuerySet[Membership]:
    return Membership.objects.current().filter(seminar_id=seminar_id).select_related("user")
