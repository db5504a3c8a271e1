"""Who sees the same of a page: the one place that says which members are of one class.

What is kept of a page is rendered for a class, never for a member. A new difference between
viewers (a second group, what post-before-you-peek hides) goes into `ViewerClass` first.
"""

import functools
import hashlib
from dataclasses import dataclass
from typing import cast

from database.prepared import PreparedRows
from readings.models import Reading
from seminars import permissions
from seminars.answered import AnsweredItems
from seminars.any_member import KINDS_KEPT, AnyMember
from seminars.gates import GatePlaces
from seminars.models import Membership


@dataclass(frozen=True, slots=True)
class ViewerClass:
    """Members for whom every rule of who may see what decides alike, but for their own things."""

    role: str
    group_id: int | None
    is_closed_out: bool  # might write, but that the reading is closed to them
    group_ids: frozenset[int]  # all that an assistant looks after
    withheld_ids: frozenset[int]  # readings whose talk one may not read before one has written
    gate_places: GatePlaces  # readings that end at a gate, and where
    answered_items: AnsweredItems | None  # checkpoints of it whose published answers one reads
    linked: frozenset[int] = frozenset()  # readings that one may open, where links lead to any

    @property
    def key(self) -> str:
        """At most 50 characters."""
        further: tuple[object, ...] = (
            sorted(self.group_ids - {self.group_id}),
            sorted(self.withheld_ids),
        )
        # As it was before there were gates, where there is none.
        further += (self.gate_places,) if self.gate_places else ()
        further += ("answered", self.answered_items) if self.answered_items else ()
        further += ("linked", sorted(self.linked)) if self.linked else ()
        key = f"{self.role}.{self.group_id or ''}{'.closed' if self.is_closed_out else ''}"
        return f"{key}.{_short(further)}" if any(further) else key


def _short(parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


def viewer_class(membership: Membership, reading: Reading) -> ViewerClass:
    may = permissions.can_take_part(membership)
    is_closed_out = may and not permissions.is_open_to(membership, reading)
    return ViewerClass(
        membership.role,
        membership.group_id,
        is_closed_out,
        membership.group_ids,
        membership.withheld_ids,
        membership.gate_places,
        answered_in(reading, membership),
        open_readings(membership),
    )


def open_readings(membership: Membership) -> frozenset[int]:
    """The readings to which links may lead this member, whom time and groups may keep from some;
    none for staff, who open all. One query where their seminar has links, and else none."""
    if membership.is_staff or not membership.has_links:
        return frozenset()
    kind = AnyMember.like(membership)
    return frozenset(pk for (pk,) in _open_to(kind).all(**kind.keys_of(membership)))


@functools.lru_cache(maxsize=KINDS_KEPT)
def _open_to(kind: AnyMember) -> PreparedRows:
    """The query for members of this kind: (reading,)."""
    readings = Reading.objects.visible_to(cast("Membership", kind))
    return PreparedRows(lambda: readings.order_by().values_list("pk"))


def answered_in(reading: Reading, membership: Membership) -> AnsweredItems | None:
    """Of the checkpoints whose published answers a member reads, those of one reading."""
    items = membership.answered_items
    return None if items is None else tuple(one for one in items if one[0] == reading.pk)


def class_member(membership: Membership) -> Membership:
    """A member of the same class who is nobody: without a row, an account, or words of their own.

    What is rendered for them holds nothing that not all of the class may see, whatever the rules
    become: they are asked of this member as of any other.
    """
    nobody = Membership(role=membership.role)
    nobody.seminar = membership.seminar
    nobody.group = membership.group
    nobody.assisted_ids = membership.assisted_ids if membership.is_assistant else frozenset()
    nobody.withheld_ids = membership.withheld_ids
    nobody.gate_places = membership.gate_places
    nobody.answered_items = membership.answered_items
    return nobody
