"""Who sees the same of a page: the one place that says which members are of one class.

What is kept of a page is rendered for a class, never for a member. A new difference between
viewers (a second group, what post-before-you-peek hides) goes into `ViewerClass` first.
"""

import hashlib
from dataclasses import dataclass

from readings.models import Reading
from seminars import permissions
from seminars.answered import AnsweredItems
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
    )


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
