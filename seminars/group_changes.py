"""What else changes with a seminar's groups: the apps above this one say so.

Called by the actions, in their transaction, and by nothing that happens to a row by itself.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seminars.models import Group, Membership

# Of the seminar of whoever did it; `going` is the group that is about to be deleted.
GroupFollower = Callable[["Membership", "Group | None"], None]

_followers: list[GroupFollower] = []


def register_group_follower(follower: GroupFollower) -> None:
    """Let another app follow; called from AppConfig.ready()."""
    _followers.append(follower)


def follow_groups(by: "Membership", going: "Group | None" = None) -> None:
    """Bring what is there for each group to the groups that there are now."""
    for follow in _followers:
        follow(by, going)
