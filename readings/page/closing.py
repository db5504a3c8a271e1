"""What a reading's dates say to who reads it, and what is refused where it is closed."""

from datetime import datetime
from functools import lru_cache

from django.core.exceptions import PermissionDenied
from django.template.defaultfilters import date
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone_name, localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from config.template_tags import deadline
from readings.models import Deadlines, Phase, Reading
from seminars import permissions
from seminars.models import Membership
from seminars.muting import mute_sentence, refuse_if_muted
from seminars.read_only import read_only_sentence


def closed_sentence(reading: Reading, member: Membership) -> str:
    """Say since when this member can write nothing in the reading; "" where they can."""
    if archived := read_only_sentence(member.seminar):
        return archived
    if not permissions.can_take_part(member) or permissions.is_open_to(member, reading):
        return ""
    closed = reading.deadlines_for(member).closes_at
    assert closed is not None  # noqa: S101 - or they could write
    if reading.is_general:
        said = _(
            "The general discussion was closed on %(date)s. All of it can be read; nothing can be"
            " posted or changed any more. Your instructor can open it again."
        )
        return said % {"date": date(localtime(closed), "j F Y, H:i T")}
    said = _(
        "This reading was closed on %(date)s. All of it can be read; nothing can be posted, changed"
        " or handed in any more. Your instructor can give you more time."
    )
    return said % {"date": date(localtime(closed), "j F Y, H:i T")}


def refuse_if_closed(reading: Reading, member: Membership) -> None:
    """Raise PermissionDenied, with the reason, where the reading is closed to this member.

    Asked where something is written for the first time: what was posted in time, and whose answer
    was lost, is found again afterwards.
    """
    if said := closed_sentence(reading, member):
        raise PermissionDenied(said)


def silence_sentence(reading: Reading, member: Membership) -> str:
    """Say why this member can post nothing in the reading now: it is closed, or they are muted."""
    return closed_sentence(reading, member) or mute_sentence(member)


def refuse_if_silent(reading: Reading, member: Membership) -> None:
    """Raise PermissionDenied, with the reason, where this member can post nothing now."""
    refuse_if_closed(reading, member)
    refuse_if_muted(member)


def dates_html(reading: Reading, member: Membership) -> str:
    """Return the lines at the head of the essay that tell this member its dates, as HTML."""
    if closed := closed_sentence(reading, member):
        return format_html('<p class="notice">{}</p>', closed)
    dates, now = reading.deadlines_for(member), timezone.now()
    is_asked = not member.is_staff and not member.is_guest
    phase = dates.phase_at(now) if is_asked else Phase.OPEN
    zone = get_current_timezone_name()
    return _lines(dates, reading.due_at, phase, localtime(now).year, zone, get_language())


# The same few dates stand on every page of a reading, and change at most when a phase ends.
@lru_cache(maxsize=1024)
def _lines(
    dates: Deadlines,
    due_at: datetime | None,
    phase: Phase,
    year: int,  # noqa: ARG001 - for the cache, as the two that follow: they shape how dates read
    zone: str,  # noqa: ARG001
    language: str | None,  # noqa: ARG001
) -> SafeString:
    """`due_at` is the reading's own, for all; `dates` are the member's."""
    lines = [_due_words(due_at, dates)]
    if dates.closes_at:
        lines.append(format_html(escape(_("closes {when}")), when=deadline(dates.closes_at)))
    told = format_html_join(" · ", "{}", ([line] for line in lines if line))
    return _paragraph(told) + _paragraph(_late_words(dates, phase))


def _due_words(due_at: datetime | None, dates: Deadlines) -> SafeString:
    if dates.due_at is None:
        return SafeString("")
    if dates.due_at == due_at:
        return format_html(escape(_("Due {when}")), when=deadline(dates.due_at))
    return format_html(
        escape(_("Due {when}, extended for you to {later}")),
        when=deadline(due_at),
        later=deadline(dates.due_at),
    )


def _late_words(dates: Deadlines, phase: Phase) -> SafeString:
    """What it means to write now, after it was due."""
    if phase is Phase.OVER:
        said = _("It was due, and late work counts no more: what you write now is read as ever.")
        return SafeString(escape(said))
    if phase is not Phase.LATE:
        return SafeString("")
    if dates.late_until is None:
        return SafeString(escape(_("It was due: what you write now counts as late.")))
    said = _("It was due: what you write until {when} counts as late.")
    return format_html(escape(said), when=deadline(dates.late_until))


def _paragraph(words: SafeString) -> SafeString:
    return format_html('<p class="by">{}</p>', words) if words else SafeString("")
