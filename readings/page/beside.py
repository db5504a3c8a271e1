"""What stands beside a block: its button, and the cards hung on it."""

from collections.abc import Collection, Container, Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from readings.models import Reading
from readings.page.block_html import icon_html
from readings.page.layers import Card, CountedThread
from readings.page.slots import if_unread, unread_names, unread_threads
from rendering.slots import escape
from seminars import permissions
from seminars.models import Membership


class BesideWriter:
    """Writes for one reading and one class of viewers; `folded`, of the threads the first."""

    def __init__(self, reading: Reading, membership: Membership, *, folded: bool = True) -> None:
        self.folded = folded
        slugs = [reading.seminar.slug, reading.slug]
        self.may_post = permissions.can_write(membership, reading)
        self.new_url = escape(reverse("thread_new", args=slugs))
        self.list_url = escape(reverse("thread_list", args=slugs))
        self.empty, self.full = icon_html("plus"), icon_html("message-square")

    def handle(
        self, key: str, name: str, threads: Collection[CountedThread], *, can_hold: bool
    ) -> str:
        """Return the button beside a block: how many threads it has, and the way to a new one."""
        count = sum(not one.is_highlight for one in threads)
        if not count and not (self.may_post and can_hold):
            return ""
        ids = [one.thread for one in threads]
        where = f"?block={escape(key)}" if key else ""
        href = f"{self.new_url}{where}" if self.may_post else f"#threads-{escape(key)}"
        label = _("Comment on %(place)s") % {"place": name} if self.may_post else name
        if count:
            label += ngettext(", %d thread", ", %d threads", count) % count
        sign = f'{self.full}<span class="count" aria-hidden="true">{count}</span>'
        dot, unread = "", ""
        if ids:
            dot = if_unread(ids, '<span class="dot"></span>')
            unread = unread_threads(ids)
        return (
            f'<a class="handle"{"" if count else " data-empty"} href="{href}"'
            f' aria-label="{escape(label)}{unread}">'
            f"{dot}{sign if count else self.empty}</a>"
        )

    def waiting(self, cards: Iterable[Card]) -> list[Card]:
        """Return which of a block's cards, in their order, are not shown at first: of the threads
        all but one. <more-threads> fetches them when the block comes into sight."""
        return [card for card in cards if card.thread][1:] if self.folded else []

    def cards(self, key: str, cards: Sequence[Card], marked: Container[str] = ()) -> str:
        """Return the cards that are shown, and the way to those that wait.

        The link names those whose id is not `marked`: of the others the marks tell where they are.
        """
        waiting = self.waiting(cards)
        shown = [card.html() for card in cards if card.html and card not in waiting]
        return "".join(shown) + (self._way_to(key, waiting, marked) if waiting else "")

    def _way_to(self, key: str, waiting: Sequence[Card], marked: Container[str]) -> str:
        threads = [card.thread for card in waiting]
        unmarked = " ".join(str(card.thread) for card in waiting if card.id not in marked)
        names = f' data-threads="{unmarked}"' if unmarked else ""
        count = len(threads)
        words = ngettext("%d more thread", "%d more threads", count) % count
        return (
            f'<a class="more" href="{self.list_url}?block={escape(key)}"'
            f"{names}{unread_names(threads)}>"
            f"{escape(words)}</a>"
        )
