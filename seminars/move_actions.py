"""Members moved several at once, and a member who leaves."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from database.versions import update_version
from seminars import permissions
from seminars.actions import end_membership
from seminars.audience import Audience
from seminars.events import EventKind, record
from seminars.held import hold_seminar, require
from seminars.member_moves import find_move
from seminars.models import Event, Group, Membership, Role

# Staff are in no group as participants are: their own page settles which they look after.
MOVED_ROLES = (Role.PARTICIPANT, Role.GUEST)


@transaction.atomic
def move_members(*, members: Collection[int], group: Group | None, by: Membership) -> int:
    """Move these members, by key, into the group, or out of any; return the move's number.

    Who is in it already, is staff or is gone meanwhile stays as they are. Raises ValidationError
    where nobody is left to move.
    """
    require(permissions.can_manage_people(by), by, group.seminar_id if group else by.seminar_id)
    hold_seminar(by.seminar_id)
    current = by.seminar.memberships.current().with_role(*MOVED_ROLES).filter(pk__in=members)
    wanted = [one for one in current.select_related("group") if one.group != group]
    if not wanted:
        raise ValidationError(_("Tick at least one person who is in another group."))
    number = Event.objects.filter(seminar=by.seminar).order_by("-pk").values_list("pk").first()
    move = number[0] if number else 0
    for member in wanted:
        came_from = member.group_id or 0
        update_version(member, seen=None, group=group)
        _record_move(member, by, move=move, came_from=came_from)
    return move


@transaction.atomic
def undo_move(*, number: int, by: Membership) -> int:
    """Put whoever was moved back into their groups; return how many.

    Who has been moved on, or has left, stays as they are, and nobody comes into a group that is
    gone. Twice is as once.
    """
    require(permissions.can_manage_people(by), by, by.seminar_id)
    hold_seminar(by.seminar_id)
    move = find_move(number, by)
    if move is None:
        return 0
    groups: dict[int, Group | None] = {group.pk: group for group in by.seminar.groups.all()}
    groups[0] = None
    members = {one.pk: one for one in by.seminar.memberships.current().with_role(*MOVED_ROLES)}
    back = 0
    for event in move.events:
        member, came_from = members.get(event.target_id), event.detail["from"]
        if member and (member.group_id or 0) == event.detail["to"] and came_from in groups:
            update_version(member, seen=None, group=groups[came_from])
            _record_move(member, by, move=number, came_from=event.detail["to"], undone=True)
            back += 1
    return back


def _record_move(
    member: Membership, by: Membership, *, move: int, came_from: int, **detail: bool
) -> None:
    record(
        EventKind.MEMBER_CHANGED,
        by=by,
        target=member,
        audience=Audience.STAFF,
        move=move,
        to=member.group_id or 0,
        **{"from": came_from},
        **detail,
    )


@transaction.atomic
def leave_seminar(*, by: Membership) -> None:
    """Take oneself out of a seminar. One's words stay; only a new invitation leads back.

    Raises ValidationError for the last instructor.
    """
    require(permissions.can_leave(by), by, by.seminar_id, though_read_only=True)
    hold_seminar(by.seminar_id, though_read_only=True)
    end_membership(membership=by, by=by)
    record(EventKind.MEMBER_LEFT, by=by, target=by, audience=Audience.STAFF)
