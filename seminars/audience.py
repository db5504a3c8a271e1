"""Who may see what members write: the one policy, asked by every queryset, page and file."""

import functools
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from seminars.models import Membership

NOTHING = Q(pk__in=[])


class Audience(models.TextChoices):
    """Who may see a thread; chosen when posting and never widened silently."""

    ME = "me", gettext_lazy("Only me")
    GROUP = "group", gettext_lazy("My group")
    SEMINAR = "seminar", gettext_lazy("The whole seminar")
    STAFF = "staff", gettext_lazy("Staff only")


def audience_name(audience: str, group_id: int | None) -> str:
    """Name an audience as a form does: of a group by which it is, so that it can be no other."""
    return f"{audience}:{group_id}" if audience == Audience.GROUP else audience


def reached(viewer: "Membership", *, author: str = "author") -> Q:
    """Of rows with an audience, a group and an `author`: those that `viewer` reaches.

    What the reading allows is asked apart: Reading.objects.visible_to.
    Whoever wrote words reaches them, wherever they have moved since. `viewer.group_ids`
    are a participant's one group, or all that an assistant looks after.
    """
    if viewer.removed_at:
        return NOTHING
    seen = Q(audience=Audience.SEMINAR) | Q(**{f"{author}_id": viewer.pk})
    own_groups = functools.reduce(Q.__or__, (Q(group=one) for one in viewer.group_ids), NOTHING)
    if viewer.is_instructor:
        seen |= Q(audience=Audience.GROUP)
    elif viewer.group_ids:
        seen |= Q(audience=Audience.GROUP) & own_groups
    if viewer.is_staff:
        staff = Q(audience=Audience.STAFF)
        if not viewer.is_instructor:
            staff &= Q(group=None) | own_groups
        seen |= staff
    return seen


def overseen(moderator: "Membership", *, thread: str, author: str) -> Q:
    """What `moderator` looks after: all of it, or what concerns an assistant's own groups.

    `thread` and `author` lead from the rows to a thread and to whoever wrote, like
    `comment__thread`. Who may see it at all is asked apart, by `reached`.
    """
    if moderator.is_instructor:
        return Q()
    if not moderator.is_assistant or not moderator.group_ids:
        return NOTHING
    paths = (f"{thread}__group__in", f"{author}__group__in")
    either: Any = Q()
    for path in paths:
        either |= Q(**{path: moderator.group_ids})
    return Q(either)
