"""Published answers: of which checkpoints a member reads what others have published of theirs.

Whoever has not handed in a checkpoint does not see the threads in which classmates publish their
answers to it. Readings stand above this app, and so do checkpoints: what is found out there is
registered here, where the rules of who may see what can ask for it.
"""

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from seminars.models import Membership

# Of each checkpoint whose published answers a member may read: the key of its reading, and its own.
AnsweredItems = tuple[tuple[int, int], ...]
FindItems = Callable[[Sequence["Membership"]], Mapping[int, AnsweredItems]]
EventRule = Callable[["Membership"], Q]

_finders: list[FindItems] = []
_event_rules: list[EventRule] = []


def register_answered_items(find: FindItems) -> None:
    """Say which checkpoints members have answered, by their keys; from AppConfig.ready()."""
    _finders.append(find)


def register_answering_events(rule: EventRule) -> None:
    """Say which events are of answers that wait for a member's own; from AppConfig.ready()."""
    _event_rules.append(rule)


def answered_items_of(member: "Membership") -> AnsweredItems:
    """Return the checkpoints whose published answers this member may read."""
    load_answered_items([member])
    return member.answered_items or ()


def load_answered_items(members: Sequence["Membership"]) -> None:
    """Let these memberships know which they are; in one query at the most, and in none where no
    answer was ever published."""
    asked = [one for one in members if one.seminar.has_published_answers and not one.is_staff]
    found = [find(asked) for find in _finders] if asked else []
    for member in members:
        theirs = {item for items in found for item in items.get(member.pk, ())}
        member.answered_items = None if member.is_staff else tuple(sorted(theirs))


def answered_before(viewer: "Membership", *, item: str, author: str) -> Q:
    """Of threads: those that answer nothing, or a checkpoint whose answers `viewer` may read.

    It says what is seen, and not what is hidden: what somebody publishes while a page is made is
    none of its threads. `item` and `author` lead from the rows to the checkpoint that is answered
    and to whoever wrote: one's own stays one's own.
    """
    if viewer.answered_items is None:
        return Q()
    seen = Q(**{f"{item}__isnull": True}) | Q(**{f"{author}_id": viewer.pk})
    answered = (Q(**{item: key}) for _reading, key in viewer.answered_items)
    return functools.reduce(Q.__or__, answered, seen)


def told_once_answered(viewer: "Membership") -> Q:
    """Of events: those that are not of published answers which wait for the viewer's own."""
    if viewer.answered_items is None or not viewer.seminar.has_published_answers:
        return Q()
    rule = Q()
    for waiting in _event_rules:
        rule &= ~waiting(viewer)
    return rule
