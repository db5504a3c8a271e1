"""Gates: how much of a reading's text a member is served, until they hand in what stands there.

Readings stand above this app, and so do the checkpoints that open a gate: what is found out there
is registered here, where the rules of who may see what can ask for it.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from seminars.models import Membership

# Of each reading that ends at a gate: its key, and the position of the last block that is served.
GatePlaces = tuple[tuple[int, int], ...]
FindPlaces = Callable[["Membership"], GatePlaces]
EventRule = Callable[["Membership"], Q]

_finders: list[FindPlaces] = []
_event_rules: list[EventRule] = []


def register_gates(find: FindPlaces) -> None:
    """Say where texts end for a member; called from AppConfig.ready()."""
    _finders.append(find)


def register_gated_events(rule: EventRule) -> None:
    """Say which events are of what stands behind a member's gates; from AppConfig.ready()."""
    _event_rules.append(rule)


def places_before(member: "Membership") -> GatePlaces:
    """Return where the texts of their seminar end for this member."""
    return tuple(sorted(place for find in _finders for place in find(member)))


def told_in_front(viewer: "Membership") -> Q:
    """Of events: those that are not of what stands behind one of the viewer's gates."""
    if not viewer.gate_places:
        return Q()
    rule = Q()
    for behind in _event_rules:
        rule &= ~behind(viewer)
    return rule
