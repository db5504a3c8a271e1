"""Who sees the same of a page: the one place that says which members are of one class.

What is kept of a page is rendered for a class, never for a member. A new difference between
viewers (a second group, what post-before-you-peek hides) goes into `ViewerClass` first.
"""

from dataclasses import dataclass

from seminars.models import Membership


@dataclass(frozen=True, slots=True)
class ViewerClass:
    """Members for whom every rule of who may see what decides alike, but for their own things."""

    role: str
    group_id: int | None

    @property
    def key(self) -> str:
        return f"{self.role}.{self.group_id or ''}"


def viewer_class(membership: Membership) -> ViewerClass:
    return ViewerClass(membership.role, membership.group_id)


def class_member(membership: Membership) -> Membership:
    """A member of the same class who is nobody: without a row, an account, or words of their own.

    What is rendered for them holds nothing that not all of the class may see, whatever the rules
    become: they are asked of this member as of any other.
    """
    nobody = Membership(role=membership.role)
    nobody.seminar = membership.seminar
    nobody.group = membership.group
    return nobody
