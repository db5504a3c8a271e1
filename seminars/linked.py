"""Links between readings: which events are of links that a member does not see from both ends.

Threads stand above this app: what is found out there is registered here, where the rule of who may
be told of what can ask for it.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from seminars.models import Membership

EventRule = Callable[["Membership"], Q]

_event_rules: list[EventRule] = []


def register_linked_events(rule: EventRule) -> None:
    """Say which events are of links whose other end is closed to a member; from
    AppConfig.ready()."""
    _event_rules.append(rule)


def told_of_both_ends(viewer: "Membership") -> Q:
    """Of events: those that are not of links whose other end is closed to the viewer."""
    if viewer.is_staff or not viewer.has_links:
        return Q()
    rule = Q()
    for closed in _event_rules:
        rule &= ~closed(viewer)
    return rule
