"""What was announced in one's seminars and is not put aside, for the home page."""

from typing import TYPE_CHECKING

from django.db.models import BigIntegerField
from django.template.loader import render_to_string

from database.prepared import Parameter, PreparedQuery
from rendering.slots import without_marks
from seminars.models import Announcement

if TYPE_CHECKING:
    from accounts.models import User

SHOWN = 3  # the others are on the seminars' pages


def announcements_html(user: "User") -> str:
    """The newest of them, as a list of links. One query."""
    unread = _UNREAD.all(user=user.pk)
    if not unread:
        return ""
    return without_marks(render_to_string("home/_announced.html", {"announcements": unread}))


_UNREAD = PreparedQuery(
    lambda: Announcement.objects.unread_by_person(Parameter("user", BigIntegerField()))[:SHOWN]
)
