"""What stands beside a block: its button, and the cards hung on it."""

from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from readings.models import Reading
from readings.page.block_html import icon_html
from readings.page.layers import Card, Talk
from readings.page.slots import escape, if_unread, unread_names, unread_threads
from seminars import permissions
from seminars.models import Membership


class BesideWriter:
    """Writes for one reading and one class of viewers; `folded`, of the threads the first."""

    def __init__(self, reading: Reading, membership: Membership, *, folded: bool = True) -> None:
        self.folded = folded
        slugs = [reading.seminar.slug, reading.slug]
        self.may_post = permissions.can_post(membership)
        self.new_url = escape(reverse("thread_new", args=slugs))
        self.list_url = escape(reverse("thread_list", args=slugs))
        self.empty, self.full = icon_html("plus"), icon_html("message-square")

    def handle(self, key: str, name: str, talk: Collection[Talk], *, can_hold: bool) -> str:
        """Return the button beside a block: how many threads it has, and the way to a new one."""
        count = sum(not one.is_highlight for one in talk)
        if not count and not (self.may_post and can_hold):
            return ""
        threads = [one.thread for one in talk]
        where = f"?block={escape(key)}" if key else ""
        href = f"{self.new_url}{where}" if self.may_post else f"#threads-{escape(key)}"
        label = _("Comment on %(place)s") % {"place": name} if self.may_post else name
        if count:
            label += ngettext(", %d thread", ", %d threads", count) % count
        sign = f'{self.full}<span class="count" aria-hidden="true">{count}</span>'
        dot, unread = "", ""
        if threads:
            dot = if_unread(threads, '<span class="dot"></span>')
            unread = unread_threads(threads)
        return (
            f'<a class="handle"{"" if count else " data-empty"} href="{href}"'
            f' aria-label="{escape(label)}{unread}">'
            f"{dot}{sign if count else self.empty}</a>"
        )

    def cards(self, key: str, cards: Iterable[Card]) -> str:
        """Return the cards of a block in their order: of the threads the first, and the way to the
        others, which <more-threads> fetches when the block comes into sight."""
        shown: list[str] = []
        threads: list[int] = []
        for card in cards:
            if not (self.folded and card.thread and threads):
                shown.append(card.html() if card.html else "")
            if card.thread:
                threads.append(card.thread)
        return "".join(shown) + (self._others(key, threads[1:]) if self.folded else "")

    def _others(self, key: str, threads: Collection[int]) -> str:
        if not threads:
            return ""
        count = len(threads)
        words = ngettext("%d more thread", "%d more threads", count) % count
        return (
            f'<a class="more" href="{self.list_url}?block={escape(key)}"'
            f' data-threads="{" ".join(map(str, threads))}"{unread_names(threads)}>'
            f"{escape(words)}</a>"
        )
