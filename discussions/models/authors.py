"""Whose name stands under words and acts: one function decides it for every viewer.

Pages, files, print, the log and mail ask here; nothing else reads a member's name.
"""

from dataclasses import dataclass

from seminars.models import Membership
from seminars.permissions import is_named_staff


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
    role = str(member.get_role_display()) if is_named_staff(member) else ""
    return AuthorLabel(member.name, role)


def alias_label(alias: str) -> AuthorLabel:
    """Return what stands under words whose author is anonymous: to staff and the author, too.

    Staff ask who it was, which is logged (discussions.moderation.authorship).
    """
    return AuthorLabel(alias, "", is_alias=True)


def author_label(words: "Authored", viewer: Membership) -> AuthorLabel:
    """Return whose name `viewer` sees under these words."""
    return alias_label(words.alias) if words.alias else member_label(words.author, viewer)


class Authored:
    """Words of a member: `author_for(viewer)` says whose, to that viewer."""

    author: Membership
    alias: str

    def author_for(self, viewer: Membership) -> AuthorLabel:
        return author_label(self, viewer)
