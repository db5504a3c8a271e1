"""What talk adds to a reading's page around the text: its end, the bar, how many are hidden."""

from datetime import datetime
from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from config.template_tags import since as written_since
from readings.models import Reading
from readings.page import BesideWriter, Content
from rendering.slots import escape
from seminars import permissions
from seminars.models import Membership


def around_end(reading: Reading, membership: Membership, content: Content) -> tuple[str, str]:
    """Return what stands before and after the threads about the whole essay; nothing where there
    are none for who may not begin one. A block, so that all that works on blocks works here."""
    may_post = permissions.can_write(membership, reading)
    if not content.at_end and not may_post:
        return "", ""
    talk = [one for one in content.talk if not one.block_key]
    words = escape(_("Comment on the whole essay") if may_post else _("About the whole essay"))
    url = escape(reverse("thread_new", args=[reading.seminar.slug, reading.slug]))
    line = f'<a href="{url}">{words}</a>' if may_post else words
    writer = BesideWriter(reading, membership)
    handle = writer.handle("", _("the whole essay"), talk, can_hold=True) if may_post else ""
    return (
        '<div class="block" id="b-end" data-block="" data-kind="whole">'
        f'<p class="whole">{line}</p>{handle}<div class="threads" id="threads-end">',
        "</div></div>",
    )


def others_html(mine: int, group: int) -> str:
    """Return how many threads each choice of the annotation filter keeps from the margin."""
    return _others(mine, group, get_language()) if mine else ""


def unread_nav_html(unread: int, recent: int, since: datetime | None) -> str:
    """Return the way to the threads with something new, hidden where there are none; how many of
    them came `since` the last visit is told, too."""
    when = written_since(since) if recent else SafeString()
    return _unread_nav(unread, recent, when, get_language())


# The same few numbers come again and again.
@lru_cache(maxsize=1024)
def _others(mine: int, group: int, language: str | None) -> str:  # noqa: ARG001 - for the cache
    others = {"mine": mine, "group": group}
    return render_to_string("discussions/_others.html", {"others": others})


@lru_cache(maxsize=1024)
def _unread_nav(
    unread: int,
    recent: int,
    when: SafeString,
    language: str | None,  # noqa: ARG001 - for the cache
) -> str:
    context = {"unread": unread, "recent": recent, "when": when}
    return render_to_string("discussions/_unread_nav.html", context)
