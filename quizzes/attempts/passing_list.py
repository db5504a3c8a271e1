"""How the members of a seminar stand to a gate, for staff."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from readings.models import GatePassing, PassedBy, ReadingGate
from seminars.models import Membership, Role
from seminars.permissions import can_attempt, can_let_through

# What is told of who came through in several ways, the first of these.
_ORDER = (PassedBy.HANDED_IN, PassedBy.LET_THROUGH, PassedBy.SKIPPED)


@dataclass(frozen=True, slots=True)
class PassingRow:
    """One member: how they came through, and when; `how` is "" of whom it is closed to."""

    member: Membership
    how: str
    name: str  # of how, in words
    at: datetime | None
    is_through: bool
    needs_staff: bool  # there is no other way for them: guests hand nothing in
    can_let: bool
    can_take_back: bool  # staff opened it, and nothing else would keep it open


def passing_list(gate: ReadingGate, viewer: Membership) -> list[PassingRow]:
    """Return those whom the gate stops or stopped, as far as `viewer` looks after them; those first
    to whom it is closed. In two queries."""
    members = Membership.objects.for_people_page().with_role(Role.PARTICIPANT, Role.GUEST)
    passed: defaultdict[int, list[GatePassing]] = defaultdict(list)
    for one in GatePassing.objects.filter(gate=gate).select_related("let_by__user"):
        passed[one.membership_id].append(one)
    rows = [
        _row(gate, member, passed[member.pk])
        for member in members.filter(seminar=gate.seminar_id)
        if can_let_through(viewer, member)
    ]
    return sorted(rows, key=lambda row: row.is_through)


def _row(gate: ReadingGate, member: Membership, passed: list[GatePassing]) -> PassingRow:
    first = min(passed, key=lambda one: _ORDER.index(PassedBy(one.how)), default=None)
    opening = {one.how for one in passed if gate.is_soft or one.how != PassedBy.SKIPPED}
    return PassingRow(
        member=member,
        how=first.how if first else "",
        name=str(first.get_how_display()) if first else "",
        at=first.passed_at if first else None,
        is_through=bool(opening),
        needs_staff=not opening and not gate.is_soft and not can_attempt(member),
        can_let=not opening,
        can_take_back=opening == {PassedBy.LET_THROUGH},
    )
