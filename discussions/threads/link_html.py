"""Links on a reading's page as HTML: how one stands to the other text, at both ends."""

from collections.abc import Mapping, Sequence
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discussions.threads.linked import LinkEnd, ShownLink
from readings.models import Reading
from readings.page import Card, Mark, if_own
from rendering.slots import escape

MINE = "mine group all"


def other_end_html(link: ShownLink, reading: Reading, *, leads: bool = True) -> str:
    """Return how a link reads from this reading: “answers Good Fences ¶ 6”, and the words there.

    Without `leads`, as words alone, for the line that opens a card: no link stands within it.
    """
    _here, there = link.ends_from(reading.pk)
    said = f"<b>{escape(link.words_from(reading.pk))}</b>"
    where = _way(link, reading) if leads else _place(there)
    words = f" <q>{escape(there.quote)}</q>" if there.words else ""
    return f'<span class="link-end">{said} {where}{_gone(there)}{words}</span>'


def way_html(link: ShownLink, reading: Reading) -> str:
    """Return the way to the other end, in a card that is open."""
    _here, there = link.ends_from(reading.pk)
    words = escape(_("Beside %(place)s")) % {"place": _place(there)}
    return f'<p class="other-end"><a href="{escape(link.url_from(reading))}">{words}</a></p>'


def _way(link: ShownLink, reading: Reading) -> str:
    _here, there = link.ends_from(reading.pk)
    return f'<a href="{escape(link.url_from(reading))}">{_place(there)}</a>'


def _place(end: LinkEnd) -> str:
    return escape(end.short_label)


def far_cards(links: Sequence[ShownLink], reading: Reading, order: int) -> list[Card]:
    """Return the cards of the links that were begun in another text and lead here."""
    return [
        Card(
            link.far.block_key,
            order=(order, link.far.rows[0].start or 0, link.pk),
            id=f"l{link.pk}",
            html=partial(_far_card, link, reading),
        )
        for link in links
        if link.is_far_in(reading.pk)
    ]


def far_marks(links: Sequence[ShownLink], reading: Reading) -> list[Mark]:
    """Return the marks of the words that those are about."""
    return [
        mark
        for link in links
        if link.is_far_in(reading.pk)
        for mark in Mark.of_passage(
            link.far.rows,
            f"l{link.pk}",
            author=link.card.author_id,
            audience="group" if link.card.is_of_group else "seminar",
        )
    ]


def near_links(links: Sequence[ShownLink], reading: Reading) -> Mapping[int, ShownLink]:
    """Return those that were begun in this reading, by their threads."""
    return {link.pk: link for link in links if not link.is_far_in(reading.pk)}


def _far_card(link: ShownLink, reading: Reading) -> str:
    card = link.card
    label = _("Link from %(title)s") % {"title": link.near.title}
    others = f' data-show="{card.shown_under}"'
    shown = if_own([card.author_id], f' data-show="{MINE}" data-own', others)
    tags = f' <span class="tag">{escape(card.audience)}</span>' if card.audience else ""
    return (
        f'<aside class="linked" id="l{link.pk}" aria-label="{escape(label)}"{shown}>'
        f"{other_end_html(link, reading)}{tags} {_talk(link)}{_gone(link.far, here=True)}</aside>"
    )


def _talk(link: ShownLink) -> str:
    """The way to its conversation, with how much is said there."""
    count = link.card.comments
    words = ngettext("%d comment", "%d comments", count) % count if count else _("Open the link")
    return f'<a class="talk" href="{escape(link.thread_url)}">{escape(words)}</a>'


def _gone(end: LinkEnd, *, here: bool = False) -> str:
    """That the words at an end were lost when its text was revised, or have changed."""
    if end.change is None:
        return ""
    if here:
        words = _("Its words here are gone") if end.is_lost else _("Its words here changed")
    else:
        words = _("Its words are gone") if end.is_lost else _("This passage changed")
    return f' <span class="tag warn">{escape(words)}</span>'
