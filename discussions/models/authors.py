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


def author_label(author: Membership, viewer: Membership) -> AuthorLabel:
    """Return whose name `viewer` sees under what `author` wrote or did.

    A name is shown to whoever reaches the words; where words may not be read at all,
    the caller does not ask.
    """
    if author.seminar_id != viewer.seminar_id:
        raise ValueError("A name is never told outside its seminar.")
    role = str(author.get_role_display()) if is_named_staff(author) else ""
    return AuthorLabel(author.name, role)


class Authored:
    """Words of a member: `author_for(viewer)` says whose, to that viewer."""

    author: Membership

    def author_for(self, viewer: Membership) -> AuthorLabel:
        return author_label(self.author, viewer)
