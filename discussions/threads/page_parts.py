"""What talk adds to a reading's page around the text: its end, the bar, how many are hidden."""

from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

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


def unread_nav_html(unread: int) -> str:
    """Return the way to the threads with something new; nothing where there are none."""
    return _unread_nav(unread, get_language()) if unread else ""


# The same few numbers come again and again.
@lru_cache(maxsize=1024)
def _others(mine: int, group: int, language: str | None) -> str:  # noqa: ARG001 - for the cache
    others = {"mine": mine, "group": group}
    return render_to_string("discussions/_others.html", {"others": others})


@lru_cache(maxsize=1024)
def _unread_nav(unread: int, language: str | None) -> str:  # noqa: ARG001 - for the cache
    return render_to_string("discussions/_unread_nav.html", {"unread": unread})
