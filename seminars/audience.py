"""Who may see what members write: the one policy, asked by every queryset, page and file."""

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from documents.whole_number import whole_number

if TYPE_CHECKING:
    from seminars.models import Membership

NOTHING = Q(pk__in=[])


class Audience(models.TextChoices):
    """Who may see a thread; chosen when posting and never widened silently."""

    ME = "me", gettext_lazy("Only me")
    GROUP = "group", gettext_lazy("My group")
    SEMINAR = "seminar", gettext_lazy("The whole seminar")
    STAFF = "staff", gettext_lazy("Staff only")
    MEMBER = "member", gettext_lazy("One member and staff")


def audience_name(audience: str, whose: int | None) -> str:
    """Name an audience as a form does: with the group or the member, so that it can be no other.

    Like “group:12” and “member:5”; of the others `whose` is not asked.
    """
    return f"{audience}:{whose}" if audience in {Audience.GROUP, Audience.MEMBER} else audience


def parse_audience(name: str) -> tuple[str, int | None]:
    """Return the audience and the key of its group or member, of a name as a form gives it.

    “group” alone names no group: whoever posts has one. Nonsense is no audience (empty).
    """
    audience, _, whose = name.partition(":")
    if audience not in Audience.values or (whose and whole_number(whose) is None):
        return "", None
    return audience, whole_number(whose)


class DefaultAudience(models.TextChoices):
    """What the form of a new thread begins with, where its writer has not chosen yet."""

    GROUP = "group", gettext_lazy("The writer’s group; the whole seminar for who is in none")
    SEMINAR = "seminar", gettext_lazy("The whole seminar")
    ME = "me", gettext_lazy("Only the writer")


def default_audience(member: "Membership") -> Audience:
    """What the form of a new thread begins with for this member, as their seminar has it."""
    default = Audience(member.seminar.default_audience)
    # Staff speak to everybody, whichever group they are in.
    if default == Audience.GROUP and (member.group_id is None or member.is_staff):
        return Audience.SEMINAR
    return default


def reached(viewer: "Membership", *, author: str = "author") -> Q:
    """Of rows with an audience, a group and an `author`: those that `viewer` reaches.

    What the reading allows is asked apart: Reading.objects.visible_to.
    Whoever wrote words reaches them, wherever they have moved since. `viewer.group_ids`
    are a participant's one group, or all that an assistant looks after.
    """
    if viewer.removed_at:
        return NOTHING
    seen = Q(audience=Audience.SEMINAR) | Q(**{f"{author}_id": viewer.pk})
    seen |= Q(addressee=viewer.pk)
    own_groups = functools.reduce(Q.__or__, (Q(group=one) for one in viewer.group_ids), NOTHING)
    if viewer.is_instructor:
        return seen | Q(audience__in=[Audience.GROUP, Audience.STAFF, Audience.MEMBER])
    if viewer.group_ids:
        seen |= Q(audience=Audience.GROUP) & own_groups
    if viewer.is_staff:
        seen |= Q(audience=Audience.STAFF) & (Q(group=None) | own_groups)
        # The group of a word to one member is theirs when it was said.
        seen |= Q(audience=Audience.MEMBER) & own_groups
    return seen


def spoken_before(viewer: "Membership", *, reading: str, author: str) -> Q:
    """Of words that `viewer` reaches: those that are not withheld until they have written.

    Where a reading lets members read each other only after they have said something themselves
    (“post before you peek”), they see of it their own words and those of staff alone: of who was
    staff when they said it. `reading` and `author` lead from the rows to the reading and to
    whoever wrote; what they were then stands in the row's `…_role`.
    """
    if not viewer.withheld_ids:
        return Q()
    waiting = functools.reduce(Q.__or__, (Q(**{reading: one}) for one in viewer.withheld_ids))
    by_staff = Q(**{f"{author}_role__in": ["instructor", "assistant"]})
    return ~waiting | Q(**{f"{author}_id": viewer.pk}) | by_staff


Withholds = Callable[["Membership"], frozenset[int]]
_withholds: list[Withholds] = []


def register_withholding(withholds: Withholds) -> None:
    """Say which readings' talk is withheld from a member; called from AppConfig.ready().

    Readings stand above this app, and so does what is counted as written.
    """
    _withholds.append(withholds)


def withheld_from(member: "Membership") -> frozenset[int]:
    """Return the keys of the readings whose talk `member` may not read yet."""
    return frozenset().union(*(withholds(member) for withholds in _withholds))


def overseen(moderator: "Membership", *, thread: str, author: str) -> Q:
    """What `moderator` looks after: all of it, or what concerns an assistant's own groups.

    `thread` and `author` lead from the rows to a thread and to whoever wrote, like
    `comment__thread`; `thread` is "" of threads themselves. Who may see it at all is asked
    apart, by `reached`.
    """
    if moderator.is_instructor:
        return Q()
    if not moderator.is_assistant or not moderator.group_ids:
        return NOTHING
    paths = (f"{thread}__group" if thread else "group", f"{author}__group")
    own = (Q(**{path: one}) for path in paths for one in moderator.group_ids)
    return functools.reduce(Q.__or__, own)


def published_to(viewer: "Membership", *, published: Q, thread: str, author: str = "author") -> Q:
    """Of words that `viewer` reaches: the published ones, their own, and what they look after.

    What waits for staff is seen by nobody else. `thread` and `author` are those of `overseen`.
    """
    if viewer.is_instructor:
        return Q()
    seen = published | Q(**{f"{author}_id": viewer.pk})
    return seen | overseen(viewer, thread=thread, author=author) if viewer.is_assistant else seen
