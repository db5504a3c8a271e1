"""What can stand in the way of a write, besides a missing right."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discussions.models import Comment, ReviewItem
from readings.passages import PassageNotFound
from readings.revisions import TextRevised
from seminars import permissions
from seminars.models import Membership


class NothingToPost(ValueError):
    """Words of which a reader would see nothing; or neither a comment nor quoted words."""


class FarWordsNotFound(PassageNotFound):
    """The same of the words at the other end of a link; `is_revised` where its text was revised
    while they were chosen."""

    def __init__(self, error: PassageNotFound) -> None:
        super().__init__(str(error))
        self.is_revised = isinstance(error, TextRevised)


class UnreachedMention(Exception):
    """Words that name members who do not see the thread; `members` are their pks."""

    def __init__(self, names: Sequence[str], members: Sequence[int]) -> None:
        told = ngettext(
            "%(names)s does not see this thread, and is not told. Post it all the same, or choose "
            "other readers or other words.",
            "%(names)s do not see this thread, and are not told. Post it all the same, or choose "
            "other readers or other words.",
            len(names),
        )
        super().__init__(told % {"names": ", ".join(names)})
        self.members = members


class StaleComment(Exception):
    """The words or their state changed since they were read; `current` is how they stand now."""

    def __init__(self, current: Comment) -> None:
        super().__init__(_("This comment changed since you opened it."))
        self.current = current


class StaleReview(Exception):
    """Somebody decided this case first; `current` is how it stands now."""

    def __init__(self, current: ReviewItem) -> None:
        super().__init__(_("Somebody decided this case before you."))
        self.current = current


class AlreadyDecided(Exception):
    """Staff looked at these very words for this reason and left them as they are."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Staff have looked at this comment for that reason and left it as it is. "
                "You can report it again if its words change."
            )
        )


def why_it_stays_withdrawn(comment: Comment, author: Membership) -> str:
    """Say why its author cannot put it back as things stand; "" where they can."""
    if permissions.can_undo_withdrawal(author, comment):
        return ""
    if comment.staff_reason:
        return _("Staff have decided about this comment: it cannot be put back.")
    if comment.thread.is_locked:
        return _("The thread is locked: this comment cannot be put back.")
    if not permissions.can_write(author, comment.thread.reading):
        return _("The reading is closed: this comment cannot be put back.")
    return _("This comment cannot be put back.")
