"""Whose name stands under words and acts: one function decides it for every viewer.

Pages, files, print, the log and mail ask here; nothing else reads a member's name.
"""

from dataclasses import dataclass, replace

from django.db import models

from seminars.models import Group, Membership, Role
from seminars.permissions import is_staff_role


@dataclass(frozen=True, slots=True)
class AuthorLabel:
    """A name as one viewer sees it, and the tag that stands beside it, like “Instructor”."""

    name: str
    role: str
    is_alias: bool = False


def member_label(member: Membership, viewer: Membership) -> AuthorLabel:
    """Return the name of a member who does something in their own name, as `viewer` sees it.

    A name is shown to whoever reaches what was done; where that may not be known at all,
    the caller does not ask.
    """
    if member.seminar_id != viewer.seminar_id:
        raise ValueError("A name is never told outside its seminar.")
    return AuthorLabel(member.name, _named_role(member.role))


def _named_role(role: str) -> str:
    """What stands beside a name, of this role: what staff say weighs otherwise."""
    return str(Role(role).label) if is_staff_role(role) else ""


def label_then(label: AuthorLabel, role: str) -> AuthorLabel:
    """The label of a member as it was when they had this role: under what they said then."""
    return replace(label, role=_named_role(role))


def alias_label(alias: str) -> AuthorLabel:
    """Return what stands under words whose author is anonymous: to staff and the author, too.

    Staff ask who it was, which is logged (discussions.moderation.authorship).
    """
    return AuthorLabel(alias, "", is_alias=True)


def author_label(words: "Authored", viewer: Membership) -> AuthorLabel:
    """Return whose name `viewer` sees under these words."""
    if words.alias:
        return alias_label(words.alias)
    return label_then(member_label(words.author, viewer), words.author_role)


class Authored:
    """Words of a member: `author_for(viewer)` says whose, to that viewer."""

    author: Membership
    author_role: str
    author_group: Group | None
    alias: str

    def author_for(self, viewer: Membership) -> AuthorLabel:
        return author_label(self, viewer)


def author_role_field() -> "models.CharField[str, str]":
    """What the author of words was when they wrote them, whatever they have become since."""
    return models.CharField(max_length=12, choices=Role, default=Role.PARTICIPANT)


def author_group_field() -> "models.ForeignKey[Group | None, Group | None]":
    """The group that the author of words was in when they wrote them, wherever they are now."""
    return models.ForeignKey(Group, models.SET_NULL, null=True, related_name="+")
