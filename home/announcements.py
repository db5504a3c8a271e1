"""What was announced in one's seminars and is not put aside, for the home page."""

from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from rendering.slots import without_marks
from seminars.models import Announcement

if TYPE_CHECKING:
    from accounts.models import User

SHOWN = 3  # the others are on the seminars' pages


def announcements_html(user: "User") -> str:
    """The newest of them, as a list of links. One query."""
    unread = Announcement.objects.unread_by_person(user)[:SHOWN]
    if not unread:
        return ""
    return without_marks(render_to_string("home/_announced.html", {"announcements": unread}))
